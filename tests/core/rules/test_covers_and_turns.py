"""Covers and swaps belong to a turn: they go where it goes, and end with it; those concerned hear of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from core.state.person import Person
from core.state.shifts import rotation_turns, turns
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.civil import wall_of
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Rota, Stretch, Window
from tests.core.teams import (
    ADA,
    ANA,
    BETO,
    CARLA,
    DAY,
    EMPTY,
    HOUR,
    NORTH,
    SARA,
    SEVEN,
    TURNS,
    after,
    answer,
    at,
    decided,
)
from tests.core.zones import clock

START = SEVEN + 3 * DAY  # Ana's second turn
EIGHT_TO_SIX = (Window(days=tuple(range(7)), opens=8 * 60, closes=18 * 60),)


def swapped(unit: Unit = NORTH, start: datetime = START, *, takes: bool = True) -> Unit:
    """Ana gives her turn to Beto, for his the day after or for nothing."""
    day = Stretch(rotation=1, start=start, end=start + DAY)
    his = replace(day, start=start + DAY, end=start + 2 * DAY) if takes else None
    unit = after(ANA, uc.AskSwap(unit=1, asked=BETO.id, gives=day, takes=his), unit)
    return after(BETO, uc.AnswerSwap(unit=1, swap=unit.rota.swaps[0].id, yes=True), unit)


def changed(*people: int, begins: str = "2026-03-02T06:00", **fields: object) -> uc.SetRotation:
    given = {"unit": 1, "rotation": 1, "people": people or (1, 2, 3), "begins": at(begins), "length": DAY, **fields}
    return uc.SetRotation(**given)  # type: ignore[arg-type]


def days(unit: Unit, first: int = 0, last: int = 7) -> list[tuple[str, int]]:
    """Each turn by the unit's clock, and whose it is."""
    zone = unit.rota.tz
    found = turns(unit.rota, SEVEN + first * DAY, SEVEN + last * DAY)
    return [(f"{wall_of(shift.start, zone):%a %H:%M}", shift.person) for shift in found]


@pytest.mark.parametrize("hour", ["00:00", "06:00", "08:30", "19:00", "23:59"])
def test_who_gave_a_turn_away_does_not_get_a_piece_of_it_back(hour: str) -> None:
    unit = after(SARA, changed(begins=f"2026-03-02T{hour}"), swapped(), SEVEN + HOUR)
    found = dict(days(unit))
    assert (found[f"Thu {hour}"], found[f"Fri {hour}"], found[f"Sat {hour}"]) == (BETO.id, ANA.id, CARLA.id)
    assert len(unit.rota.covers) == 2


def test_a_cover_of_whole_turns_goes_along_and_one_by_the_hour_stays() -> None:
    unit = after(
        SARA,
        uc.StandIn(unit=1, rotation=1, person=CARLA.id, start=at("2026-03-05T07:00"), end=at("2026-03-07T07:00")),
        NORTH,
    )
    unit = after(
        SARA,
        uc.StandIn(unit=1, rotation=1, person=BETO.id, start=at("2026-03-03T10:00"), end=at("2026-03-03T15:00")),
        unit,
    )
    unit = after(SARA, changed(), unit, SEVEN + HOUR)
    spans = [(wall_of(c.start, unit.rota.tz), wall_of(c.end, unit.rota.tz)) for c in unit.rota.covers]
    assert spans == [
        (clock("2026-03-05T06:00"), clock("2026-03-07T06:00")),
        (clock("2026-03-03T10:00"), clock("2026-03-03T15:00")),
    ]


@pytest.mark.parametrize(
    "change",
    [
        changed(3, 1, 2),
        changed(3, 2),
        changed(length=7 * DAY),
        changed(begins="2026-03-03T07:00"),
        changed(begins="2026-03-20T07:00"),
        changed(windows=(Window(days=(0, 1, 2, 4), opens=0, closes=0),)),
    ],
)
def test_a_swap_ends_when_its_turn_is_no_more_or_anothers_and_both_hear_of_it(change: uc.SetRotation) -> None:
    """Both turns go back: a half of a swap is none."""
    unit = swapped()
    decision = decided(SARA, change, unit, SEVEN + HOUR)
    assert not isinstance(decision, Refusal)
    ended = [event for event in decision if isinstance(event, u.EntryWithdrawn)]
    assert {(event.person, event.giver) for event in ended} == {(ANA.id, BETO.id), (BETO.id, ANA.id)}
    assert after(SARA, change, unit, SEVEN + HOUR).rota.covers == ()


def test_what_is_over_is_left_as_it_was() -> None:
    unit = swapped()
    later = START + 3 * DAY
    assert after(SARA, changed(3, 2, 1, begins="2026-03-20T06:00"), unit, later).rota.covers == unit.rota.covers


def test_a_turn_that_was_given_goes_back_to_whoever_gave_it_when_the_cover_is_withdrawn() -> None:
    unit = swapped(takes=False)
    decision = decided(SARA, uc.Withdraw(unit=1, entry=unit.rota.covers[0].id), unit)
    assert not isinstance(decision, Refusal)
    assert (decision[0].person, decision[0].giver) == (BETO.id, ANA.id)  # type: ignore[union-attr]


