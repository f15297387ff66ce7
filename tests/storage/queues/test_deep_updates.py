"""An update that is nested deeper than JSON may be is kept without its depths, and one that is none is refused."""

import pytest
from msgspec import json

from storage.queues.inbox import DEEPEST, arrival


def nested(levels: int, kind: type) -> object:
    """A value inside so many lists or objects."""
    value: object = "bottom"
    for _ in range(levels):
        value = [value] if kind is list else {"in": value}
    return value


def depth(value: object) -> int:
    """How many lists and objects are inside each other."""
    match value:
        case dict():
            return 1 + max(map(depth, value.values()), default=0)
        case list():
            return 1 + max(map(depth, value), default=0)
        case _:
            return 0


@pytest.mark.parametrize("kind", [list, dict])
def test_p1_an_update_that_no_parser_can_follow_is_kept_without_its_depths(kind: type) -> None:
    raw = {"update_id": 7, "message": {"text": "Robo"}, "odd": nested(20_000, kind)}
    kept = json.decode(arrival(raw, line="1", urgent=True).payload)
    assert kept["message"] == {"text": "Robo"}
    assert 1 < depth(kept) <= DEEPEST


def test_what_is_not_too_deep_is_kept_whole() -> None:
    raw = {"update_id": 7, "odd": nested(DEEPEST * 2, list)}
    assert json.decode(arrival(raw, line="1", urgent=True).payload) == raw


def test_what_has_no_number_is_no_update() -> None:
    with pytest.raises(KeyError):
        arrival({"message": {}}, line="1", urgent=False)
