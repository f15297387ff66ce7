"""Shifts by hand: on duty from when one says so, whatever the rota says."""

from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import caller_of
from core.rules.situation import Situation
from core.state.person import Person, evolve
from core.state.units import Unit
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Post
from core.vocabulary.words import Availability
from tests.core.teams import ANA, BETO, NORTH, RULES, SARA, SEVEN

OFF = replace(ANA, availability=Availability.OFF_DUTY)
AT_WORK = replace(BETO, availability=Availability.AVAILABLE, shift_since=SEVEN)


def answer(caller: Person, command: c.PersonCommand, person: Person, home: Unit | None = NORTH) -> str:
    """The names of the events in their order, or a dash and the reason of the no."""
    situation = Situation(caller=caller_of(caller), rules=RULES, agent=person, home=home)
    decision = decide(situation, command, SEVEN)
    if isinstance(decision, Refusal):
        return f"-{decision.reason}"
    return "+".join(str(type(event).__struct_config__.tag) for event in decision)


def test_whoever_begins_is_available_and_whoever_ends_is_off_duty() -> None:
    begin, end = c.StartShift(person=ANA.id), c.EndShift(person=BETO.id)
    assert answer(ANA, begin, OFF) == "shift_started+availability_set"
    assert answer(ANA, begin, replace(OFF, availability=Availability.AVAILABLE)) == "shift_started"
    assert answer(BETO, end, AT_WORK) == "shift_ended+availability_set"
    assert answer(BETO, end, AT_WORK, home=None) == "shift_ended+availability_set"


def test_whoever_leads_has_no_availability_to_lose() -> None:
    assert answer(SARA, c.StartShift(person=SARA.id), SARA) == "shift_started"
    assert answer(SARA, c.EndShift(person=SARA.id), replace(SARA, shift_since=SEVEN)) == "shift_ended"


def test_once_begun_it_begins_no_more_and_what_never_began_has_no_end() -> None:
    assert answer(BETO, c.StartShift(person=BETO.id), AT_WORK) == "-already"
    assert answer(BETO, c.EndShift(person=BETO.id), BETO) == "-not-on-duty"


def test_a_turn_of_the_rota_is_not_ended_by_hand() -> None:
    assert answer(ANA, c.EndShift(person=ANA.id), ANA) == "-planned"
    waiting = replace(NORTH, rota=replace(NORTH.rota, posts=(Post(rotation=1, holder=BETO.id, successor=ANA.id),)))
    assert answer(BETO, c.EndShift(person=BETO.id), AT_WORK, home=waiting) == "shift_ended", "he has not been relieved"


def test_nobody_leaves_in_the_middle_of_an_emergency() -> None:
    end = c.EndShift(person=BETO.id)
    assert answer(BETO, end, replace(AT_WORK, hold=7)) == "-offer-waits"
    assert answer(BETO, end, replace(AT_WORK, availability=Availability.ON_TASK)) == "-holding"


def test_p9_one_begins_and_ends_for_oneself_a_supervisor_for_others() -> None:
    end = c.EndShift(person=BETO.id)
    assert answer(ANA, end, AT_WORK) == "-above-role"
    assert answer(SARA, end, AT_WORK) == "shift_ended+availability_set"


def test_whoever_is_shut_out_has_no_shift_any_more() -> None:
    begun = evolve(BETO, e.ShiftStarted(at=SEVEN))
    assert begun.shift_since == SEVEN
    assert evolve(begun, e.ShiftEnded()).shift_since is None
    assert evolve(begun, e.Disabled()).shift_since is None
