"""Seats: as many go as it takes, a seat that is given back is refilled, and nobody is released but by name (P12)."""

from itertools import cycle
from random import Random

import pytest

from core.state.person import Person
from core.state.task import Task
from core.vocabulary import access_commands as ac
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import seats as st
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason
from core.vocabulary.words import AssignmentState
from tests.core.dispatch import PARK, Dispatch
from tests.support.outcomes import refusal_of, task_of


async def calls_for(dispatch: Dispatch, who: Person, seats: int) -> Task:
    """They report an emergency to which so many are to go."""
    opening = c.OpenEmergency(title="Incendio", sent_at=dispatch.moment, place=PARK, seats=seats)
    task = task_of(await dispatch.does(who, opening))
    assert task is not None
    return task


def crew(dispatch: Dispatch, task: Task) -> list[int]:
    """Agents who go, the lead first."""
    return [part.agent for part in dispatch.task(task).crew]


def offered(dispatch: Dispatch, task: Task) -> list[int]:
    """Agents who are asked now."""
    return [part.agent for part in dispatch.task(task).offers]


def team(dispatch: Dispatch, many: int) -> list[Person]:
    """So many agents, each farther away than the one before."""
    return [dispatch.agent(f"A{number}", away=100 * number) for number in range(1, many + 1)]


