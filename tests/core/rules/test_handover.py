"""Handing over: somebody always answers, until the next has said *Recibido*."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import json

from core.state.handover import answerable, due_at
from core.state.shifts import whose_turn
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.civil import CivilTime, offset_at, wall_of
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Window
from tests.core.teams import ANA, BETO, CARLA, DAY, EVERYBODY, HOUR, NORTH, RULES, SEVEN, after, answer, decided

TICK, TAKE = uc.ChangeShifts(unit=1), uc.TakeOver(unit=1)
PATIENCE = RULES.handover_timeout


def test_the_outgoing_answers_until_the_incoming_takes_over() -> None:
    unit = after(ANA, TAKE, after(None, TICK, NORTH))
    tomorrow = SEVEN + DAY
    assert answerable(unit.rota, tomorrow - HOUR) == {ANA.id}
    assert answerable(unit.rota, tomorrow) == {ANA.id, BETO.id}, "also before the desk has looked"
    assert answer(None, TICK, unit, tomorrow) == "hand_over_due"
    unit = after(None, TICK, unit, tomorrow)
    assert answer(None, TICK, unit, tomorrow) == ""
    assert answerable(unit.rota, tomorrow + HOUR) == {ANA.id, BETO.id}
    unit = after(BETO, TAKE, unit, tomorrow + HOUR)
    assert answerable(unit.rota, tomorrow + HOUR) == {BETO.id}


def test_whoever_does_not_take_over_is_told_of_once() -> None:
    unit = after(None, TICK, NORTH)
    assert due_at(unit.rota, SEVEN, PATIENCE) == SEVEN + PATIENCE
    assert answer(None, TICK, unit, SEVEN + PATIENCE - timedelta(milliseconds=1)) == ""
    assert answer(None, TICK, unit, SEVEN + PATIENCE) == "hand_over_late"
    unit = after(None, TICK, unit, SEVEN + PATIENCE)
    assert answer(None, TICK, unit, SEVEN + HOUR) == ""
    assert due_at(unit.rota, SEVEN + HOUR, PATIENCE) == SEVEN + DAY


def test_whoever_never_took_over_is_passed_and_the_first_still_answers() -> None:
    unit = after(ANA, TAKE, after(None, TICK, NORTH))
    unit = after(None, TICK, unit, SEVEN + DAY)
    decision = decided(None, TICK, unit, SEVEN + 2 * DAY)
    assert decision == (u.HandOverDue(rotation=1, incoming=CARLA.id, outgoing=ANA.id),)
    unit = after(None, TICK, unit, SEVEN + 2 * DAY)
    assert answer(BETO, TAKE, unit, SEVEN + 2 * DAY) == "-not-your-turn"
    unit = after(None, TICK, unit, SEVEN + 3 * DAY)
    assert unit.rota.post(1).holder == ANA.id, "the turn came back to her"
    assert answerable(unit.rota, SEVEN + 3 * DAY) == {ANA.id}


def test_only_whoever_has_the_turn_takes_over_and_once() -> None:
    unit = after(None, TICK, NORTH)
    assert answer(BETO, TAKE, unit) == "-not-your-turn"
    unit = after(ANA, TAKE, unit)
    assert answer(ANA, TAKE, unit) == "-already"


def test_where_nobody_is_wanted_nobody_answers() -> None:
    services = uc.SetRotation(
        unit=1,
        rotation=1,
        people=(1,),
        begins=CivilTime(wall=NORTH.rota.rotations[0].begins),
        length=DAY,
        windows=(Window(days=(0, 1, 2, 3, 4), opens=7 * 60, closes=15 * 60),),
    )
    unit = after(ANA, TAKE, after(None, services, NORTH))
    evening = SEVEN + 8 * HOUR
    assert due_at(unit.rota, SEVEN, PATIENCE) == evening
    assert answerable(unit.rota, evening) == frozenset()
    assert decided(None, TICK, unit, evening) == (u.Relieved(rotation=1, person=ANA.id),)
    unit = after(None, TICK, unit, evening)
    assert answer(None, TICK, unit, SEVEN + DAY) == "hand_over_due"


class Watch(RuleBasedStateMachine):
    """A unit lives through random days: people take over or don't, stand in, go away.

    The desk looks when it is due, or late.
    """

    @initialize()
    def begins(self) -> None:
        self.now = SEVEN
        self.unit = after(None, TICK, NORTH, self.now)

    def does(self, person: int | None, command: uc.UnitCommand) -> None:
        caller = EVERYBODY[person] if person is not None else None
        if not isinstance(decided(caller, command, self.unit, self.now), Refusal):
            self.unit = after(caller, command, self.unit, self.now)

    @rule(person=st.integers(1, 3))
    def takes_over(self, person: int) -> None:
        self.does(person, TAKE)

    @rule(person=st.integers(1, 3), begins=st.integers(-5, 40), lasts=st.integers(1, 60), away=st.booleans())
    def changes_hands(self, person: int, begins: int, lasts: int, *, away: bool) -> None:
        start = self.now + begins * HOUR
        span = {"start": civil(self.unit, start), "end": civil(self.unit, start + lasts * HOUR)}
        self.does(
            5,
            uc.MarkAbsent(unit=1, person=person, **span)
            if away
            else uc.StandIn(unit=1, person=person, rotation=1, **span),
        )

    @rule(entry=st.integers(1, 12))
    def takes_back(self, entry: int) -> None:
        self.does(5, uc.Withdraw(unit=1, entry=entry))

    @rule(late=st.integers(0, 3_000), looks=st.booleans())
    def time_passes(self, late: int, *, looks: bool) -> None:
        due = due_at(self.unit.rota, self.now, PATIENCE)
        assert due is not None
        self.now = max(due, self.now) + timedelta(minutes=late)
        if looks:
            self.does(None, TICK)

    @invariant()
    def somebody_answers(self) -> None:
        rota = self.unit.rota
        turn = whose_turn(rota, rota.rotations[0], self.now)
        assert turn is not None
        assert turn in answerable(rota, self.now)
        holder = rota.post(1).holder
        assert holder is None or holder in answerable(rota, self.now)

    @invariant()
    def nobody_is_asked_whose_turn_it_is_not(self) -> None:
        self.does(None, TICK)
        post = self.unit.rota.post(1)
        turn = whose_turn(self.unit.rota, self.unit.rota.rotations[0], self.now)
        assert post.successor in (None, turn)
        assert post.successor == turn or post.holder == turn
        assert answer(None, TICK, self.unit, self.now) == "", "what is done is done once"

    @invariant()
    def it_is_the_same_from_disk(self) -> None:
        assert json.decode(json.encode(self.unit), type=Unit) == self.unit


def civil(unit: Unit, moment: datetime) -> CivilTime:
    """A moment by the unit's clocks, whichever of two showings it is."""
    return CivilTime(wall=wall_of(moment, unit.rota.tz), offset=offset_at(moment, unit.rota.tz))


TestWatch = Watch.TestCase
TestWatch.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
