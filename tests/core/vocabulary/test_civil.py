"""Civil time: what a person says the clock shows is one moment, or is refused with its two readings."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vocabulary.civil import Ambiguous, CivilTime, Nonexistent, first_showing, offset_at, read, wall_of, zone_named
from tests.core.zones import YEARS, changes, clock, corners

STEP = timedelta(minutes=5)
ZONES = [name for name, _ in YEARS]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "readings"),
    [
        ("America/New_York", "2026-03-08T02:30", ("2026-03-08T06:30", "2026-03-08T07:30")),
        ("Australia/Lord_Howe", "2026-10-04T02:15", ("2026-10-03T15:15", "2026-10-03T15:45")),
        ("Pacific/Apia", "2011-12-30T12:00", ("2011-12-29T22:00", "2011-12-30T22:00")),
        ("America/Havana", "2026-03-08T00:30", ("2026-03-08T04:30", "2026-03-08T05:30")),
    ],
)
def test_a_time_that_the_clocks_jump_over_has_two_readings(zone: str, wall: str, readings: tuple[str, str]) -> None:
    read_as = read(CivilTime(wall=datetime.fromisoformat(wall)), ZoneInfo(zone))
    assert read_as == Nonexistent((utc(readings[0]), utc(readings[1])))


@pytest.mark.parametrize(
    ("zone", "wall", "readings"),
    [
        ("America/New_York", "2026-11-01T01:30", ("2026-11-01T05:30", "2026-11-01T06:30")),
        ("Australia/Lord_Howe", "2026-04-05T01:45", ("2026-04-04T14:45", "2026-04-04T15:15")),
        ("America/Havana", "2026-11-01T00:30", ("2026-11-01T04:30", "2026-11-01T05:30")),
    ],
)
def test_a_time_that_is_shown_twice_has_two_readings(zone: str, wall: str, readings: tuple[str, str]) -> None:
    place, time = ZoneInfo(zone), CivilTime(wall=datetime.fromisoformat(wall))
    early, late = utc(readings[0]), utc(readings[1])
    assert read(time, place) == Ambiguous((early, late))
    for meant in (early, late):
        assert read(CivilTime(wall=time.wall, offset=offset_at(meant, place)), place) == meant


@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_walking_over_every_change_of_a_year(zone: str, year: int) -> None:
    """Each time of the clock is one moment, two, or none, just as the clock really goes."""
    place = ZoneInfo(zone)
    for corner in corners(zone, year):
        shown: dict[datetime, list[datetime]] = {}
        moment = corner - timedelta(hours=30)
        while moment < corner + timedelta(hours=30):
            shown.setdefault(wall_of(moment, place), []).append(moment)
            moment += STEP
        wall = min(shown) + timedelta(hours=26)
        while wall < max(shown) - timedelta(hours=2):
            match read(CivilTime(wall=wall), place):
                case datetime() as one:
                    assert shown[wall] == [one]
                case Ambiguous((early, late)):
                    assert shown[wall] == [early, late]
                case Nonexistent((early, late)):
                    assert wall not in shown
                    assert wall_of(early, place) < wall < wall_of(late, place)
            wall += STEP


@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_times_that_follow_from_a_rule_keep_their_order_over_every_change(zone: str, year: int) -> None:
    place = ZoneInfo(zone)
    for corner in corners(zone, year):
        wall = wall_of(corner, place) - timedelta(hours=27)
        last = first_showing(wall, place)
        for _ in range(54 * 12):
            wall += STEP
            moment = first_showing(wall, place)
            assert last <= moment
            assert wall_of(moment, place) >= wall
            assert wall_of(moment - timedelta(seconds=1), place) < wall or wall_of(moment, place) == wall
            last = moment


@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_a_lost_time_comes_at_the_jump(zone: str, year: int) -> None:
    place = ZoneInfo(zone)
    for change in changes(zone, year):
        before, after = wall_of(change - timedelta(seconds=1), place), wall_of(change, place)
        if after - before > timedelta(seconds=1):
            assert first_showing(before + (after - before) / 2, place) == change


@given(
    zone=st.sampled_from(ZONES),
    first=st.datetimes(clock("1980-01-01T00:00"), clock("2037-01-01T00:00")),
    later=st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_order_is_kept_at_any_time(zone: str, first: datetime, later: timedelta) -> None:
    place = ZoneInfo(zone)
    assert first_showing(first, place) <= first_showing(first + later, place)


@given(zone=st.sampled_from(ZONES), moment=st.datetimes(clock("1980-01-01T00:00"), clock("2037-01-01T00:00")))
def test_what_the_clock_shows_is_read_as_that_moment(zone: str, moment: datetime) -> None:
    place, moment = ZoneInfo(zone), moment.replace(tzinfo=UTC)
    time = CivilTime(wall=wall_of(moment, place), offset=None)
    match read(time, place):
        case Ambiguous(readings):
            assert moment in readings
        case found:
            assert found == moment


@pytest.mark.parametrize("name", ["", "America", "Marte/Uno", "../etc/passwd", "a\0b", "x" * 5_000, "مرحبا"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert zone_named(name) is None