@pytest.mark.parametrize("gone", [ANA, BETO])
def test_a_swap_with_somebody_who_is_shut_out_is_off(gone: Person) -> None:
    rota = after(None, uc.Dismiss(unit=1, person=gone.id, gone=True), swapped()).rota
    assert rota.covers == ()


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/New_York", "Europe/Madrid"])
def test_covers_swaps_and_absences_go_with_the_units_clocks(zone: str) -> None:
    unit = swapped()
    unit = after(
        SARA, uc.MarkAbsent(unit=1, person=CARLA.id, start=at("2026-03-20T08:00"), end=at("2026-03-20T12:00")), unit
    )
    moved = after(ADA, uc.ReviseUnit(unit=1, zone=zone), unit)
    for before, entry in zip(
        (*unit.rota.covers, *unit.rota.absences), (*moved.rota.covers, *moved.rota.absences), strict=True
    ):
        assert wall_of(entry.start, moved.rota.tz) == wall_of(before.start, unit.rota.tz)
        assert wall_of(entry.end, moved.rota.tz) == wall_of(before.end, unit.rota.tz)
    (shift,) = (s for s in turns(moved.rota, moved.rota.covers[0].start, moved.rota.covers[0].end))
    assert shift.person == BETO.id


def test_covers_go_along_when_the_law_changes_the_clocks() -> None:
    """Kept when the zone was an hour off: the clock shows what was meant, whatever moment that was thought to be."""
    unit = swapped()
    kept = json.decode(json.encode(unit))
    for cover in kept["rota"]["covers"]:
        for edge in ("start", "end"):
            cover[edge] = (datetime.fromisoformat(cover[edge]) - HOUR).isoformat()
    assert json.decode(json.encode(kept), type=Unit) == unit


def test_an_entry_of_an_earlier_release_stays_where_it_was() -> None:
    unit = swapped()
    kept = json.decode(json.encode(unit))
    for cover in kept["rota"]["covers"]:
        del cover["begins"], cover["closes"], cover["anchor"]
    old = json.decode(json.encode(kept), type=Unit)
    moved = after(ADA, uc.ReviseUnit(unit=1, zone="Pacific/Apia"), after(SARA, changed(), old, SEVEN + HOUR))
    assert [(c.start, c.end) for c in moved.rota.covers] == [(c.start, c.end) for c in unit.rota.covers]


@pytest.mark.parametrize("readings", [(-240, 5), (-300, 6)])
def test_of_a_double_hour_a_cover_keeps_the_one_that_was_named(readings: tuple[int, int]) -> None:
    offset, hour = readings
    unit = Unit(id=1, name="Bronx", rota=Rota(zone="America/New_York", rotations=(TURNS,), numbered=1))
    start = replace(at("2026-11-01T01:30"), offset=offset)
    unit = after(SARA, uc.StandIn(unit=1, rotation=1, person=2, start=start, end=at("2026-11-01T05:00")), unit)
    assert unit.rota.covers[0].start == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


def test_a_cover_that_is_over_keeps_nobody() -> None:
    unit = replace(EMPTY, rota=Rota(zone="America/Guayaquil", rotations=(replace(TURNS, people=(1, 2)),), numbered=1))
    span = {"start": at("2026-03-02T20:00"), "end": at("2026-03-03T06:00")}
    for rotation in (0, 1):
        covered = after(SARA, uc.StandIn(unit=1, person=CARLA.id, rotation=rotation, **span), unit)
        out, south = uc.Dismiss(unit=1, person=CARLA.id), replace(EMPTY, id=2)
        end = covered.rota.covers[0].end
        assert answer(ADA, out, covered, end - HOUR) == "-in-rota"
        assert answer(ADA, out, covered, end).startswith("dismissed")
        enroll = uc.Enroll(unit=2, person=CARLA.id)
        assert answer(ADA, enroll, south, end - HOUR, home=covered) == "-in-rota"
        assert answer(ADA, enroll, south, end, home=covered) == "enrolled"
    assert answer(ADA, uc.Dismiss(unit=1, person=ANA.id), unit, SEVEN + 99 * DAY) == "-in-rota"


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 20),
    st.integers(-6 * 60, 16 * 60).filter(bool),
    st.sampled_from((DAY, 12 * HOUR, 8 * HOUR)),
    st.sampled_from(((), EIGHT_TO_SIX)),
)
def test_whenever_the_rota_moves_the_turn_that_was_taken_is_the_takers_whole(
    ahead: int, minutes: int, length: timedelta, windows: tuple[Window, ...]
) -> None:
    """Whichever turn is given, and by however much the rota moves within its day."""
    first = replace(TURNS, length=length, windows=windows)
    unit = replace(NORTH, rota=replace(NORTH.rota, rotations=(first,)))
    shift = [s for s in rotation_turns(unit.rota, first, SEVEN, SEVEN + 40 * DAY) if s.start > SEVEN][ahead]
    giver = next(person for person in (ANA, BETO, CARLA) if person.id == shift.person)
    gives = Stretch(rotation=1, start=shift.start, end=shift.end)
    unit = after(giver, uc.AskSwap(unit=1, asked=SARA.id, gives=gives), unit)
    unit = after(SARA, uc.AnswerSwap(unit=1, swap=unit.rota.swaps[0].id, yes=True), unit)
    begins = (clock("2026-03-02T07:00") + timedelta(minutes=minutes)).isoformat()
    moved = after(SARA, changed(begins=begins, length=length, windows=windows), unit)
    for cover in moved.rota.covers:
        (rotation,) = moved.rota.rotations
        bare = replace(moved.rota, covers=())
        (given_turn,) = rotation_turns(bare, rotation, cover.start, cover.end)
        assert given_turn.person == giver.id, "a turn of the giver's"
        around = rotation_turns(bare, rotation, cover.start - 2 * DAY, cover.end + 2 * DAY)
        assert any((s.start, s.end) == (cover.start, cover.end) for s in around), "and all of it"
