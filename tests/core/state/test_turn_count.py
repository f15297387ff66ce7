"""Counting turns: only those in which somebody is wanted count, so that everybody has as many as the others."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.state.shifts import on_duty, rotation_turns, upcoming
from core.state.turn_count import cycle_of, hours_of, number_at, wall_start, without_a_turn
from core.vocabulary.civil import wall_of
from core.vocabulary.rotas import DAY_MINUTES, Rota, Rotation, Window
from tests.core.zones import YEARS, clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = clock("2026-03-02T09:00")
START = datetime(2026, 3, 2, 5, tzinfo=UTC)  # midnight in Guayaquil
OFFICE = Window(days=(0, 1, 2, 3, 4), opens=9 * 60, closes=19 * 60)
THRICE = Window(days=(0, 2, 4), opens=9 * 60, closes=19 * 60)


def turning(people: int, **fields: object) -> Rotation:
    """People 1, 2, 3 … who change each day from Monday at nine."""
    given: dict[str, object] = {"id": 1, "people": tuple(range(1, people + 1)), "begins": MONDAY, "length": DAY}
    return Rotation(**given | fields)  # type: ignore[arg-type]


def order(rotation: Rotation, days: int, zone: str = "America/Guayaquil") -> list[int]:
    """The people whose turns follow one another from Monday."""
    rota = Rota(zone=zone, rotations=(rotation,))
    return [shift.person for shift in rotation_turns(rota, rotation, START, START + days * DAY)]


def test_monday_wednesday_friday_with_two_people_is_one_two_one_two() -> None:
    assert order(turning(2, windows=(THRICE,)), 14) == [1, 2, 1, 2, 1, 2]


@pytest.mark.parametrize("people", range(1, 9))
def test_daily_turns_on_weekdays_reach_everybody_alike(people: int) -> None:
    counts = Counter(order(turning(people, windows=(OFFICE,)), 7 * people))
    assert counts == dict.fromkeys(range(1, people + 1), 5)


def test_two_turns_a_day_on_weekdays_reach_everybody() -> None:
    rotation = turning(3, windows=(OFFICE,), length=8 * HOUR)
    assert order(rotation, 3)[:6] == [1, 2, 3, 1, 2, 3]


def test_a_rotation_of_an_earlier_release_goes_on_as_it_was_and_says_whom_it_leaves_out() -> None:
    old = turning(7, windows=(OFFICE,), skips=False)
    assert set(order(old, 63)) == {1, 2, 3, 4, 5}
    assert without_a_turn(old) == (6, 7)
    assert order(turning(2, windows=(THRICE,), skips=False), 14) == [1, 1, 1, 2, 2, 2]
    assert without_a_turn(turning(7, windows=(OFFICE,))) == without_a_turn(turning(7, skips=False)) == ()


def test_a_shift_on_every_third_day() -> None:
    rota = Rota(zone="America/Guayaquil", rotations=(rotation := turning(2, every=3),))
    found = rotation_turns(rota, rotation, START, START + 9 * DAY)
    assert [(wall_of(shift.start, rota.tz).day, shift.person) for shift in found] == [(2, 1), (5, 2), (8, 1)]
    assert all(shift.end - shift.start == DAY for shift in found)
    assert on_duty(rota, found[0].end) == frozenset()

    mornings = Window(days=tuple(range(7)), opens=9 * 60, closes=13 * 60)
    assert order(turning(2, every=3, windows=(mornings,)), 15) == [1, 2, 1, 2, 1]
    mondays = Window(days=(0,), opens=9 * 60, closes=13 * 60)
    assert order(turning(2, every=2, windows=(mondays,)), 56) == [1, 2, 1, 2], "each second Monday"


def test_a_turn_of_a_month_ends_with_the_month() -> None:
    rotation = turning(3, begins=clock("2026-01-31T07:00"), months=1, length=30 * DAY)
    rota = Rota(zone="America/Guayaquil", rotations=(rotation,))
    found = upcoming(rota, rotation, datetime(2026, 1, 31, 12, tzinfo=UTC), 2)
    assert [(wall_of(s.start, rota.tz).date(), s.person) for s in found] == [
        (date(2026, 1, 31), 1),
        (date(2026, 2, 28), 2),
    ]
    assert [wall_start(rotation, number).day for number in range(5)] == [31, 28, 31, 30, 31]
    assert wall_start(turning(1, begins=clock("2028-02-29T07:00"), months=12), 1) == clock("2029-02-28T07:00")


@settings(max_examples=200, deadline=None)
@given(st.datetimes(clock("2024-01-01T00:00"), clock("2030-12-31T00:00")), st.integers(1, 12), st.integers(0, 4_000))
def test_each_moment_is_in_one_month(begins: datetime, months: int, hours: int) -> None:
    rotation = turning(2, begins=begins, months=months)
    wall = begins + hours * HOUR
    number = number_at(rotation, wall)
    assert wall_start(rotation, number) <= wall < wall_start(rotation, number + 1)


HOURS = st.builds(
    Window,
    days=st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple),
    opens=st.integers(0, DAY_MINUTES - 1),
    closes=st.integers(0, DAY_MINUTES - 1),
)
ROTATIONS = st.builds(
    turning,
    st.integers(1, 5),
    begins=st.integers(0, 20_000).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
    length=st.sampled_from((3 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 10 * DAY)),
    windows=st.lists(HOURS, max_size=3).map(tuple),
    every=st.integers(1, 4),
)


@settings(max_examples=150, deadline=None)
@given(ROTATIONS)
def test_over_any_stretch_counts_differ_by_at_most_one(rotation: Rotation) -> None:
    """Turn by turn: whoever has one is followed by the next in the order, however many days nobody is wanted."""
    rota = Rota(zone="America/Guayaquil", rotations=(rotation,))
    if hours_of(rotation) and not cycle_of(rotation).wanted:
        assert rotation_turns(rota, rotation, START, START + 60 * DAY) == ()
        return
    begun = [
        next((s.person for s in rotation_turns(rota, rotation, start, end)), None)
        for start, end in pairwise(wall_start(rotation, n) for n in range(40))
        for start, end in [(start.replace(tzinfo=rota.tz).astimezone(UTC), end.replace(tzinfo=rota.tz).astimezone(UTC))]
    ]
    turns = [person for person in begun if person is not None]
    assert turns == [rotation.people[number % len(rotation.people)] for number in range(len(turns))]
    counts = Counter(turns)
    assert max(counts.values(), default=0) - min((counts[person] for person in rotation.people), default=0) <= 1


@settings(max_examples=80, deadline=None)
@given(ROTATIONS, st.sampled_from(YEARS), st.integers(0, 200_000))
def test_every_hour_that_is_wanted_is_somebodys_in_any_zone(
    rotation: Rotation, place: tuple[str, int], minutes: int
) -> None:
    rota = Rota(zone=place[0], rotations=(rotation,))
    moment = START + timedelta(minutes=minutes)
    wall = wall_of(moment, rota.tz)
    begun = wall >= rotation.begins
    if not begun:
        return
    opened = [
        start
        for back in range(3)
        for window in hours_of(rotation)
        for start in [
            datetime.combine(wall.date(), datetime.min.time()) - back * DAY + window.opens * timedelta(minutes=1)
        ]
        if start.weekday() in window.days and (start.date() - rotation.begins.date()).days % rotation.every == 0
        if start <= wall < start + window.lasts
    ]
    nearly = any(wall_of(moment + step, rota.tz) - wall != step for step in (-3 * DAY, 3 * DAY))
    if not nearly:
        assert bool(on_duty(rota, moment)) is bool(opened or not hours_of(rotation))
