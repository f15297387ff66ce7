"""The same for an update however often it comes, and another one for another update."""

from typing import Any

import pytest

from bot.transport.fingerprints import fingerprint

MESSAGE: dict[str, Any] = {"message_id": 5, "date": 9, "chat": {"id": 7}, "text": "hola"}


@pytest.mark.parametrize(
    "other",
    [
        {"message": MESSAGE | {"message_id": 6}},
        {"message": MESSAGE | {"date": 10}},
        {"message": MESSAGE | {"chat": {"id": 8}}},
        {"edited_message": MESSAGE},
        {"edited_message": MESSAGE | {"edit_date": 11}},
        {"callback_query": {"id": "77", "message": MESSAGE}},
    ],
)
def test_another_update_is_told_apart(other: dict[str, Any]) -> None:
    assert fingerprint("1", other) != fingerprint("1", {"message": MESSAGE})


def test_presses_are_told_apart_by_their_id() -> None:
    first, second = ({"callback_query": {"id": number, "message": MESSAGE}} for number in ("77", "78"))
    assert fingerprint("1", first) != fingerprint("1", second)


def test_one_update_stays_itself_and_another_bots_is_another() -> None:
    raw = {"update_id": 3, "message": MESSAGE}
    assert fingerprint("1", raw) == fingerprint("1", {**raw})
    assert fingerprint("1", raw) != fingerprint("2", raw)


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"message": None},
        {"message": {"chat": 7, "message_id": 10**400, "date": "x"}},
        {"callback_query": {"id": "a\0b"}},
        {"callback_query": {"id": {"id": 1}}},
        {"x" * 5000: {"id": "y" * 5000}},
        {"a\0b": {}},
    ],
)
def test_whatever_comes_has_a_short_one_that_any_database_keeps(raw: dict[str, Any]) -> None:
    mark = fingerprint("1", raw)
    assert len(mark) < 300
    assert "\0" not in mark
