"""The configuration: `config.example.toml` tells the truth, and whatever is wrong is named in one line."""

import ast
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from pydantic import BaseModel

from bot.config import tracing
from bot.config.error import ConfigError
from bot.config.rules import rules_of
from bot.config.schema import Config
from bot.config.source import load
from core.rules.situation import Rules
from core.vocabulary.escalation_policy import EMERGENCY_POLICY
from core.vocabulary.words import Priority

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
WEBHOOK = '[telegram]\nmode = "webhook"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refusal(file: Path | None, text: str = "") -> str:
    """The line of its first mistake, with which this file is refused."""
    if file:
        file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert len(str(refused.value).splitlines()) == 1
    return refused.value.lines[0]


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_the_example_holds_every_key_with_its_default() -> None:
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))
    shown = {
        f"{section}.{key}" if isinstance(value, dict) else section
        for section, value in example.items()
        for key in (value if isinstance(value, dict) else [section])
    }
    assert shown == set(keys(Config))
    assert load(EXAMPLE) == Config()


def test_the_example_says_what_each_key_is_for() -> None:
    lines = EXAMPLE.read_text("utf-8").split("[[escalation")[0].splitlines()
    assert [line for line in lines if " = " in line and not line.startswith("#") and " # " not in line] == []


def test_the_desk_and_its_configuration_agree_on_the_defaults() -> None:
    built = rules_of(Config())
    assert replace(built, policies={}) == Rules()
    assert built.policies[Priority.CRITICAL] == EMERGENCY_POLICY
    assert built.policy(Priority.CRITICAL) == Rules().policy(Priority.CRITICAL)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.5s", timedelta(seconds=1.5)),
        ("45s", timedelta(seconds=45)),
        ("10m", timedelta(minutes=10)),
        ("1h", timedelta(hours=1)),
    ],
)
def test_a_time_is_a_number_with_its_unit(file: Path, written: str, meant: timedelta) -> None:
    file.write_text(f'[dispatch]\noffer_timeout = "{written}"', "utf-8")
    assert load(file).dispatch.offer_timeout == meant


def test_the_environment_goes_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('[telegram]\ntoken = "1:file"\nmode = "polling"\n[server]\nport = 9000', "utf-8")
    monkeypatch.setenv("GAD_TELEGRAM__TOKEN", "2:environment")
    monkeypatch.setenv("GAD_ACCESS__ADMINS", "11, 12")
    monkeypatch.setenv("GAD_ESCALATION__CRITICA", '[{"after": "1m", "notify": ["admins", -100]}]')
    monkeypatch.setenv("GAD_DISPATCH__DISPOSITIONS", "resolved, Robo frustrado")
    monkeypatch.setenv("GAD_TEST_POSTGRES", "is for the tests")

    config = load(file)

    assert config.telegram.token.get_secret_value() == "2:environment"
    assert config.server.port == 9000
    assert config.access.admins == (11, 12)
    assert config.escalation.critica[0].notify == ("admins", -100)
    assert config.dispatch.dispositions == ("resolved", "Robo frustrado")


def test_without_a_file_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAD_TIMEZONE", "Europe/Madrid")
    assert load(None).timezone.key == "Europe/Madrid"


def test_a_configuration_that_is_built_by_hand_reads_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAD_SERVER__PORT", "9000")
    assert Config().server.port == 8080


