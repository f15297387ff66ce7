"""Acts of the desk by itself: each due time once, in its second, after any stop too, emergencies first (P8)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from core.desk.ports import Repository
from core.rules.situation import Rules
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import EMERGENCY_POLICY, EscalationPolicy, EscalationStep
from core.vocabulary.words import Priority
from storage.queues import timers
from tests.core.dispatch import Dispatch
from tests.support.databases import Direct

T = TypeVar("T")

URGENT = EscalationPolicy(steps=(EscalationStep(after=timedelta(minutes=5), written=("supervisors",)),))


class Killed(Exception):
    """The process is gone."""


class Dying:
    """Units of work of a process that is killed just before the commit."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        async def to_the_end(repository: Repository) -> T:
            await unit(repository)
            raise Killed

        return await self._direct.write(to_the_end)


def expired(dispatch: Dispatch, task: Task) -> list[e.Expired]:
    """Agents whose time was up."""
    return [one.event for one in dispatch.history(task) if isinstance(one.event, e.Expired)]


async def test_p8_nothing_comes_early_and_all_of_it_in_its_second(dispatch: Dispatch) -> None:
    rita, sara = dispatch.agent("Rita"), dispatch.supervisor("Sara")
    dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.passes(44.999)
    assert expired(dispatch, task) == []
    await dispatch.passes(0.001)
    (once,) = [one for one in dispatch.history(task) if isinstance(one.event, e.Expired)]
    assert once.at == task.opened_at + dispatch.rules.offer_timeout
    climbed = [one.at for one in dispatch.history(task) if isinstance(one.event, e.Escalated)]
    assert climbed == [task.opened_at, once.at]
    assert len(dispatch.reads(sara)) == 2


async def test_p8_what_became_due_while_nobody_was_there_is_done_once(dispatch: Dispatch) -> None:
    rita, _ = dispatch.agent("Rita"), dispatch.supervisor("Sara")
    agents = [dispatch.agent(name, away=1) for name in ("Ana", "Beto", "Carla")]
    task = await dispatch.calls(rita)
    await dispatch.stands_still(3_600)
    assert sorted(one.agent for one in expired(dispatch, task)) == [agent.id for agent in agents]
    climbed = len(dispatch.notified(task))
    assert await dispatch.fires() == 0
    assert len(dispatch.notified(task)) == climbed
    assert climbed <= 3, "an hour's stop is not an hour's worth of alerts"


async def test_p8_after_a_stop_emergencies_are_first(dispatch: Dispatch) -> None:
    dispatch.rules = Rules(policies={Priority.URGENT: URGENT, Priority.CRITICAL: EMERGENCY_POLICY})
    dispatch.open()
    rita, sara = dispatch.agent("Rita"), dispatch.supervisor("Sara")
    for number in range(5):
        await dispatch.does(
            rita, c.OpenTask(title=f"Ronda {number}", sent_at=dispatch.moment, priority=Priority.URGENT)
        )
    dispatch.agent("Ana", away=1)
    emergency = await dispatch.calls(rita)
    dispatch.reads(sara)
    await dispatch.stands_still(3_600)
    heard = dispatch.reads(sara)
    assert len(heard) == 6
    assert "crítica" in heard[0]
    assert emergency.code in heard[0]


async def test_p8_a_process_that_dies_in_the_middle_leaves_it_to_the_next(dispatch: Dispatch) -> None:
    rita, sara = dispatch.agent("Rita"), dispatch.supervisor("Sara")
    dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    dispatch.reads(sara)

    dispatch.moment += timedelta(seconds=45)
    dispatch.open(Dying(dispatch.direct))
    with pytest.raises(Killed):
        await dispatch.desk.fire_due()
    assert expired(dispatch, task) == []
    await dispatch.stands_still(1)
    assert len(expired(dispatch, task)) == 1
    assert len(dispatch.reads(sara)) == 1


async def test_p8_a_clock_that_is_put_back_repeats_nothing(dispatch: Dispatch) -> None:
    rita, _ = dispatch.agent("Rita"), dispatch.supervisor("Sara")
    dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.passes(50)
    seen = dispatch.history(task)
    dispatch.moment -= timedelta(seconds=40)
    await dispatch.fires()
    assert dispatch.history(task) == seen
    await dispatch.passes(40)
    assert len(dispatch.history(task)) == len(seen)


async def test_p8_one_that_no_longer_matters_does_nothing_and_is_gone(dispatch: Dispatch) -> None:
    rita, ana = dispatch.agent("Rita"), dispatch.agent("Ana", away=1)
    task = await dispatch.calls(rita)
    await dispatch.does(ana, c.Accept(task=task.id))
    await dispatch.does(ana, c.Arrive(task=task.id))
    seen = dispatch.history(task)
    await dispatch.passes(7_200)
    assert dispatch.history(task) == seen
    assert dispatch.pending(task) == []
    assert dispatch.direct.run(timers.next_due) is None


async def test_p8_a_closed_task_is_left_alone(dispatch: Dispatch) -> None:
    rita, sara = dispatch.agent("Rita"), dispatch.supervisor("Sara")
    task = await dispatch.calls(rita)
    await dispatch.does(sara, c.Cancel(task=task.id))
    seen = dispatch.history(task)
    await dispatch.passes(7_200)
    assert dispatch.history(task) == seen
