"""Seats of ordinary work: several do it together, each chosen by hand."""

from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason
from tests.core.dispatch import Dispatch
from tests.core.rules.test_seats import crew, offered, team
from tests.support.outcomes import refusal_of, task_of


async def test_p12_ordinary_work_has_several_assignees(dispatch: Dispatch) -> None:
    sara, agents = dispatch.supervisor("Sara"), team(dispatch, 2)
    task = task_of(await dispatch.does(sara, c.OpenTask(title="Ronda", sent_at=dispatch.moment, seats=2)))
    assert task is not None
    for agent in agents:
        await dispatch.does(sara, c.Assign(task=task.id, agent=agent.id))
    assert offered(dispatch, task) == [agent.id for agent in agents]
    for agent in agents:
        await dispatch.does(agent, c.Accept(task=task.id))
    assert crew(dispatch, task) == [agent.id for agent in agents]
    await dispatch.does(agents[1], c.Start(task=task.id))
    await dispatch.does(agents[1], c.Complete(task=task.id))
    assert "Finalizada" in dispatch.shown(task, agents[0])


async def test_p7_ordinary_work_that_another_was_chosen_for_has_no_reserve_and_no_late_yes(dispatch: Dispatch) -> None:
    """Ordinary work is not searched for: the seat that a supervisor gave to somebody else is theirs alone."""
    sara, (ana, beto, caro) = dispatch.supervisor("Sara"), team(dispatch, 3)
    task = task_of(await dispatch.does(sara, c.OpenTask(title="Ronda", sent_at=dispatch.moment, assignee=ana.id)))
    assert task is not None
    await dispatch.does(ana, c.Accept(task=task.id))
    for agent in (beto, caro):
        await dispatch.does(sara, c.Assign(task=task.id, agent=agent.id))
    late = refusal_of(await dispatch.does(beto, c.Accept(task=task.id)))
    assert late is not None
    assert late.reason is Reason.OFFER_OVER
    assert offered(dispatch, task) == [caro.id]

    await dispatch.does(caro, c.Accept(task=task.id))
    late = refusal_of(await dispatch.does(beto, c.Accept(task=task.id)))
    assert late is not None
    assert late.reason is Reason.TAKEN
    assert crew(dispatch, task) == [ana.id, caro.id]
    assert "reserva" not in dispatch.shown(task, beto)
    assert "Ya no hace falta que vayas" in dispatch.shown(task, beto)
