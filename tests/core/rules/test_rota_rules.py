"""Setting up units and rotas: what can't be is refused with its reason, and the running rota stays as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from core.state.person import Person
from core.state.shifts import on_duty
from core.state.units import KEPT, Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Rota, Window
from tests.core.teams import (
    ADA,
    ANA,
    BETO,
    CARLA,
    DAY,
    EMPTY,
    HOUR,
    IVAN,
    NORTH,
    SARA,
    SEVEN,
    TITO,
    after,
    answer,
    at,
    decided,
)

NEW_YORK = Unit(id=1, name="Bronx", rota=Rota(zone="America/New_York"))


def turns(*people: int, **fields: object) -> uc.SetRotation:
    """A rotation that is wanted."""
    given: dict[str, object] = {"unit": 1, "people": people, "begins": at("2026-03-02T07:00"), "length": DAY}
    return uc.SetRotation(**given | fields)  # type: ignore[arg-type]


def away(person: Person, start: str, end: str) -> uc.MarkAbsent:
    return uc.MarkAbsent(unit=1, person=person.id, start=at(start), end=at(end))


def cover(person: Person, start: str, end: str, rotation: int = 1) -> uc.StandIn:
    return uc.StandIn(unit=1, person=person.id, start=at(start), end=at(end), rotation=rotation)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (turns(), "no-people"),
        (turns(1, 2, 1), "twice"),
        (turns(1, IVAN.id), "not-in-unit"),
        (turns(1, 99), "not-in-unit"),
        (turns(*range(1, 70)), "too-many"),
        (turns(1, length=timedelta(minutes=59)), "bad-length"),
        (turns(1, length=timedelta(0)), "bad-length"),
        (turns(1, length=-DAY), "bad-length"),
        (turns(1, length=400 * DAY), "bad-length"),
        (turns(1, length=timedelta(hours=1, seconds=1)), "bad-length"),
        (turns(1, begins=at("2036-03-02T07:00")), "too-far"),
        (turns(1, begins=at("0001-01-01T00:00")), "too-far"),
        (turns(1, begins=at("9999-12-31T23:59")), "too-far"),
        (turns(1, windows=(Window(days=(), opens=0, closes=60),)), "bad-hours"),
        (turns(1, windows=(Window(days=(7,), opens=0, closes=60),)), "bad-hours"),
        (turns(1, windows=(Window(days=(0,), opens=0, closes=1_440),)), "bad-hours"),
        (turns(1, windows=(Window(days=(0,), opens=0, closes=60),) * 15), "too-many"),
        (turns(1, rotation=9), "stale"),
    ],
)
def test_a_rotation_that_can_not_be_is_refused(command: uc.SetRotation, reason: str) -> None:
    assert answer(SARA, command, EMPTY) == f"-{reason}"


def test_a_rotation_is_set_changed_and_dropped() -> None:
    assert answer(SARA, turns(1, 2), EMPTY) == "rotation_set+hand_over_due"
    unit = after(SARA, turns(1, 2), EMPTY)
    assert answer(SARA, turns(1, 2, rotation=1), unit) == "-unchanged"
    unit = after(SARA, turns(2, 1, rotation=1), unit)
    assert on_duty(unit.rota, SEVEN) == {BETO.id}
    unit = after(SARA, uc.DropRotation(unit=1, rotation=1), unit)
    assert (unit.rota.rotations, unit.rota.posts) == ((), ())
    assert answer(SARA, uc.DropRotation(unit=1, rotation=1), unit) == "-stale"


def test_there_are_only_so_many_rotations() -> None:
    unit = EMPTY
    for _ in range(8):
        unit = after(SARA, turns(1), unit)
    assert answer(SARA, turns(1), unit) == "-too-many"


@pytest.mark.parametrize(
    ("wall", "reason", "readings"),
    [
        ("2026-03-08T02:30", "lost-time", ("2026-03-08T06:30", "2026-03-08T07:30")),
        ("2026-11-01T01:30", "double-time", ("2026-11-01T05:30", "2026-11-01T06:30")),
    ],
)
def test_a_shift_in_a_lost_or_double_hour_is_refused_with_its_two_readings(
    wall: str, reason: str, readings: tuple[str, str]
) -> None:
    two = tuple(datetime.fromisoformat(reading).replace(tzinfo=UTC) for reading in readings)
    expected = Refusal(reason=Reason(reason), readings=two, zone="America/New_York")  # type: ignore[arg-type]
    later = (datetime.fromisoformat(wall) + 8 * HOUR).isoformat()
    for command in (turns(1, begins=at(wall)), cover(ANA, wall, later, 0), away(ANA, wall, later)):
        assert decided(SARA, command, NEW_YORK) == expected
    earlier = (datetime.fromisoformat(wall) - 8 * HOUR).isoformat()
    assert decided(SARA, away(ANA, earlier, wall), NEW_YORK) == expected


def test_of_a_double_hour_either_may_be_named() -> None:
    for offset, hour in ((-240, 5), (-300, 6)):
        start = replace(at("2026-11-01T01:30"), offset=offset)
        unit = after(SARA, uc.MarkAbsent(unit=1, person=1, start=start, end=at("2026-11-01T09:00")), NEW_YORK)
        assert unit.rota.absences[0].start == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (cover(ANA, "2026-03-03T07:00", "2026-03-03T07:00"), "backwards"),
        (cover(ANA, "2026-03-03T07:00", "2026-03-03T06:00"), "backwards"),
        (cover(ANA, "2026-03-01T07:00", "2026-03-02T07:00"), "past"),
        (cover(IVAN, "2026-03-03T07:00", "2026-03-04T07:00"), "not-in-unit"),
        (cover(ANA, "2026-03-03T07:00", "2026-03-04T07:00", 8), "stale"),
        (away(TITO, "2026-03-03T07:00", "2026-03-04T07:00"), "not-in-unit"),
        (away(ANA, "2026-03-03T07:00", "2039-03-04T07:00"), "too-far"),
    ],
)
def test_a_cover_or_an_absence_that_can_not_be_is_refused(command: uc.StandIn | uc.MarkAbsent, reason: str) -> None:
    assert answer(SARA, command, NORTH) == f"-{reason}"


def test_overlapping_covers_are_refused() -> None:
    unit = after(SARA, cover(CARLA, "2026-03-03T07:00", "2026-03-03T12:00"), NORTH)
    assert answer(SARA, cover(BETO, "2026-03-03T11:59", "2026-03-03T15:00"), unit) == "-overlap"
    assert answer(SARA, cover(BETO, "2026-03-03T12:00", "2026-03-03T15:00"), unit) == "cover_set"
    assert answer(SARA, cover(BETO, "2026-03-03T09:00", "2026-03-03T15:00", 0), unit) == "cover_set"
    assert answer(SARA, away(CARLA, "2026-03-03T00:00", "2026-03-04T00:00"), unit) == "-overlap"


def test_nobody_stands_in_while_they_are_away() -> None:
    unit = after(SARA, away(CARLA, "2026-03-03T07:00", "2026-03-04T07:00"), NORTH)
    assert answer(SARA, cover(CARLA, "2026-03-03T09:00", "2026-03-03T12:00"), unit) == "-away"
    assert answer(SARA, away(CARLA, "2026-03-03T09:00", "2026-03-03T12:00"), unit) == "-overlap"


def test_an_absence_that_leaves_nobody_is_refused_until_somebody_stands_in() -> None:
    unit, day = NORTH, ("2026-03-03T07:00", "2026-03-04T07:00")
    unit = replace(unit, rota=replace(unit.rota, rotations=(replace(unit.rota.rotations[0], people=(1, 2)),)))
    unit = after(SARA, away(ANA, *day), unit)
    assert answer(SARA, away(BETO, *day), unit) == "-unmanned"
    unit = after(SARA, cover(CARLA, *day), unit)
    unit = after(SARA, away(BETO, *day), unit)
    stands_in = unit.rota.covers[0].id
    assert answer(SARA, uc.Withdraw(unit=1, entry=stands_in), unit) == "-unmanned"
    assert answer(SARA, uc.Withdraw(unit=1, entry=99), unit) == "-stale"


def test_what_was_over_long_ago_is_forgotten() -> None:
    unit = after(SARA, away(ANA, "2026-03-03T07:00", "2026-03-04T07:00"), NORTH)
    unit = after(SARA, away(BETO, "2026-05-03T07:00", "2026-05-04T07:00"), unit, SEVEN + KEPT + 5 * DAY)
    assert [absence.person for absence in unit.rota.absences] == [BETO.id]


@pytest.mark.parametrize("command", [turns(1), uc.LinkGroup(unit=1, room=-5), uc.DropRotation(unit=1, rotation=1)])
def test_p9_only_those_who_lead_the_unit_change_its_rota(command: uc.UnitCommand) -> None:
    assert answer(ANA, command, NORTH) == "-above-role"
    assert answer(TITO, command, NORTH) == "-not-your-unit"
    for caller in (SARA, ADA, None):
        assert not answer(caller, command, NORTH).startswith("-")


@pytest.mark.parametrize(
    "command",
    [
        uc.CreateUnit(name="Sur", zone="America/Guayaquil"),
        uc.ReviseUnit(unit=1, name="Sur"),
        uc.Enroll(unit=1, person=8),
        uc.Dismiss(unit=1, person=5),
        uc.ChangeShifts(unit=1),
    ],
)
def test_p9_only_administrators_make_units_and_say_who_belongs_to_them(command: uc.UnitCommand) -> None:
    assert answer(SARA, command, EMPTY) == "-above-role"
    assert not answer(ADA, command, EMPTY).startswith("-")


def test_a_unit_has_a_name_of_its_own_and_a_zone() -> None:
    def made(name: str, zone: str = "America/Guayaquil", **more: object) -> str:
        return answer(ADA, uc.CreateUnit(name=name, zone=zone), None, SEVEN, **more)

    assert made("  Zona   Norte ") == "unit_created"
    assert made("") == made("  ") == "-empty"
    assert made("x" * 61) == "-too-long"
    assert made("Norte", namesake=4) == "-name-taken"
    assert made("Norte", "Marte/Uno") == "-unknown-zone"
    assert made("Norte", "../etc/passwd") == "-unknown-zone"


def test_a_unit_is_revised() -> None:
    assert answer(ADA, uc.ReviseUnit(unit=1, name="Norte"), NORTH) == "-unchanged"
    assert answer(ADA, uc.ReviseUnit(unit=1, name="norte"), EMPTY, namesake=1) == "unit_revised"
    assert answer(ADA, uc.ReviseUnit(unit=1, name="Sur"), NORTH, namesake=2) == "-name-taken"
    assert after(ADA, uc.ReviseUnit(unit=1, zone="Pacific/Apia"), NORTH).zone == "Pacific/Apia"
    assert answer(ADA, uc.ReviseUnit(unit=1, zone="Marte/Uno"), NORTH) == "-unknown-zone"
    assert answer(ADA, uc.ReviseUnit(unit=9, name="Sur"), None) == "-unknown-unit"


def test_somebody_joins_and_leaves() -> None:
    assert answer(ADA, uc.Enroll(unit=1, person=IVAN.id), EMPTY) == "enrolled"
    assert answer(ADA, uc.Enroll(unit=1, person=ANA.id), NORTH) == "-unchanged"
    assert answer(ADA, uc.Enroll(unit=1, person=99), NORTH) == "-unknown-person"
    assert answer(ADA, uc.Dismiss(unit=1, person=IVAN.id), NORTH) == "-not-in-unit"
    assert answer(ADA, uc.Dismiss(unit=1, person=ANA.id), NORTH) == "-in-rota"
    south = replace(EMPTY, id=2)
    assert answer(ADA, uc.Enroll(unit=2, person=ANA.id), south, home=NORTH) == "-in-rota"
    assert answer(ADA, uc.Enroll(unit=2, person=SARA.id), south, home=NORTH) == "enrolled"


def test_a_group_belongs_to_one_unit() -> None:
    assert answer(SARA, uc.LinkGroup(unit=1, room=-5), EMPTY) == "group_linked"
    assert answer(SARA, uc.LinkGroup(unit=1, room=-5), EMPTY, linked=2) == "-group-taken"
    linked = after(SARA, uc.LinkGroup(unit=1, room=-5), EMPTY)
    assert answer(SARA, uc.LinkGroup(unit=1, room=-5), linked, linked=1) == "-unchanged"
    assert after(SARA, uc.LinkGroup(unit=1, room=None), linked).room is None


@pytest.mark.parametrize("days", range(7))
@pytest.mark.parametrize("out", [ANA, BETO, CARLA])
def test_whoever_is_shut_out_leaves_everybody_elses_turn_as_it_is(days: int, out: Person) -> None:
    """On any day: whoever is on duty stays, or the next in the order takes over; then the others go on in turn."""
    now = SEVEN + days * DAY
    here = days % 3
    order = [person.id for person in (ANA, BETO, CARLA)]
    following = [one for one in (*order[here:], *order[:here]) if one != out.id]

    rota = after(None, uc.Dismiss(unit=1, person=out.id, gone=True), NORTH, now).rota

    assert out.id not in rota.people
    assert [on_duty(rota, now + day * DAY) for day in range(4)] == [{following[day % 2]} for day in range(4)]


def test_nothing_is_left_of_whoever_is_shut_out() -> None:
    """Their covers go with them, and a rotation that was theirs alone; though nobody is left, it is not refused."""
    unit = after(SARA, cover(ANA, "2026-03-09T07:00", "2026-03-10T07:00"), NORTH)
    unit = after(SARA, turns(ANA.id), unit)
    unit = after(SARA, away(BETO, "2026-03-20T07:00", "2026-03-21T07:00"), unit)
    unit = after(SARA, away(CARLA, "2026-03-20T07:00", "2026-03-21T07:00"), unit)

    rota = after(None, uc.Dismiss(unit=1, person=ANA.id, gone=True), unit).rota

    assert ANA.id not in rota.people
    assert [rotation.people for rotation in rota.rotations] == [(BETO.id, CARLA.id)]
    assert (rota.covers, len(rota.absences)) == ((), 2)
