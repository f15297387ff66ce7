"""Secrets come from files too, and no refusal of a configuration shows one, wherever it was written by mistake."""

from pathlib import Path

import pytest

from bot.config.error import ConfigError
from bot.config.hints import hints
from bot.config.schema import Config
from bot.config.secrets import SECRET_KEYS, from_files, know_secrets
from bot.config.source import load
from metrics.blackout import MARK, black_out

TOKEN, SECRET = "7000001:AAcanary-canary-canary", "canary_canary_canary_canary_canary"
VALUES: dict[tuple[str, ...], str] = {
    ("telegram", "token"): TOKEN,
    ("telegram", "webhook_secret"): SECRET,
    ("telegram", "proxy_url"): "http://me:canary-proxy@proxy:3128",
    ("storage", "url"): "postgresql+asyncpg://me:canary-storage@host/gad",
    ("redis", "url"): "redis://:canary-redis@host:6379/0",
    ("server", "api_tokens"): "a" * 64,
}


def variable(key: tuple[str, ...]) -> str:
    return "GAD_" + "__".join(key).upper()


def given(config: Config, key: tuple[str, ...]) -> str:
    value = getattr(getattr(config, key[0]), key[1])
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)


@pytest.mark.parametrize("key", sorted(SECRET_KEYS), ids=".".join)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"], ids=["bare", "line", "windows"])
def test_every_secret_can_come_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: tuple[str, ...], end: str
) -> None:
    assert VALUES.keys() == SECRET_KEYS
    (tmp_path / "secret").write_bytes((VALUES[key] + end).encode())
    monkeypatch.setenv(f"{variable(key)}_FILE", str(tmp_path / "secret"))
    (tmp_path / "config.toml").write_text('[telegram]\ntoken = "1:file"\n[storage]\nurl = "sqlite+aiosqlite:///x.db"')
    config = load(tmp_path / "config.toml")
    assert VALUES[key] in given(config, key)
    assert given(config, ("telegram", "token")) == (TOKEN if key == ("telegram", "token") else "1:file")
    assert "canary" not in black_out(VALUES[key])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "can't be read: No such file or directory"),
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\xff\xfe", "expected a file with text in UTF-8"),
        (b"x" * 70_000, "is too long for a secret"),
    ],
)
def test_a_file_that_holds_no_secret_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, line: str
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("GAD_TELEGRAM__TOKEN_FILE", str(tmp_path / "secret"))
    with pytest.raises(ConfigError) as refused:
        load(None)
    assert str(refused.value).startswith("GAD_TELEGRAM__TOKEN_FILE: ")
    assert line in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_secret_that_is_given_twice_is_refused_and_what_is_no_secret_has_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text(TOKEN)
    monkeypatch.setenv("GAD_TELEGRAM__TOKEN_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("GAD_TELEGRAM__TOKEN", TOKEN)
    with pytest.raises(ConfigError, match="GAD_TELEGRAM__TOKEN_FILE: GAD_TELEGRAM__TOKEN is set too; keep one"):
        load(None)
    monkeypatch.delenv("GAD_TELEGRAM__TOKEN")
    monkeypatch.setenv("GAD_AUDIT__KEY_FILE", "other.key")
    assert load(None).audit.key_file == "other.key", "a key that ends so is a key"
    monkeypatch.setenv("GAD_SERVER__PORT_FILE", str(tmp_path / "secret"))
    with pytest.raises(ConfigError, match="GAD_SERVER__PORT_FILE: no such key"):
        load(None)


def test_a_wrong_secret_of_a_file_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("canary of no shape")
    monkeypatch.setenv("GAD_TELEGRAM__TOKEN_FILE", str(tmp_path / "secret"))
    with pytest.raises(ConfigError) as refused:
        load(None)
    assert str(refused.value).startswith("telegram.token: expected a token from @BotFather")
    assert str(refused.value).endswith("(in GAD_TELEGRAM__TOKEN_FILE)")
    assert from_files({"GAD_TELEGRAM__TOKEN_FILE": str(tmp_path / "secret")}) == {
        ("telegram", "token"): "canary of no shape"
    }


# Each of these is refused, and has a made-up secret where somebody puts one by mistake.
MISTAKES = (
    "telegram = 'SECRET'",
    "telegram = ['SECRET', 'x']",
    "[[telegram]]\ntoken = 'SECRET'",
    "[telegram]\ntoken = ['SECRET']",
    "[telegram]\ntoken = {a = 'SECRET'}",
    "[telegram]\ntoken = 'SECRET !'",
    "[telegram]\nmode = 'SECRET'",
    "[telegram]\nwebhook_secret = 'SECRET$'",
    "[telegram]\nwebhook_url = 'https://me:SECRET@desk.example'",
    "[telegram]\nmode = 'webhook'\nwebhook_url = 'http://desk.example/SECRET'",
    "[telegram]\nwatch_every = 'SECRET'",
    "[telegram]\napi_base_url = 'https://me:SECRET@api.telegram.org'",
    "[telegram]\napi_base_url = 'ftp://h/bot7000001:SECRET'",
    "[telegram]\nproxy_url = 'socks5://me:SECRET@proxy'",
    "[telegram]\nproxy_url = 'http://me:SECRET/@proxy'",
    "[storage]\nurl = 'postgres://me:SECRET@h/gad'",
    "[storage]\nurl = 'postgresql+asyncpg://me:SECRET/x@h/gad'",
    "[storage]\nurl = 'postgresql+asyncpg://me:p@SECRET@h/gad'",
    "[redis]\nurl = 'redis:SECRET'",
    "[redis]\nurl = 'redis://:SECRET#x@h'",
    "[server]\nport = 'SECRET'",
    "[server]\napi_tokens = ['SECRET']",
    "[server]\napi_tokens = 'SECRET, SECRET'",
    "[server]\napi_tokens = {SECRETS = 'SECRET'}",
    "[access]\nadmins = ['SECRET']",
    "[access]\nadmins = 'SECRET'",
    "[log]\nlevel = 'SECRET'",
    "timezone = 'SECRET'",
    "language = 'SECRET'",
    "server = 'SECRET'",
)


@pytest.mark.parametrize("secret", ["AAcanary-of-somebody_0123", "c4nary.of~s0mebody'+x", "canary%40of%2Fsomebody"])
def test_no_refusal_shows_a_secret_wherever_it_was_put(tmp_path: Path, secret: str) -> None:
    file = tmp_path / "config.toml"
    for mistake in MISTAKES:
        text = mistake.replace("SECRETS", "tokens").replace("'SECRET", "'\N{NULL}").replace("SECRET", "\N{NULL}")
        file.write_text(text.replace("'", '"').replace("\N{NULL}", secret), "utf-8")
        with pytest.raises(ConfigError) as refused:
            load(file)
        assert "nary" not in "".join((str(refused.value), *refused.value.lines)), mistake
        assert refused.value.lines[0].endswith(f"(in {file})"), mistake


def test_a_value_that_is_no_secret_is_shown_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for text, shown in (
        ("[server]\nport = 'http'", "got 'http'"),
        ("[server]\nport = 70000", "got 70000"),
        ("[log]\nlevel = 'loud'", "got 'loud'"),
        ("language = 'klingon'", "got 'klingon'"),
        ("language = 'a language of the stars'", "got a text of 23 characters"),
        ("[access]\nadmins = {a = 1}", "got a table of 1"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(ConfigError, match=shown):
            load(file)


def test_a_password_with_an_at_sign_is_asked_for_in_the_form_that_works(tmp_path: Path) -> None:
    """SQLAlchemy takes what follows the first @ for the host, and its errors would name it."""
    file = tmp_path / "config.toml"
    file.write_text('[storage]\nurl = "postgresql+asyncpg://me:p@ss-canary@h/gad"', "utf-8")
    with pytest.raises(ConfigError, match=r"^storage\.url: expected an @ of the password written as %40"):
        load(file)
    file.write_text('[storage]\nurl = "postgresql+asyncpg://me:p%40ss-canary@h/gad"', "utf-8")
    load(file)
    for form in ("p@ss-canary", "p%40ss-canary", "ss-canary@h"):
        assert "canary" not in black_out(f"nobody is at {form}")


def test_passwords_of_the_environments_proxies_are_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:hidden-canary@proxy.example:3128")
    know_secrets(Config())
    assert black_out("407 for hidden-canary") == f"407 for {MARK}"


def test_a_short_webhook_secret_and_a_door_that_is_never_opened_are_hinted_at() -> None:
    telegram = {"mode": "webhook", "webhook_url": "https://a.example", "webhook_secret": "s" * 16}
    (hint,) = hints(Config.model_validate({"telegram": telegram}))
    assert hint.startswith("telegram.webhook_secret: has 16 characters; 32 or more are asked for")
    (hint,) = hints(Config.model_validate({"server": {"public_host": "10.0.0.7"}}))
    assert hint.startswith("server.public_host: ")
    assert not list(hints(Config.model_validate({"telegram": telegram | {"webhook_secret": "s" * 32}})))
    assert not list(hints(Config()))
