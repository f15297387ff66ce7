"""A secret is taken out of every text in every form in which one is written, and of nothing else."""

import json
import logging
import re
from base64 import b64encode, urlsafe_b64encode
from html import escape
from io import StringIO
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.runtime.log_format import WithoutTokens
from bot.runtime.logs import black_out_records
from metrics.blackout import LONGEST, MARK, SECRETS, SEEN, Blackout, black_out, quoted_error

# Made-up secrets: what people choose for a password, and what programs make.
PASSWORDS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x24FF, exclude_categories=("C", "Z")), min_size=8, max_size=24
).filter(lambda text: sum(character.isalnum() for character in text) >= 4)


def written(secret: str) -> dict[str, str]:
    """The secret as addresses, headers, programs and pages write it."""
    quoted = quote(secret, safe="")
    return {
        "as it is": secret,
        "quoted": quoted,
        "quoted in small letters": re.sub("%..", lambda percent: percent[0].lower(), quoted),
        "quoted for a path": quote(secret),
        "quoted for a form": quote_plus(secret),
        "quoted twice": quote(quoted, safe=""),
        "quoted where it must be": quote(secret, safe="!$&'()*+,;="),
        "repr": repr(secret),
        "repr of bytes": repr(secret.encode()),
        "ascii": ascii(secret),
        "JSON": json.dumps(secret),
        "JSON in its own letters": json.dumps(secret, ensure_ascii=False),
        "HTML": escape(secret),
    }


@given(PASSWORDS, st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=12))
@example("p@ss/w:o?r#d", "gad")
@example("contraseña1", "usuario")
@example("%40literal&<tag>", "")
def test_no_form_of_a_secret_is_left(secret: str, around: str) -> None:
    blackout = Blackout()
    blackout.know(secret)
    for form, text in written(secret).items():
        left = blackout(f"{around}{text}{around} failed")
        assert secret not in left, form
        assert MARK in left, form
    for encode in (b64encode, urlsafe_b64encode):
        header = encode(f"{around}:{secret}".encode()).decode()
        left = blackout(f"Authorization: {header}")
        assert header not in left
        assert MARK in left


def test_what_is_no_secret_stays() -> None:
    blackout = Blackout()
    blackout.know("", "gad", "a-secret_of-the-desk")
    for text in (
        "the desk is open; side server on port 8080",
        "storage.url: gad.db can't be read, gad run brings it up to date",
        "a secret of the desk",
        "enviada hace 14 min, T-000123, 10:42:07, 12:30",
        "https://api.telegram.org/ gives no answer",
        "server.port: 192.168.1.100:8080 can't be listened on, -p 8080:8080, http://10.0.0.254:443/x",
        "2001:db8::/64 sends what is no HTTP, [2001:db8:85a3:100:0:8a2e:370:7334]:8443, fe80::100:200",
        "407 for basic authentication is asked",
        "Ana Mora <b>va</b> en camino: -2.1862, -79.8885",
    ):
        assert blackout(text) == text
    assert blackout("postgresql://gad:gad@host/gad") == f"postgresql://{MARK}@host/gad"
    assert "gad" not in blackout("password='gad'").replace("password", "")


@pytest.mark.parametrize(
    "text",
    [
        "https://api.telegram.org/bot123456:AAcanary-x_y/getMe",
        "token 123456:canary was rejected",
        "123456:123-canary",
        "redis://:canary@h:6379/0",
        "http://me:can@ary@proxy:3128 refused",
        "postgresql+asyncpg://me:canary@h/gad",
        "Authorization: Bearer AAcanary-x_y",
        "authorization: basic bWU6Y2FuYXJ5Y2FuYXJ5",
        "{'secret_token': 'AAcanary'}",
        '{"secret_token":"AAcanary"}',
        "X-Telegram-Bot-Api-Secret-Token: AAcanary",
    ],
)
def test_what_looks_like_a_secret_is_taken_out_before_anybody_knows_it(text: str) -> None:
    left = black_out(text)
    assert "canary" not in left
    assert "bWU6" not in left
    assert MARK in left


def test_an_error_of_others_is_one_line_of_200_characters_and_a_secret_is_not_cut_in_two() -> None:
    said = quoted_error(RuntimeError("first\nsecond " + "x" * 500))
    assert (len(said), said[:27]) == (LONGEST, "RuntimeError: first second ")
    for before in range(150, 210):
        said = quoted_error("x" * before + "7777777:AAAAAAAAAAAAAAAAAAA")
        assert "7777" not in said
        assert len(said) <= LONGEST


def test_of_the_tokens_that_came_only_the_last_are_remembered() -> None:
    blackout = Blackout()
    for number in range(3 * SEEN):
        blackout.see(f"token-{number:04}-of-a-radio")
        blackout.see(f"token-{number:04}-of-a-radio")
    assert blackout(f"token-{3 * SEEN - 1:04}-of-a-radio") == MARK
    assert len(blackout._known) <= SEEN


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_no_handler_of_anybody_writes_a_secret(level: str) -> None:
    """A plain formatter too, the text of an exception, its traceback and its causes."""
    SECRETS.know("p@ss-canary/1")
    black_out_records()
    heard = StringIO()
    handlers = [logging.StreamHandler(heard), logging.StreamHandler(heard)]
    handlers[0].setFormatter(WithoutTokens("%(message)s"))
    handlers[1].setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    log = logging.Logger("canary", level)
    log.handlers = list(handlers)
    log.debug("asking %s", {"secret_token": "AAcanary"})
    log.info("%s is at %r", "p@ss-canary/1", b"p@ss-canary/1")
    try:
        try:
            raise OSError("http://me:p%40ss-canary%2F1@proxy: refused")
        except OSError as cause:
            raise RuntimeError("p@ss-canary/1") from cause
    except RuntimeError:
        log.exception("it failed", stack_info=False)
    assert "canary" not in heard.getvalue()
    assert "RuntimeError" in heard.getvalue()


def test_p13_a_strangers_text_that_is_all_addresses_is_gone_through_once() -> None:
    """Every address begins a search for a password, which must not go to the text's end each time."""
    text = "@" + "://a:" * 200_000
    assert black_out(text) == text
    assert black_out(f"{text}@host") == "@://[secret]@host"
