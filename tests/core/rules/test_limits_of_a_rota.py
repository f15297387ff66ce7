"""The limits of a rota, just within and just past them, and entries as they are kept: theirs, from when until when."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from core.rules.rota_rules import ENTRIES_LIMIT, FARTHEST
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.rotas import Absence, Anchor, Cover, Rotation, Window
from tests.core.rules.test_rota_rules import away, cover, turns
from tests.core.teams import (
    ANA,
    BETO,
    CARLA,
    DAY,
    EMPTY,
    EVERYBODY,
    HOUR,
    IVAN,
    NORTH,
    SARA,
    SEVEN,
    after,
    at,
    decided,
    member,
)
from tests.core.zones import clock

MINUTE = timedelta(minutes=1)
CROWD = {number: member(number, f"P{number}") for number in range(100, 161)}
DAY_WINDOW = Window(days=(0,), opens=0, closes=1_439)
SPAN = ("2026-03-03T07:00", "2026-03-04T07:00")
FROM, UNTIL = (replace(at(each), offset=-300) for each in SPAN)
ENTRY: dict[str, Any] = {"start": SEVEN + DAY, "end": SEVEN + 2 * DAY, "begins": FROM, "closes": UNTIL}


def said(command: uc.UnitCommand, unit: Unit = EMPTY, **more: Any) -> Refusal | None:
    """The no to this; None: it was none."""
    decision = decided(SARA, command, unit, **more)
    return decision if isinstance(decision, Refusal) else None


@pytest.mark.parametrize(
    "command",
    [
        turns(1, length=HOUR),
        turns(1, length=366 * DAY),
        turns(1, length=HOUR + MINUTE),
        turns(1, months=12),
        turns(1, every=31),
        turns(1, windows=(DAY_WINDOW,) * 14),
        turns(1, windows=(Window(days=(0, 6), opens=0, closes=1_439),)),
        turns(1, begins=replace(at("2026-03-02T07:00"), wall=SEVEN.replace(tzinfo=None) + FARTHEST)),
        turns(1, begins=replace(at("2026-03-02T07:00"), wall=SEVEN.replace(tzinfo=None) - FARTHEST)),
    ],
)
def test_just_within_a_limit_a_rotation_is_set(command: uc.SetRotation) -> None:
    assert said(command) is None


@pytest.mark.parametrize(
    ("command", "no"),
    [
        (turns(1, length=HOUR - MINUTE), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, length=366 * DAY + MINUTE), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, months=13), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, months=-1), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, months=1, every=2), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, every=32), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, every=0), Refusal(reason=Reason.BAD_LENGTH)),
        (turns(1, windows=(DAY_WINDOW,) * 15), Refusal(reason=Reason.TOO_MANY, limit=14)),
        (turns(1, windows=(replace(DAY_WINDOW, opens=-1),)), Refusal(reason=Reason.BAD_HOURS)),
        (turns(1, windows=(replace(DAY_WINDOW, days=(-1,)),)), Refusal(reason=Reason.BAD_HOURS)),
        (turns(1, windows=(replace(DAY_WINDOW, days=(7,)),)), Refusal(reason=Reason.BAD_HOURS)),
        (
            turns(1, begins=replace(at("2026-03-02T07:00"), wall=SEVEN.replace(tzinfo=None) + FARTHEST + MINUTE)),
            Refusal(reason=Reason.TOO_FAR),
        ),
        (turns(), Refusal(reason=Reason.NO_PEOPLE)),
        (turns(1, 2, 1), Refusal(reason=Reason.TWICE, person=1)),
        (turns(1, IVAN.id), Refusal(reason=Reason.NOT_IN_UNIT, person=IVAN.id)),
        (turns(1, 99), Refusal(reason=Reason.NOT_IN_UNIT, person=99)),
        (cover(IVAN, *SPAN), Refusal(reason=Reason.STALE)),
        (away(IVAN, *SPAN), Refusal(reason=Reason.NOT_IN_UNIT, person=IVAN.id)),
        (away(ANA, "2026-03-02T06:00", "2026-03-02T07:00"), Refusal(reason=Reason.PAST)),
        (away(ANA, SPAN[0], SPAN[0]), Refusal(reason=Reason.BACKWARDS)),
    ],
)
def test_just_past_a_limit_a_no_says_what_it_is_and_whom_it_is_about(command: uc.UnitCommand, no: Refusal) -> None:
    assert said(command) == no


def test_sixty_take_turns_and_one_more_is_too_many() -> None:
    assert said(turns(*sorted(CROWD)[:60]), people=CROWD) is None
    assert said(turns(*sorted(CROWD)), people=CROWD) == Refusal(reason=Reason.TOO_MANY, limit=60)


def test_eight_rotations_are_kept_and_two_hundred_entries() -> None:
    full = replace(EMPTY, rota=replace(NORTH.rota, rotations=NORTH.rota.rotations * 8))
    assert said(turns(1), full) == Refusal(reason=Reason.TOO_MANY, limit=8)
    past = tuple(
        Absence(id=n, person=BETO.id, **(ENTRY | {"start": SEVEN - 2 * DAY, "end": SEVEN - DAY}))
        for n in range(ENTRIES_LIMIT)
    )
    for kept, no in ((past[1:], None), (past, Refusal(reason=Reason.TOO_MANY, limit=ENTRIES_LIMIT))):
        assert said(away(CARLA, *SPAN), replace(NORTH, rota=replace(NORTH.rota, absences=kept))) == no


def test_a_rotation_is_kept_as_it_was_wanted() -> None:
    wanted = turns(2, 1, length=12 * HOUR, windows=(DAY_WINDOW,), every=2)
    decision = decided(SARA, wanted, EMPTY)
    assert not isinstance(decision, Refusal)
    rotation = Rotation(
        id=1, people=(2, 1), begins=clock("2026-03-02T07:00"), length=12 * HOUR, windows=(DAY_WINDOW,), every=2
    )
    assert decision[0] == u.RotationSet(rotation=rotation)
    monthly = decided(SARA, turns(1, months=2), NORTH)
    assert not isinstance(monthly, Refusal)
    assert isinstance(monthly[0], u.RotationSet)
    assert (monthly[0].rotation.id, monthly[0].rotation.months) == (2, 2)
    dropped = decided(SARA, uc.DropRotation(unit=1, rotation=1), NORTH)
    assert not isinstance(dropped, Refusal)
    assert dropped[0] == u.RotationDropped(rotation=1)


def test_a_cover_and_an_absence_are_kept_by_the_clock_and_by_the_moment() -> None:
    for command, event in (
        (away(CARLA, *SPAN), u.AbsenceSet(absence=Absence(id=2, person=CARLA.id, **ENTRY))),
        (cover(CARLA, *SPAN, 0), u.CoverSet(cover=Cover(id=2, rotation=0, person=CARLA.id, **ENTRY))),
    ):
        decision = decided(SARA, command, NORTH)
        assert not isinstance(decision, Refusal)
        assert decision[0] == event
    decision = decided(SARA, cover(CARLA, *SPAN), NORTH)
    assert not isinstance(decision, Refusal)
    assert isinstance(decision[0], u.CoverSet)
    assert isinstance(decision[0].cover.anchor, Anchor), "it belongs to the turn that it is for"


def test_who_is_away_or_stands_in_already_is_named() -> None:
    gone = after(SARA, away(CARLA, *SPAN), NORTH)
    assert said(cover(CARLA, *SPAN), gone) == Refusal(reason=Reason.AWAY, person=CARLA.id)
    assert said(away(CARLA, *SPAN), gone) == Refusal(reason=Reason.OVERLAP, person=CARLA.id)
    assert said(cover(BETO, *SPAN), gone) is None, "another is not away"
    covered = after(SARA, cover(CARLA, *SPAN), NORTH)
    assert said(cover(ANA, *SPAN), covered) == Refusal(reason=Reason.OVERLAP, person=CARLA.id)
    besides = after(SARA, cover(CARLA, *SPAN, 0), NORTH)
    assert said(cover(CARLA, *SPAN, 0), besides) == Refusal(reason=Reason.OVERLAP, person=CARLA.id)
    assert said(cover(ANA, *SPAN, 0), besides) is None, "two may be on duty besides"


def test_p14_all_that_somebody_had_in_a_rota_is_taken_back_in_their_name() -> None:
    unit = after(SARA, cover(ANA, *SPAN), NORTH)
    unit = after(SARA, away(BETO, *SPAN), unit)
    gone = decided(None, uc.Dismiss(unit=1, person=ANA.id, gone=True), unit, people=EVERYBODY)
    assert not isinstance(gone, Refusal)
    withdrawn = [event for event in gone if isinstance(event, u.EntryWithdrawn)]
    assert withdrawn == [u.EntryWithdrawn(entry=2, person=ANA.id)]
    back = decided(SARA, uc.Withdraw(unit=1, entry=3), unit)
    assert not isinstance(back, Refusal)
    assert back[0] == u.EntryWithdrawn(entry=3, person=BETO.id)