def test_a_webhook_takes_https_or_a_server_on_this_machine(file: Path) -> None:
    for address in ("https://gad.example.org/", "http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost"):
        file.write_text(f'{WEBHOOK}webhook_url = "{address}"\nwebhook_secret = "{"s" * 256}"', "utf-8")
        assert load(file).telegram.webhook_url == address.rstrip("/")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("colour = 1", "colour: no such key"),
        ("[telegram]\ntokn = '1:a'", "telegram.tokn: no such key; did you mean token?"),
        ("[[escalation.critical]]\nafter = '0s'", "escalation.critical: no such key; did you mean critica?"),
        ("telegram = 5", "telegram: expected a table, got 5"),
        ("timezone = 'America'", "timezone: expected a zone of the IANA database"),
        ("timezone = 'America/Macondo'", "timezone: expected a zone of the IANA database"),
        ("language = 'tlh'", "language: expected a language that has a catalogue: en, es, got 'tlh'"),
        ("[telegram]\nmode = 'pulling'", 'telegram.mode: expected "polling" or "webhook", got \'pulling\''),
        ("[telegram]\napi_base_url = 'ftp://x'", "telegram.api_base_url: expected an http or https address"),
        ("[telegram]\napi_base_url = 'http://[x'", "telegram.api_base_url: expected an http or https address"),
        (WEBHOOK, "telegram.webhook_url: expected an https address"),
        (WEBHOOK + "webhook_url = 'http://gad.example.org'", "telegram.webhook_url: expected an https address"),
        (WEBHOOK + "webhook_url = 'https://a.example'", "telegram.webhook_secret: expected 16 to 256 of"),
        (f"[telegram]\nwebhook_secret = '{'s' * 15}'", "telegram.webhook_secret: expected 16 to 256 of"),
        (f"[telegram]\nwebhook_secret = '{'s' * 257}'", "telegram.webhook_secret: expected 16 to 256 of"),
        ("[storage]\nurl = 'mysql://h/gad'", "storage.url: expected a SQLite file"),
        ("[redis]\nurl = 'redis:h'", "redis.url: expected a Redis server"),
        ("[server]\nport = 65536", "server.port: expected less than or equal to 65535, got 65536"),
        ("[server]\nport = true", "server.port: expected a number, got True"),
        ("[server]\nport = 'http'", "server.port: expected a whole number, got 'http'"),
        ("[server]\nhost = ''", "server.host: expected some text, got ''"),
        ("[server]\napi_tokens = ['hunter2']", "server.api_tokens.0: expected the sha256 of a token"),
        ("[access]\nadmins = [-1]", "access.admins.0: expected greater than 0, got -1"),
        ("[access]\nadmins = 5", "access.admins: expected a list, got 5"),
        ("[alerts]\ngroup_chat_id = 7", "alerts.group_chat_id: expected less than or equal to 0, got 7"),
        ("[dispatch]\noffer_timeout = 45", "dispatch.offer_timeout: expected a time like 1.5s, 45s, 10m, 2h or 30d"),
        ("[dispatch]\noffer_timeout = '-1s'", "dispatch.offer_timeout: expected a time like"),
        ("[dispatch]\noffer_timeout = '9000h'", "dispatch.offer_timeout: expected a time from 1s to 1h"),
        ("[dispatch]\ndispositions = []", "dispatch.dispositions: expected at least one, got []"),
        ("[dispatch]\ndispositions = ['Robo', 'ROBÓ']", "dispatch.dispositions: expected words that can be seen, none"),
        ("[dispatch]\ncapabilities = ['bote', 'Bote']", "dispatch.capabilities: expected words that can be seen, none"),
        ("[dispatch]\ndispositions = ['\u200b']", "dispatch.dispositions: expected words that can be seen, none"),
        ("[intake]\nmax_attempts = 0", "intake.max_attempts: expected greater than or equal to 1, got 0"),
        ("[intake]\nstale_after = '0s'", "intake.stale_after: expected a time from 1m to 24h"),
        ("[safety]\ncheckin_types = ['patrol']", "safety.checkin_types.0: expected some of patrullaje, investigacion"),
        ("[safety]\ncheckin_types = 'todas'", "safety.checkin_types.0: expected some of patrullaje, investigacion"),
        ("[safety]\ncheckin_every = '13h'", "safety.checkin_every: expected a time from 1m to 12h"),
        ("[safety]\ngrace = '0s'", "safety.grace: expected a time from 10s to 30m"),
        ("[safety]\nstill_after = '30s'", "safety.still_after: expected a time from 1m to 24h"),
        ("[log]\nlevel = 'loud'", 'log.level: expected "debug", "info", "warning" or "error", got \'loud\''),
        ("[tracing]\nendpoint = 'collector:4318'", "tracing.endpoint: expected an http or https address such as"),
        ("[tracing]\nshare = 0", "tracing.share: expected greater than 0, got 0"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(file: Path, text: str, line: str) -> None:
    said = refusal(file, text)
    assert said.startswith(line)
    assert said.endswith(f"(in {file})")


def test_traces_without_their_packages_stop_the_start_with_the_command_that_installs_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "find_spec", lambda name: None)
    said = refusal(file, "[tracing]\nendpoint = 'http://127.0.0.1:4318/v1/traces'")
    assert said.startswith("tracing.endpoint: traces need the extra: pip install --require-hashes -r constraints-t")
    file.write_text("[tracing]\nendpoint = ''", "utf-8")
    assert not load(file).tracing.endpoint


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ("[escalation]\ncritica = []", "escalation.critica: expected at least one step"),
        ("[[escalation.critica]]\nafter = '0s'", "escalation.critica.0.notify: is missing"),
        (
            "[[escalation.critica]]\nafter = '0s'\nnotify = []",
            "escalation.critica.0.notify: expected at least one, got []",
        ),
        (
            "[[escalation.critica]]\nafter = '0s'\nnotify = ['nobody']",
            "escalation.critica.0.notify.0: expected one of assignee, ",
        ),
        (
            "[[escalation.critica]]\nafter = '2m'\nnotify = ['admins']\n" * 2,
            "escalation.critica: expected each step to come after the one before it",
        ),
    ],
)
def test_p4_no_configuration_silences_an_emergency(file: Path, steps: str, line: str) -> None:
    assert refusal(file, steps).startswith(line)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("GAD_TELEGRAM_TOKEN", "1:a", "GAD_TELEGRAM_TOKEN: no such key; did you mean GAD_TELEGRAM__TOKEN?"),
        ("GAD_TELEGRAM", "{}", "GAD_TELEGRAM: no such key"),
        ("GAD_SERVER__PORT", "x", "server.port: expected a whole number, got 'x' (in GAD_SERVER__PORT)"),
        ("GAD_ACCESS__ADMINS", "[1", "access.admins: expected a list in JSON, or values with commas between"),
    ],
)
def test_a_wrong_name_in_the_environment_is_named_too(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    assert refusal(None).startswith(line)


def test_a_secret_is_never_shown_not_even_a_wrong_one(file: Path) -> None:
    for key in ("telegram.token", "telegram.webhook_secret", "storage.url", "redis.url"):
        section, name = key.split(".")
        said = refusal(file, f'[{section}]\n{name} = "s3cr€t"')
        assert said.startswith(f"{key}: expected")
        assert "s3cr" not in said
    file.write_text('[telegram]\ntoken = "1:s3cret"', "utf-8")
    assert "s3cret" not in repr(load(file))


def test_a_file_that_cannot_be_read_says_why(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml: no such file; config\.example\.toml is one to start"):
        load(file)
    with pytest.raises(ConfigError, match="Is a directory"):
        load(file.parent)
    assert refusal(file, "[telegram\n").startswith(f"{file}: ")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="utf-8"):
        load(file)


def test_every_key_is_used() -> None:
    rooms = [path for path in (EXAMPLE.parent / "bot").rglob("*.py") if not path.name.startswith("config")]
    read = {
        node.attr
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert {key for key in keys(Config) if key.split(".")[-1] not in read} == set()
