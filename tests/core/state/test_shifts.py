"""Turns: they cover the time without a gap or an overlap, over every change of the clocks."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.state.shifts import Shift, next_boundary, on_duty, rotation_turns, turn_number, turns
from core.vocabulary.civil import wall_of
from core.vocabulary.rotas import Absence, Cover, Rota, Rotation, Window
from tests.core.zones import LOST_DAY, YEARS, clock, corners

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANA, BETO, CARLA, DIEGO = 1, 2, 3, 4
LENGTHS = (HOUR, 3 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY)


def rotation(
    *people: int, begins: datetime, length: timedelta = DAY, windows: tuple[Window, ...] = (), number: int = 1
) -> Rotation:
    return Rotation(id=number, people=people, begins=begins, length=length, windows=windows)


def lasting(shifts: Sequence[Shift]) -> timedelta:
    return sum((shift.end - shift.start for shift in shifts), timedelta())


@pytest.mark.parametrize(("zone", "year"), YEARS)
@pytest.mark.parametrize("length", [HOUR, 8 * HOUR, DAY, 7 * DAY])
@pytest.mark.parametrize("hour", [0, 2, 7])
def test_turns_cover_every_change_of_a_year(zone: str, year: int, length: timedelta, hour: int) -> None:
    """Walking over each change: one person at any time, no gap, no overlap, and both questions have one answer."""
    turning = rotation(ANA, BETO, CARLA, begins=clock(f"{year - 1}-01-05T{hour:02}:00"), length=length)
    rota = Rota(zone=zone, rotations=(turning,))
    for corner in corners(zone, year):
        start, end = corner - 40 * HOUR, corner + 40 * HOUR
        found = rotation_turns(rota, turning, start, end)
        assert found[0].start == start
        assert found[-1].end == end
        for one, following in pairwise(found):
            assert one.end == following.start, "no gap and no overlap"
            assert one.start < one.end
        moment = start
        while moment < end:
            (now,) = (shift.person for shift in found if shift.start <= moment < shift.end)
            assert on_duty(rota, moment) == {now}
            moment += timedelta(minutes=10)


@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_boundaries_stand_in_their_order_all_year(zone: str, year: int) -> None:
    turning = rotation(ANA, BETO, begins=clock(f"{year - 1}-12-01T02:30"), length=HOUR * 8)
    rota = Rota(zone=zone, rotations=(turning,))
    moment, place = datetime(year, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    number = turn_number(turning, moment, place)
    while moment.year == year:
        boundary = next_boundary(rota, moment)
        assert boundary is not None
        assert moment < boundary <= moment + 34 * HOUR
        following = turn_number(turning, boundary, place)
        assert following > number
        assert turn_number(turning, boundary - timedelta(milliseconds=1), place) < following
        moment, number = boundary, following


def test_the_lost_day_of_samoa_is_nobodys() -> None:
    zone, _ = LOST_DAY
    turning = rotation(ANA, BETO, CARLA, begins=clock("2011-12-28T07:00"))
    found = turns(
        Rota(zone=zone, rotations=(turning,)),
        datetime(2011, 12, 28, 17, tzinfo=UTC),
        datetime(2011, 12, 31, 16, tzinfo=UTC),
    )
    place = ZoneInfo(zone)
    assert [(shift.person, wall_of(shift.start, place)) for shift in found] == [
        (ANA, clock("2011-12-28T07:00")),
        (BETO, clock("2011-12-29T07:00")),
        (CARLA, clock("2011-12-31T00:00")),
        (ANA, clock("2011-12-31T07:00")),
    ]


def test_the_clock_says_when_the_turn_changes_not_the_hours_between() -> None:
    turning = rotation(ANA, BETO, begins=clock("2026-03-06T07:00"), length=12 * HOUR)
    rota = Rota(zone="America/New_York", rotations=(turning,))
    found = turns(rota, datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 3, 9, 11, tzinfo=UTC))
    assert {wall_of(shift.start, rota.tz).hour for shift in found} == {7, 19}
    assert [shift.end - shift.start for shift in found] == [12 * HOUR, 11 * HOUR, 12 * HOUR, 12 * HOUR]


WEEKDAYS = Window(days=(0, 1, 2, 3, 4), opens=8 * 60, closes=18 * 60)
NIGHTS = Window(days=tuple(range(7)), opens=19 * 60, closes=7 * 60)
ALWAYS = Window(days=tuple(range(7)), opens=0, closes=0)


def test_outside_its_hours_nobody_is_wanted() -> None:
    services = rotation(ANA, BETO, begins=clock("2026-03-02T08:00"), length=7 * DAY, windows=(WEEKDAYS,))
    rota = Rota(zone="America/Guayaquil", rotations=(services,))
    week = turns(rota, datetime(2026, 3, 2, 5, tzinfo=UTC), datetime(2026, 3, 16, 5, tzinfo=UTC))
    assert [shift.person for shift in week] == [ANA] * 5 + [BETO] * 5
    assert lasting(week) == 100 * HOUR
    assert on_duty(rota, datetime(2026, 3, 7, 15, tzinfo=UTC)) == frozenset()


def test_hours_that_pass_midnight() -> None:
    rota = Rota(
        zone="America/Guayaquil",
        rotations=(rotation(ANA, begins=clock("2026-03-02T00:00"), windows=(NIGHTS,)),),
    )
    (night,) = turns(rota, datetime(2026, 3, 2, 17, tzinfo=UTC), datetime(2026, 3, 3, 17, tzinfo=UTC))
    assert (night.start, night.end) == (
        datetime(2026, 3, 3, 0, tzinfo=UTC),
        datetime(2026, 3, 3, 12, tzinfo=UTC),
    )


def test_whole_days_leave_no_gap() -> None:
    rota = Rota(
        zone="America/Guayaquil",
        rotations=(rotation(ANA, begins=clock("2026-03-02T00:00"), windows=(ALWAYS,)),),
    )
    (one,) = turns(rota, datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
    assert lasting([one]) == 6 * DAY


def test_whoever_stands_in_has_the_turn_and_gives_it_back() -> None:
    start = datetime(2026, 3, 3, 5, tzinfo=UTC)
    rota = Rota(
        zone="America/Guayaquil",
        rotations=(rotation(ANA, BETO, begins=clock("2026-03-03T00:00"), length=7 * DAY),),
        covers=(Cover(id=2, rotation=1, person=CARLA, start=start + HOUR, end=start + 5 * HOUR),),
    )
    assert [(s.person, s.end - s.start) for s in turns(rota, start, start + 8 * HOUR)] == [
        (ANA, HOUR),
        (CARLA, 4 * HOUR),
        (ANA, 3 * HOUR),
    ]


def test_whoever_comes_besides_replaces_nobody() -> None:
    start = datetime(2026, 3, 3, 5, tzinfo=UTC)
    rota = Rota(
        zone="America/Guayaquil",
        rotations=(rotation(ANA, begins=clock("2026-03-01T00:00")),),
        covers=(Cover(id=2, person=DIEGO, start=start, end=start + HOUR),),
    )
    assert on_duty(rota, start) == {ANA, DIEGO}
    assert on_duty(rota, start + HOUR) == {ANA}


def test_the_turn_of_whoever_is_away_is_for_the_next() -> None:
    start = datetime(2026, 3, 3, 5, tzinfo=UTC)
    rota = Rota(
        zone="America/Guayaquil",
        rotations=(rotation(ANA, BETO, CARLA, begins=clock("2026-03-03T00:00")),),
        absences=(
            Absence(id=2, person=ANA, start=start, end=start + 2 * DAY),
            Absence(id=3, person=BETO, start=start, end=start + 12 * HOUR),
        ),
    )
    assert [(s.person, s.end - s.start) for s in turns(rota, start, start + 3 * DAY)] == [
        (CARLA, 12 * HOUR),
        (BETO, 36 * HOUR),
        (CARLA, DAY),
    ]


def test_nobody_is_on_duty_before_the_rota_begins() -> None:
    rota = Rota(zone="America/Guayaquil", rotations=(rotation(ANA, begins=clock("2026-03-03T07:00")),))
    begins = datetime(2026, 3, 3, 12, tzinfo=UTC)
    for early in (HOUR, 40 * DAY):
        assert on_duty(rota, begins - early) == frozenset()
    assert on_duty(rota, begins) == {ANA}
    assert next_boundary(rota, begins - 40 * DAY) == begins
    assert next_boundary(Rota(zone="America/Guayaquil"), begins) is None


@st.composite
def rotas(draw: st.DrawFn) -> tuple[Rota, datetime]:
    """A rota of some rotations with absences and covers, and a moment close to a change of the clocks."""
    zone, year = draw(st.sampled_from(YEARS))
    corner = draw(st.sampled_from(corners(zone, year)))
    start = corner - timedelta(minutes=draw(st.integers(0, 4_000)))
    people = st.lists(st.integers(1, 5), min_size=1, max_size=4, unique=True)
    hours = st.builds(
        Window,
        days=st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple),
        opens=st.integers(0, 1_439),
        closes=st.integers(0, 1_439),
    )
    rotations = [
        rotation(
            *draw(people),
            begins=clock(f"{year}-01-01T00:00") + timedelta(minutes=draw(st.integers(-400_000, 400_000))),
            length=draw(st.sampled_from(LENGTHS)),
            windows=tuple(draw(st.lists(hours, max_size=2))),
            number=number,
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    spans = [
        (start + timedelta(minutes=a), start + timedelta(minutes=a + b))
        for a, b in draw(st.lists(st.tuples(st.integers(-2_000, 4_000), st.integers(1, 3_000)), max_size=3))
    ]
    absences = tuple(Absence(id=10, person=draw(st.integers(1, 5)), start=a, end=b) for a, b in spans[:2])
    covers = tuple(
        Cover(id=20, rotation=draw(st.integers(0, 1)), person=draw(st.integers(1, 5)), start=a, end=b)
        for a, b in spans[2:]
    )
    return Rota(zone=zone, rotations=tuple(rotations), absences=absences, covers=covers), start


@settings(max_examples=60, deadline=None)
@given(rotas())
def test_any_rota_answers_both_questions_alike(drawn: tuple[Rota, datetime]) -> None:
    rota, start = drawn
    end = start + 3 * DAY
    found = turns(rota, start, end)
    edges = sorted({start} | {edge for shift in found for edge in (shift.start, shift.end) if edge < end})
    for one in rota.rotations:
        mine = rotation_turns(rota, one, start, end)
        assert all(s.start < s.end for s in mine)
        assert all(a.end <= b.start for a, b in pairwise(mine)), "turns overlap"
    for edge, following in zip(edges, [*edges[1:], end], strict=True):
        for moment in (edge, edge + (following - edge) / 2, following - timedelta(milliseconds=1)):
            if moment < end:
                assert on_duty(rota, moment) == {s.person for s in found if s.start <= moment < s.end}


@settings(max_examples=60, deadline=None)
@given(rotas())
def test_between_two_boundaries_nothing_changes(drawn: tuple[Rota, datetime]) -> None:
    rota, moment = drawn
    for _ in range(6):
        boundary = next_boundary(rota, moment)
        if boundary is None:
            return
        assert boundary > moment
        assert all((s.start, s.end) == (moment, boundary) for s in turns(rota, moment, boundary))
        moment = boundary
