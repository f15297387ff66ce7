"""Swaps: nothing changes before the other says yes, and then only what was asked."""

from datetime import datetime

from msgspec.structs import replace

from core.rules.swaps import begins as begins_first
from core.state.person import Person
from core.state.shifts import on_duty
from core.state.units import Unit
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.refusals import Refusal
from core.vocabulary.rotas import Stretch
from core.vocabulary.words import Membership
from tests.core.teams import (
    ADA,
    ANA,
    BETO,
    CARLA,
    DAY,
    EVERYBODY,
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


def day(number: int) -> Stretch:
    """The turn of so many days from Monday."""
    return Stretch(rotation=1, start=SEVEN + number * DAY, end=SEVEN + (number + 1) * DAY)


def _watch(unit: Unit) -> tuple[u.UnitEvent, ...]:
    """The events that the time alone brings to the unit."""
    found = decided(None, uc.ChangeShifts(unit=1), unit)
    assert not isinstance(found, Refusal)
    return found


ANAS, BETOS = day(3), day(4)
ASKS = uc.AskSwap(unit=1, asked=BETO.id, gives=ANAS, takes=BETOS)


def asked(command: uc.AskSwap = ASKS, unit: Unit = NORTH) -> tuple[Unit, int]:
    decision = decided(ANA, command, unit)
    assert not isinstance(decision, Refusal), decision
    (event,) = (event for event in decision if isinstance(event, u.SwapAsked))
    return after(ANA, command, unit), event.swap.id


def holder(unit: Unit, moment: datetime) -> set[int]:
    return set(on_duty(unit.rota, moment))


def test_both_turns_change_hands_with_the_yes() -> None:
    unit, number = asked()
    assert holder(unit, ANAS.start) == {ANA.id}, "nothing has changed yet"
    assert answer(BETO, uc.AnswerSwap(unit=1, swap=number, yes=True), unit).startswith(
        "swap_accepted+cover_set+cover_set"
    )
    unit = after(BETO, uc.AnswerSwap(unit=1, swap=number, yes=True), unit)
    assert holder(unit, ANAS.start) == holder(unit, ANAS.end - HOUR) == {BETO.id}
    assert holder(unit, BETOS.start) == {ANA.id}
    assert holder(unit, day(5).start) == {CARLA.id}
    assert answer(BETO, uc.AnswerSwap(unit=1, swap=number, yes=True), unit) == "-swap-over"


def test_a_turn_may_be_given_for_nothing() -> None:
    unit, number = asked(uc.AskSwap(unit=1, asked=CARLA.id, gives=ANAS))
    unit = after(CARLA, uc.AnswerSwap(unit=1, swap=number, yes=True), unit)
    assert holder(unit, ANAS.start) == {CARLA.id}
    assert holder(unit, BETOS.start) == {BETO.id}


def test_a_no_leaves_everything_as_it_was() -> None:
    for who in (BETO, ANA):
        unit, number = asked()
        unit = after(who, uc.AnswerSwap(unit=1, swap=number, yes=False), unit)
        assert (unit.rota.swaps, unit.rota.covers) == ((), ())


def test_p9_a_swap_is_between_the_two() -> None:
    unit, number = asked()
    yes = uc.AnswerSwap(unit=1, swap=number, yes=True)
    assert answer(CARLA, yes, unit) == answer(SARA, yes, unit) == answer(ANA, yes, unit) == "-not-your-swap"
    assert answer(CARLA, uc.AnswerSwap(unit=1, swap=number, yes=False), unit) == "-not-your-swap"


def test_only_ones_own_turn_that_is_to_come_is_given() -> None:
    def asks(**fields: object) -> str:
        given: dict[str, object] = {"unit": 1, "asked": BETO.id, "gives": ANAS}
        return answer(ANA, uc.AskSwap(**given | fields), NORTH)  # type: ignore[arg-type]

    assert asks(gives=BETOS) == "-swap-over"
    assert asks(gives=day(0)) == "-swap-over", "it has begun"
    assert asks(gives=Stretch(rotation=7, start=ANAS.start, end=ANAS.end)) == "-swap-over"
    assert asks(gives=Stretch(rotation=1, start=ANAS.start, end=BETOS.end)) == "-swap-over"
    assert asks(takes=day(5)) == "-swap-over", "that one is Carla's"
    assert asks(asked=ANA.id) == "-not-your-swap"
    assert asks(asked=IVAN.id) == "-not-in-unit"
    assert asks(gives=Stretch(rotation=1, start=ANAS.start, end=ANAS.end - HOUR)).startswith("swap_asked")


def test_the_same_is_asked_once() -> None:
    unit, _ = asked()
    assert answer(ANA, ASKS, unit) == "-already"


def test_an_answer_that_the_rota_has_overtaken_counts_for_nothing() -> None:
    unit, number = asked()
    yes = uc.AnswerSwap(unit=1, swap=number, yes=True)
    assert answer(BETO, yes, unit, ANAS.start) == "-swap-over"
    covered = after(
        SARA, uc.StandIn(unit=1, rotation=1, person=3, start=at("2026-03-05T09:00"), end=at("2026-03-05T12:00")), unit
    )
    assert answer(BETO, yes, covered) == "-swap-over"
    away = after(
        SARA, uc.MarkAbsent(unit=1, person=BETO.id, start=at("2026-03-05T09:00"), end=at("2026-03-05T12:00")), unit
    )
    assert answer(BETO, yes, away) == "-away"


def test_a_turn_that_was_swapped_is_not_swapped_again() -> None:
    unit, number = asked()
    unit = after(BETO, uc.AnswerSwap(unit=1, swap=number, yes=True), unit)
    again = uc.AskSwap(unit=1, asked=CARLA.id, gives=ANAS)
    assert answer(BETO, again, unit) == "-covered"


def test_whoever_has_left_the_unit_takes_no_turn_of_it() -> None:
    """People moved, shut out or erased between the question and the yes: who they are now counts."""
    unit, number = asked()
    yes = uc.AnswerSwap(unit=1, swap=number, yes=True)
    for gone in (ANA, BETO):
        for now in (replace(gone, unit=2), replace(gone, unit=None), replace(gone, membership=Membership.DISABLED)):
            people = EVERYBODY | {gone.id: now}
            assert answer(BETO, yes, unit, people=people) == "-not-in-unit", now
        assert answer(BETO, yes, unit, people={gone.id: gone}) == "-not-in-unit"
    assert answer(BETO, replace(yes, yes=False), unit, people={}) == "swap_declined"


def test_open_questions_end_when_one_of_the_two_leaves() -> None:
    unit, number = asked(uc.AskSwap(unit=1, asked=SARA.id, gives=ANAS))
    assert answer(ADA, uc.Dismiss(unit=1, person=SARA.id), unit) == "swap_declined+dismissed"
    for gone in (ANA, SARA):
        decision = decided(None, uc.EndQuestions(unit=1, person=gone.id), unit)
        assert decision == (u.SwapDeclined(swap=unit.rota.swaps[0], left=gone.id), *_watch(unit))
        assert after(None, uc.EndQuestions(unit=1, person=gone.id), unit).rota.swaps == ()
    assert after(None, uc.EndQuestions(unit=1, person=CARLA.id), unit).rota.swaps == unit.rota.swaps
    assert number


def test_questions_go_with_their_rotation_and_their_time() -> None:
    unit, _ = asked()
    assert after(SARA, uc.DropRotation(unit=1, rotation=1), unit).rota.swaps == ()
    later = after(None, uc.ChangeShifts(unit=1), unit, ANAS.start)
    assert later.rota.swaps == ()


OFFERS = uc.AskSwap(unit=1, asked=0, gives=ANAS)


def test_p7_a_turn_offered_to_the_unit_is_the_first_ones_who_takes_it() -> None:
    unit, number = asked(OFFERS)
    yes, no = (uc.AnswerSwap(unit=1, swap=number, yes=each) for each in (True, False))
    assert answer(ANA, OFFERS, unit) == "-already"
    assert answer(ANA, yes, unit) == answer(TITO, yes, unit) == answer(IVAN, yes, unit) == "-not-your-swap"
    assert answer(BETO, no, unit) == answer(SARA, no, unit) == "-not-your-swap", "one's no is nobody else's"
    assert answer(CARLA, yes, unit, people={}) == "-not-your-swap"
    assert answer(CARLA, yes, unit, people={CARLA.id: CARLA}) == "-not-in-unit", "Ana is gone"
    assert answer(CARLA, yes, unit).startswith("swap_accepted+cover_set")
    taken = after(CARLA, yes, unit)
    assert holder(taken, ANAS.start) == holder(taken, ANAS.end - HOUR) == {CARLA.id}
    assert (taken.rota.swaps, len(taken.rota.covers)) == ((), 1)
    assert answer(BETO, yes, taken) == answer(CARLA, yes, taken) == answer(ANA, no, taken) == "-swap-over"
    assert after(ANA, no, unit).rota.swaps == ()
    assert answer(ANA, uc.AskSwap(unit=1, asked=0, gives=ANAS, takes=BETOS), NORTH) == "-swap-over"
    assert answer(ANA, uc.AskSwap(unit=1, asked=0, gives=BETOS), NORTH) == "-swap-over"


def test_an_offer_ends_with_an_event_when_nobody_can_take_it_any_more() -> None:
    unit, number = asked(OFFERS)
    begins, closes = at("2026-03-05T09:00"), at("2026-03-05T12:00")
    to_beto, second = asked(replace(OFFERS, asked=BETO.id), unit)
    ends: tuple[tuple[Person | None, uc.UnitCommand, Unit, datetime], ...] = (
        (None, uc.ChangeShifts(unit=1), unit, ANAS.start),
        (None, uc.EndQuestions(unit=1, person=ANA.id), unit, SEVEN),
        (SARA, uc.DropRotation(unit=1, rotation=1), unit, SEVEN),
        (SARA, uc.StandIn(unit=1, rotation=1, person=CARLA.id, start=begins, end=closes), unit, SEVEN),
        (SARA, uc.MarkAbsent(unit=1, person=ANA.id, start=begins, end=closes), unit, SEVEN),
        (BETO, uc.AnswerSwap(unit=1, swap=second, yes=True), to_beto, SEVEN),
    )
    for caller, command, before, now in ends:
        assert answer(caller, command, before, now).split("+").count("swap_declined") == 1, command
        assert after(caller, command, before, now).rota.swap(number) is None, command
    assert "swap_declined" not in answer(None, uc.ChangeShifts(unit=1), unit, ANAS.start - HOUR)
    for other in (BETO, CARLA):
        assert after(None, uc.EndQuestions(unit=1, person=other.id), unit).rota.swap(number) is not None
    assert (begins_first(unit.rota), begins_first(NORTH.rota)) == (ANAS.start, None)
