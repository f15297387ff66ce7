"""Capabilities: a seat that wants one is offered to whoever has it; where nobody free does, it is asked without."""

from pathlib import Path

import pytest

from core.rules.situation import Rules
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import seats as st
from core.vocabulary.capabilities import Equip
from core.vocabulary.kinds import Classify, Work, WorkKind
from core.vocabulary.refusals import Reason
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import refusal_of, task_of

MEDIC, LADDER = "paramédico", "escalera"
CRASH = WorkKind(work=Work(name="Choque", capabilities=(MEDIC,)), seats=2)
FAINT = WorkKind(work=Work(name="Desmayo", capabilities=(MEDIC,)))
RULES = Rules(offer_to=2, kinds=(CRASH, FAINT), capabilities=(MEDIC, LADDER))


@pytest.fixture
def dispatch(tmp_path: Path) -> Dispatch:
    return Dispatch(tmp_path, rules=RULES)


async def able(dispatch: Dispatch, name: str, away: float, *capabilities: str) -> Person:
    """An agent so far away who has these capabilities."""
    ada = dispatch.admin("Ada")
    agent = dispatch.agent(name, away=away)
    for capability in capabilities:
        assert refusal_of(await dispatch.does(ada, Equip(person=agent.id, capability=capability))) is None
    return agent


async def calls(dispatch: Dispatch, title: str) -> Task:
    """Rita reports it at the park."""
    opening = c.OpenEmergency(title=title, sent_at=dispatch.moment, place=PARK)
    task = task_of(await dispatch.does(dispatch.agent("Rita"), opening))
    assert task is not None
    return task


def asked(dispatch: Dispatch, task: Task) -> dict[int, str]:
    """Agents who are asked now, and for which capability."""
    return {part.agent: part.wanted for part in dispatch.task(task).offers}


async def test_p12_a_seat_that_wants_a_medic_is_offered_to_medics_alone(dispatch: Dispatch) -> None:
    near = [dispatch.agent(f"A{number}", away=10 * number) for number in range(1, 4)]
    medics = [await able(dispatch, f"M{number}", 1000 * number, MEDIC) for number in (1, 2, 3)]
    task = await calls(dispatch, "Desmayo en el andén")
    assert asked(dispatch, task) == {medics[0].id: MEDIC, medics[1].id: MEDIC}

    crash = await calls(dispatch, "Choque en la avenida")
    assert asked(dispatch, crash) == {medics[2].id: MEDIC, near[0].id: ""}
    await dispatch.does(near[0], c.Decline(task=crash.id))
    assert asked(dispatch, crash) == {medics[2].id: MEDIC, near[1].id: ""}
    await dispatch.does(near[1], c.Accept(task=crash.id))
    await dispatch.does(medics[2], c.Accept(task=crash.id))
    assert {part.agent: part.wanted for part in dispatch.task(crash).crew} == {near[1].id: "", medics[2].id: MEDIC}
    assert f"🧰 {MEDIC}: M3" in dispatch.shown(crash, near[1])


async def test_p12_a_medic_who_gives_the_seat_back_is_replaced_by_a_medic(dispatch: Dispatch) -> None:
    medics = [await able(dispatch, f"M{number}", 1000 * number, MEDIC) for number in (1, 2, 3)]
    dispatch.agent("A1", away=1)
    task = await calls(dispatch, "Desmayo")
    await dispatch.does(medics[0], c.Accept(task=task.id))
    assert asked(dispatch, task) == {}
    await dispatch.does(medics[0], c.Decline(task=task.id))
    assert set(asked(dispatch, task).values()) == {MEDIC}


async def test_p12_where_nobody_free_has_it_the_seat_is_asked_for_without_and_the_card_says_so(
    dispatch: Dispatch,
) -> None:
    sara, near = dispatch.supervisor("Sara", on_duty=True), dispatch.agent("A1", away=1)
    task = await calls(dispatch, "Desmayo")
    assert asked(dispatch, task) == {near.id: ""}
    assert f"⚠️ Falta {MEDIC}: nadie libre lo tiene" in dispatch.shown(task, sara)


async def test_p12_reinforcement_with_a_capability_asks_whoever_has_it(dispatch: Dispatch) -> None:
    near, far = dispatch.agent("A1", away=1), await able(dispatch, "L1", 5000, LADDER)
    dispatch.agent("A2", away=2)
    task = await calls(dispatch, "Gato en un árbol")
    await dispatch.does(near, c.Accept(task=task.id))
    refusal = refusal_of(await dispatch.does(near, st.Reinforce(task=task.id, seats=2, wants="grúa")))
    assert refusal is not None
    assert refusal.reason is Reason.CAPABILITY
    await dispatch.does(near, st.Reinforce(task=task.id, seats=2, wants=LADDER))
    assert asked(dispatch, task) == {far.id: LADDER}


async def test_p12_whoever_was_asked_before_it_was_wanted_counts_as_asked_for_it(dispatch: Dispatch) -> None:
    near, medic = dispatch.agent("A1", away=1), await able(dispatch, "M1", 50, MEDIC)
    task = await calls(dispatch, "Gato en un árbol")
    await dispatch.does(near, c.Accept(task=task.id))
    await dispatch.does(near, st.Reinforce(task=task.id, seats=2))
    assert asked(dispatch, task) == {medic.id: ""}
    await dispatch.does(near, st.Reinforce(task=task.id, seats=3, wants=MEDIC))
    assert asked(dispatch, task) == {medic.id: MEDIC}
    await dispatch.does(medic, c.Accept(task=task.id))
    assert dispatch.task(task).crew[-1].wanted == MEDIC


async def test_p12_a_kind_that_is_said_later_brings_what_its_seats_want(dispatch: Dispatch) -> None:
    near = dispatch.agent("A1", away=1)
    medic = await able(dispatch, "M1", 3000, MEDIC)
    task = await calls(dispatch, "Vengan")
    await dispatch.does(near, c.Accept(task=task.id))
    await dispatch.does(dispatch.supervisor("Sara"), Classify(task=task.id, work="Choque"))
    assert asked(dispatch, task) == {medic.id: MEDIC}


@pytest.mark.parametrize(
    ("capability", "has", "reason"),
    [("grúa", True, Reason.CAPABILITY), (MEDIC, False, Reason.UNCHANGED), ("", True, Reason.CAPABILITY)],
)
async def test_what_can_not_be_given_or_taken_changes_nothing(
    dispatch: Dispatch, capability: str, has: bool, reason: Reason
) -> None:
    ada, ana = dispatch.admin("Ada"), dispatch.agent("Ana")
    refusal = refusal_of(await dispatch.does(ada, Equip(person=ana.id, capability=capability, has=has)))
    assert refusal is not None
    assert (refusal.reason, dispatch.person(ana).capabilities) == (reason, ())


async def test_only_administrators_give_capabilities(dispatch: Dispatch) -> None:
    sara, ana = dispatch.supervisor("Sara"), dispatch.agent("Ana")
    refusal = refusal_of(await dispatch.does(sara, Equip(person=ana.id, capability=MEDIC)))
    assert refusal is not None
    assert refusal.reason is Reason.ABOVE_ROLE
