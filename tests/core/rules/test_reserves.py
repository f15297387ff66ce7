"""Reserves take their word back as everybody does."""

from core.vocabulary import commands as c
from core.vocabulary.words import AssignmentState
from tests.core.dispatch import Dispatch
from tests.core.rules.test_seats import calls_for, crew, offered, team
from tests.support.outcomes import refusal_of


async def test_p12_a_reserve_who_says_no_by_a_slip_is_a_reserve_again(dispatch: Dispatch) -> None:
    rita, (ana, beto, caro) = dispatch.agent("Rita"), team(dispatch, 3)
    task = await calls_for(dispatch, rita, 2)
    for agent in (ana, beto, caro):
        await dispatch.does(agent, c.Accept(task=task.id))
    await dispatch.does(caro, c.Decline(task=task.id))
    assert refusal_of(await dispatch.does(caro, c.Undo(task=task.id))) is None
    part = dispatch.task(task).part_of(caro.id)
    assert part is not None
    assert (part.state, part.reserve) == (AssignmentState.RELEASED, True)
    assert "Estás en reserva" in dispatch.shown(task, caro)


async def test_p12_a_reserve_who_takes_a_no_back_while_a_seat_is_missing_is_asked(dispatch: Dispatch) -> None:
    rita, (ana, beto, caro) = dispatch.agent("Rita"), team(dispatch, 3)
    task = await calls_for(dispatch, rita, 2)
    for agent in (ana, beto, caro):
        await dispatch.does(agent, c.Accept(task=task.id))
    await dispatch.does(caro, c.Decline(task=task.id))
    await dispatch.does(beto, c.Decline(task=task.id))
    assert refusal_of(await dispatch.does(caro, c.Undo(task=task.id))) is None
    assert (crew(dispatch, task), offered(dispatch, task)) == ([ana.id], [caro.id])
