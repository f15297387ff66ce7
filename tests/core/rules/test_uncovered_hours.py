"""Uncovered hours are told to whoever makes the rota: once, by day, and again when something changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from core.notifications.unit_notifications import makers_of
from core.rules.uncovered_hours import changed, next_look, passed
from core.state.units import Unit, evolve
from core.vocabulary import unit_events as u
from core.vocabulary.rotas import Absence, Cover, Rota, Rotation, Window
from tests.core.teams import NORTH
from tests.core.zones import clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 2, 5, tzinfo=UTC)  # of Monday in Guayaquil
TURNS = Rotation(id=1, people=(1, 2), begins=clock("2026-03-02T00:00"), length=DAY)
OFFICE = Window(days=(0, 1, 2, 3, 4, 5, 6), opens=8 * 60, closes=18 * 60)


def rota(start: float, end: float, *, hours: tuple[Window, ...] = (), covers: tuple[Cover, ...] = ()) -> Rota:
    """Everybody is away from one hour after midnight until another."""
    away = tuple(
        Absence(id=n, person=n, start=MIDNIGHT + start * HOUR, end=MIDNIGHT + end * HOUR) for n in TURNS.people
    )
    return Rota(
        zone="America/Guayaquil", rotations=(replace(TURNS, windows=hours),), absences=away, covers=covers, numbered=9
    )


def gaps(events: tuple[u.UnitEvent, ...]) -> list[tuple[float, float]] | None:
    """The hours after midnight that are told; None where nothing is."""
    for event in events:
        if isinstance(event, u.UncoveredFound):
            return [((start - MIDNIGHT) / HOUR, (end - MIDNIGHT) / HOUR) for start, end in event.gaps]
    return None


def told(present: Rota, at: datetime, look: Callable[[Rota, datetime], tuple[u.UnitEvent, ...]]) -> Rota:
    """The rota after what a look brings."""
    unit = Unit(id=1, name="Norte", rota=present)
    for event in look(present, at):
        unit = evolve(unit, event, at)
    return unit.rota


@pytest.mark.parametrize(("hour", "heard"), [(0, False), (8.9, False), (9, True), (19.9, True), (20, False)])
def test_what_came_near_is_told_by_day(hour: float, heard: bool) -> None:
    assert (gaps(passed(rota(48, 60), MIDNIGHT + hour * HOUR)) == [(48, 60)]) == heard


def test_what_is_told_is_not_told_again_until_something_changes() -> None:
    first = told(rota(48, 60), MIDNIGHT + 10 * HOUR, changed)
    for hour in (11, 34, 50, 58):
        assert passed(first, MIDNIGHT + hour * HOUR) == ()
        assert changed(first, MIDNIGHT + hour * HOUR) == ()
    longer = replace(first, absences=rota(48, 66).absences)
    assert gaps(passed(longer, MIDNIGHT + 11 * HOUR)) is None, "once a day"
    assert gaps(passed(longer, MIDNIGHT + 34 * HOUR)) == [(48, 66)]
    assert gaps(changed(longer, MIDNIGHT + 11 * HOUR)) == [(48, 66)]


@pytest.mark.parametrize("hours", [(), (OFFICE,)])
def test_one_absence_without_an_end_in_sight_is_one_gap_and_not_one_a_day(hours: tuple[Window, ...]) -> None:
    present = told(rota(24, 24 * 60, hours=hours), MIDNIGHT + 9 * HOUR, passed)
    assert present.told_gaps is not None
    assert [gaps(passed(present, MIDNIGHT + 9 * HOUR + day * DAY)) for day in range(1, 7)] == [None] * 6


def test_hours_that_were_covered_and_are_open_again_are_told_again() -> None:
    cover = Cover(id=9, rotation=1, person=3, start=MIDNIGHT + 48 * HOUR, end=MIDNIGHT + 60 * HOUR)
    present = told(rota(48, 60), MIDNIGHT + 10 * HOUR, changed)
    filled = told(replace(present, covers=(cover,)), MIDNIGHT + 11 * HOUR, changed)
    assert changed(filled, MIDNIGHT + 11 * HOUR) == ()
    assert gaps(changed(replace(filled, covers=()), MIDNIGHT + 12 * HOUR)) == [(48, 60)]


def test_a_rota_is_looked_at_each_morning_as_long_as_it_has_a_gap() -> None:
    assert next_look(Rota(zone="America/Guayaquil", rotations=(TURNS,)), MIDNIGHT) is None
    assert next_look(rota(480, 490), MIDNIGHT) == MIDNIGHT + 9 * HOUR
    assert next_look(rota(480, 490), MIDNIGHT + 9 * HOUR) == MIDNIGHT + 33 * HOUR
    assert next_look(rota(480, 490), MIDNIGHT + 491 * HOUR) is None
    assert passed(rota(480, 490), MIDNIGHT + 9 * HOUR) == (), "it is far ahead"


def test_the_units_own_supervisors_hear_it_and_administrators_where_there_are_none() -> None:
    assert [(crowd.circle, crowd.unit) for crowd in makers_of(NORTH)] == [("unit_supervisors", 1), ("admins", None)]
