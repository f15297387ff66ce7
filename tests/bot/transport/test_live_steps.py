"""Live locations in an update: where somebody is, and until when they share it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.transport.intake import LIVE_FOR_EVER, move_of

SENT, EDITED = datetime(2026, 3, 2, 17, 0, tzinfo=UTC), datetime(2026, 3, 2, 17, 5, tzinfo=UTC)


def step(**spot: Any) -> dict[str, Any]:
    """An edited message of person 7 with a location."""
    location = {"latitude": -2.18, "longitude": -79.88, **spot}
    dates = {"date": int(SENT.timestamp()), "edit_date": int(EDITED.timestamp())}
    return {"update_id": 1, "edited_message": {"from": {"id": 7}, "location": location, **dates}}


@pytest.mark.parametrize(
    ("spot", "live_until"),
    [
        ({"live_period": 900}, SENT + timedelta(minutes=15)),
        ({"live_period": LIVE_FOR_EVER}, SENT + timedelta(seconds=LIVE_FOR_EVER)),
        ({}, EDITED),
    ],
    ids=["for a quarter of an hour", "for ever", "stopped"],
)
def test_a_step_says_until_when(spot: dict[str, Any], live_until: datetime) -> None:
    move = move_of(step(**spot))
    assert move is not None
    who, sighting = move
    assert who == 7
    assert sighting.position.at == EDITED
    assert sighting.live_until == live_until


def test_without_its_first_date_nothing_is_known_of_that() -> None:
    raw = step(live_period=900)
    del raw["edited_message"]["date"]
    move = move_of(raw)
    assert move is not None
    assert move[1].live_until is None


@pytest.mark.parametrize("period", [-1, LIVE_FOR_EVER + 1, "900", 1.5])
def test_a_period_that_is_none_is_no_step(period: object) -> None:
    assert move_of(step(live_period=period)) is None
