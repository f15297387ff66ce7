"""Only Telegram's own verdict is one, whatever else stands in an answer: any status, any body, any header."""

import gzip
import zlib
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.transport.answers import Answer, Broken, Refused, Taken, Unreadable, read_answer

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
replies = st.fixed_dictionaries(
    {},
    optional={
        "ok": st.booleans() | json_values,
        "error_code": st.integers(390, 610) | json_values,
        "description": st.text(max_size=5) | json_values,
        "parameters": st.fixed_dictionaries(
            {}, optional={"retry_after": json_values, "migrate_to_chat_id": json_values}
        )
        | json_values,
        "result": json_values,
    },
)
bodies = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"", b"<html>403</html>", b'{"ok":true,', b"[" * 100_000, b"\x1f\x8bnothing", b"OK"]),
    replies.map(msgspec.json.encode),
)
encodings = st.sampled_from(["", "identity", "gzip", "x-gzip", "deflate", "br", "zstd", "gzip, br", "nonsense,,"])
packed = bodies | bodies.map(gzip.compress) | bodies.map(zlib.compress)


def said(status: int, body: bytes, encoding: str = "") -> Answer | None:
    """Telegram's word in it, None when there is none that can be read."""
    try:
        return read_answer(status, body, encoding)
    except (Broken, Unreadable):
        return None


def plain(body: bytes) -> Any:
    """The JSON in it."""
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    elif body[:1] == b"x":
        body = zlib.decompress(body)
    return msgspec.json.decode(body)


@given(st.integers(100, 999), packed, encodings)
@example(403, b"<html><title>403 Forbidden</title></html>", "")
@example(403, b'{"ok":0,"error_code":403}', "")
@example(200, b'{"ok":false,"error_code":403.0}', "")
@example(429, b'{"ok":false,"error_code":429,"parameters":{"retry_after":1e999}}', "")
def test_p13_only_a_refusal_with_its_code_is_telegrams_verdict(status: int, body: bytes, encoding: str) -> None:
    match said(status, body, encoding):
        case Refused() as no:
            reply = plain(body)
            assert reply["ok"] is False
            assert type(reply["error_code"]) is int
            assert no.code == reply["error_code"]
            assert 400 <= no.code < 600
            assert no.retry_after is None or 0 < no.retry_after <= 365 * 86_400
            assert no.migrate_to is None or no.migrate_to < 0
        case Taken(result=result):
            reply = plain(body)
            assert reply["ok"] is True
            assert 200 <= status < 300
            assert result is not None
        case None:
            pass


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 407, 429, 451, 500, 502])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"blocked by policy",
        b"null",
        b"[]",
        b'{"ok":false}',
        b'{"ok":"false","error_code":403}',
        b'{"ok":false,"error_code":"403"}',
        b'{"ok":false,"error_code":0}',
        b'{"ok":false,"error_code":true}',
        b'{"error_code":403,"description":"Forbidden"}',
        b'{"status":"ok"}',
    ],
)
def test_p13_whatever_else_is_answered_says_that_the_way_is_broken(status: int, body: bytes) -> None:
    with pytest.raises(Broken):
        read_answer(status, body)


def test_p13_a_mark_that_a_proxy_puts_before_an_answer_costs_no_second_message() -> None:
    assert said(200, b'\xef\xbb\xbf{"ok":true,"result":{"message_id":7}}') == Taken({"message_id": 7})
    assert isinstance(said(403, b'\xef\xbb\xbf{"ok":false,"error_code":403}'), Refused)


def test_a_yes_that_cant_be_read_may_have_been_one() -> None:
    for body in (b'{"ok": true, "result": {"mess', b"\x8b\x03\x80brotli\x03", b'{"ok":true}', gzip.compress(b"x")[:12]):
        with pytest.raises(Unreadable):
            read_answer(200, body, "br")


def test_a_body_that_grows_without_end_is_no_answer() -> None:
    with pytest.raises(Unreadable):
        read_answer(200, gzip.compress(b" " * 64 * 1024 * 1024), "gzip")


def test_the_number_of_a_message_is_believed_when_it_is_one() -> None:
    assert Taken({"message_id": 7}).message_id == 7
    for odd in ({"message_id": "7"}, {"message_id": True}, {"message_id": 2**70}, {"message_id": -1}, {}, True, [7]):
        assert Taken(odd).message_id is None