async def test_p12_three_go_to_one_fire_and_the_first_to_say_yes_leads(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    agents = team(dispatch, 7)
    task = await calls_for(dispatch, rita, 3)
    assert offered(dispatch, task) == [agent.id for agent in agents[:5]], "three, and two more as for one"

    for agent in (agents[2], agents[0], agents[4]):
        assert refusal_of(await dispatch.does(agent, c.Accept(task=task.id))) is None
        await dispatch.passes(1)
    assert crew(dispatch, task) == [agents[2].id, agents[0].id, agents[4].id]
    assert offered(dispatch, task) == [], "every seat has somebody"
    assert "3 de 3 van: A3 (a cargo), A1, A5" in dispatch.shown(task, sara)
    assert "3 de 3 van: A3 (a cargo), tú, A5" in dispatch.shown(task, agents[0])
    assert dispatch.person(agents[1]).free
    assert {dispatch.person(agent).hold for agent in (agents[0], agents[2], agents[4])} == {task.id}


async def test_p12_a_seat_that_is_given_back_is_refilled_and_reserves_are_asked_first(dispatch: Dispatch) -> None:
    rita, agents = dispatch.agent("Rita"), team(dispatch, 6)
    task = await calls_for(dispatch, rita, 2)
    for agent in agents[:2]:
        await dispatch.does(agent, c.Accept(task=task.id))
    far = agents[3]
    assert "quedas en reserva" in dispatch.shown(task, far)
    assert refusal_of(await dispatch.does(far, c.Accept(task=task.id))) is None
    assert "Estás en reserva" in dispatch.shown(task, far)
    assert dispatch.person(far).free, "a reserve may be sent elsewhere"
    again = refusal_of(await dispatch.does(far, c.Accept(task=task.id)))
    assert again is not None
    assert again.reason is Reason.ALREADY

    await dispatch.does(agents[0], c.Decline(task=task.id))
    assert crew(dispatch, task) == [agents[1].id], "the other one leads now, and stays"
    assert offered(dispatch, task)[0] == far.id
    await dispatch.does(far, c.Accept(task=task.id))
    assert crew(dispatch, task) == [agents[1].id, far.id]
    assert offered(dispatch, task) == []


async def test_p12_a_reserve_who_is_elsewhere_is_passed(dispatch: Dispatch) -> None:
    rita, saul, agents = dispatch.agent("Rita"), dispatch.supervisor("Saúl"), team(dispatch, 4)
    task = await calls_for(dispatch, rita, 2)
    for agent in agents[:3]:
        await dispatch.does(agent, c.Accept(task=task.id))
    other = await dispatch.calls(saul, "Robo")
    await dispatch.does(agents[2], c.Accept(task=other.id))
    await dispatch.does(agents[0], c.Decline(task=task.id))
    assert offered(dispatch, task) == [agents[3].id]


async def test_p12_neither_recibido_nor_an_unfilled_crew_ends_the_search(dispatch: Dispatch) -> None:
    sara, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await calls_for(dispatch, rita, 2)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.does(sara, c.Acknowledge(task=task.id))
    await dispatch.passes(300)
    beto = dispatch.agent("Beto", away=2)
    await dispatch.passes(45)
    assert offered(dispatch, task) == [beto.id]
    await dispatch.does(beto, c.Accept(task=task.id))
    await dispatch.passes(300)
    assert crew(dispatch, task) == [ana.id, beto.id]


async def test_p12_who_leads_hears_once_that_nobody_is_left_for_a_missing_seat(dispatch: Dispatch) -> None:
    _, rita, agents = dispatch.supervisor("Sara"), dispatch.agent("Rita"), team(dispatch, 2)
    task = await calls_for(dispatch, rita, 2)
    await dispatch.does(agents[0], c.Accept(task=task.id))
    before = len(dispatch.escalates(task))
    await dispatch.does(agents[1], c.Decline(task=task.id))
    turned = dispatch.escalates(task)[before:]
    assert [one.cause for one in turned if isinstance(one, e.Escalated)] == [Cause.NOBODY]


async def test_p12_who_leads_hears_it_when_there_were_too_few_from_the_beginning(dispatch: Dispatch) -> None:
    _, rita, ana = dispatch.supervisor("Sara"), dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await calls_for(dispatch, rita, 2)
    await dispatch.does(ana, c.Accept(task=task.id))
    before = len(dispatch.escalates(task))
    await dispatch.passes(46)
    turned = dispatch.escalates(task)[before:]
    assert [one.cause for one in turned if isinstance(one, e.Escalated)] == [Cause.NOBODY]
    beto = dispatch.agent("Beto", away=2)
    await dispatch.passes(46)
    assert offered(dispatch, task) == [beto.id], "the search goes on"


async def test_p12_reinforcement_is_asked_for_at_once_and_a_double_tap_asks_once(dispatch: Dispatch) -> None:
    sara, rita, agents = dispatch.supervisor("Sara"), dispatch.agent("Rita"), team(dispatch, 6)
    task = await dispatch.calls(rita)
    await dispatch.does(agents[0], c.Accept(task=task.id))
    dispatch.reads(sara)
    assert refusal_of(await dispatch.does(agents[0], st.Reinforce(task=task.id, seats=2))) is None
    assert offered(dispatch, task) == [agent.id for agent in agents[1:4]]
    assert any("A1 pide refuerzo" in text for text in dispatch.reads(sara))
    twice = refusal_of(await dispatch.does(agents[0], st.Reinforce(task=task.id, seats=2)))
    assert twice is not None
    assert twice.reason is Reason.ALREADY
    await dispatch.does(agents[0], st.Reinforce(task=task.id, seats=3))
    assert offered(dispatch, task) == [agent.id for agent in agents[1:5]]
    stranger = refusal_of(await dispatch.does(agents[5], st.Reinforce(task=task.id)))
    assert stranger is not None
    assert stranger.reason is Reason.NOT_YOURS


@pytest.mark.parametrize("seats", [0, -1, 10_000])
async def test_seats_that_no_task_can_have_are_refused_in_a_sentence(dispatch: Dispatch, seats: int) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    task = await dispatch.calls(rita)
    before = dispatch.task(task)
    for command in (
        st.Reinforce(task=task.id, seats=seats, fewer=True),
        c.OpenTask(title="Ronda", sent_at=dispatch.moment, seats=seats),
        c.OpenEmergency(title="Otra", sent_at=dispatch.moment, seats=seats),
    ):
        refusal = refusal_of(await dispatch.does(sara, command))
        assert refusal is not None
        assert (refusal.reason, refusal.limit) == (Reason.SEATS, st.MOST_SEATS)
    assert dispatch.task(task) == before


async def test_p12_fewer_is_a_supervisors_word_and_nobody_is_released_by_it(dispatch: Dispatch) -> None:
    sara, rita, agents = dispatch.supervisor("Sara"), dispatch.agent("Rita"), team(dispatch, 5)
    task = await calls_for(dispatch, rita, 3)
    for agent in agents[:2]:
        await dispatch.does(agent, c.Accept(task=task.id))
    refusal = refusal_of(await dispatch.does(sara, st.Reinforce(task=task.id, seats=1, fewer=True)))
    assert refusal is not None
    assert (refusal.reason, refusal.limit) == (Reason.HAVE_SEATS, 2)
    await dispatch.does(sara, st.Reinforce(task=task.id, seats=2, fewer=True))
    assert crew(dispatch, task) == [agents[0].id, agents[1].id]
    assert offered(dispatch, task) == []


async def test_p12_asignar_adds_a_seat_and_relevar_takes_one_person_off_by_name(dispatch: Dispatch) -> None:
    sara, rita = dispatch.supervisor("Sara"), dispatch.agent("Rita")
    ana, dora = dispatch.agent("Ana", away=1), dispatch.agent("Dora", away=2)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.does(sara, c.Assign(task=task.id, agent=dora.id))
    assert (crew(dispatch, task), offered(dispatch, task)) == ([ana.id], [dora.id]), "nobody is released"
    dispatch.reads(ana)

    await dispatch.does(sara, st.Relieve(task=task.id, agent=ana.id))
    assert (crew(dispatch, task), offered(dispatch, task)) == ([], [dora.id])
    assert any("Sara te relevó: ya no hace falta que vayas" in text for text in dispatch.reads(ana))
    assert dispatch.person(ana).free
    await dispatch.does(dora, c.Accept(task=task.id))
    assert (crew(dispatch, task), dispatch.task(task).seats) == ([dora.id], 1)
    refusal = refusal_of(await dispatch.does(sara, st.Relieve(task=task.id, agent=ana.id)))
    assert refusal is not None
    assert refusal.reason is Reason.ALREADY, "who does not go needs no relief"


async def test_p12_each_responder_has_their_own_steps_and_all_hear_the_end(dispatch: Dispatch) -> None:
    rita, agents = dispatch.agent("Rita"), team(dispatch, 2)
    task = await calls_for(dispatch, rita, 2)
    for agent in agents:
        await dispatch.does(agent, c.Accept(task=task.id))
    await dispatch.does(agents[1], c.Arrive(task=task.id))
    assert [part.state for part in dispatch.task(task).crew] == [AssignmentState.ACCEPTED, AssignmentState.ON_SCENE]
    assert "2 de 2 van: A1 (a cargo), A2 (en el lugar)" in dispatch.shown(task, rita)
    dispatch.reads(agents[0])
    await dispatch.does(agents[1], c.Complete(task=task.id))
    assert any("Finalizada por A2" in text for text in dispatch.reads(agents[0]))
    assert all(dispatch.person(agent).free for agent in agents)


async def test_p12_who_is_put_out_or_frozen_leaves_one_seat_that_is_refilled(dispatch: Dispatch) -> None:
    ada, rita, agents = dispatch.admin("Ada"), dispatch.agent("Rita"), team(dispatch, 5)
    task = await calls_for(dispatch, rita, 2)
    for agent in agents[:2]:
        await dispatch.does(agent, c.Accept(task=task.id))
    await dispatch.does(ada, c.Disable(person=agents[0].id))
    await dispatch.fires()
    assert crew(dispatch, task) == [agents[1].id]
    assert offered(dispatch, task) == [agent.id for agent in agents[2:5]]
    await dispatch.does(agents[2], c.Accept(task=task.id))
    await dispatch.does(ada, ac.Freeze(person=agents[2].id))
    await dispatch.fires()
    assert crew(dispatch, task) == [agents[1].id]
    assert offered(dispatch, task) == [agents[3].id, agents[4].id]


async def test_p12_seats_reserves_and_the_search_outlive_a_restart(dispatch: Dispatch) -> None:
    rita, agents = dispatch.agent("Rita"), team(dispatch, 4)
    task = await calls_for(dispatch, rita, 2)
    for agent in agents[:3]:
        await dispatch.does(agent, c.Accept(task=task.id))
    before = dispatch.task(task)
    await dispatch.stands_still(30)
    assert dispatch.task(task) == before
    await dispatch.does(agents[0], c.Decline(task=task.id))
    assert offered(dispatch, task)[0] == agents[2].id


@pytest.mark.parametrize("seed", range(6))
async def test_p7_p12_whatever_people_press_no_seat_is_had_twice_and_none_is_forgotten(
    dispatch: Dispatch, seed: int
) -> None:
    """After each step of a random night: never more than the seats, nobody twice, and a missing seat is looked for."""
    dice = Random(seed)
    sara, agents = dispatch.supervisor("Sara"), team(dispatch, 6)
    callers = [dispatch.supervisor("Saúl"), dispatch.supervisor("Tito")]
    tasks = [await calls_for(dispatch, caller, dice.randint(1, 4)) for caller in callers]
    for task in cycle(tasks):
        agent = dice.choice(agents)
        command = dice.choice(
            (
                c.Accept(task=task.id),
                c.Accept(task=task.id),
                c.Decline(task=task.id),
                c.Arrive(task=task.id),
                st.Reinforce(task=task.id),
            )
        )
        by_sara = dice.choice(
            (None, None, st.Relieve(task=task.id, agent=agent.id), c.Assign(task=task.id, agent=agent.id))
        )
        if by_sara is None:
            await dispatch.does(agent, command)
        else:
            await dispatch.does(sara, by_sara)
        await dispatch.passes(dice.choice((0, 1, 20, 46)))
        _holds(dispatch, tasks)
        if sum(len(dispatch.history(task)) for task in tasks) > 120 or dispatch.task(task).version > 60:
            break


def _holds(dispatch: Dispatch, tasks: list[Task]) -> None:
    now = [dispatch.task(task) for task in tasks]
    holding = [part.agent for task in now for part in (*task.crew, *task.offers)]
    assert len(holding) == len(set(holding)), "nobody is in two places"
    for task in now:
        assert len(task.crew) <= task.seats <= st.MOST_SEATS
        kinds = {timer.kind for timer in dispatch.pending(task)}
        assert not task.missing or task.offers or "search" in kinds, f"{task.code} has forgotten a seat"
