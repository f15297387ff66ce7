"""Alerts that go on without somebody: a transaction each, and nothing is lost in between."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from core.desk.ports import Repository, Unavailable, UnitOfWork
from core.rules.permissions import DESK
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import unit_commands as uc
from core.vocabulary.escalation_policy import Cause
from storage.repositories.repository import SqlRepository
from tests.core.dispatch import Dispatch

T = TypeVar("T")
ALERTS = 4


class Dying:
    """Units of a process that dies after so many; ``tasks``: how many tasks each of them locked."""

    def __init__(self, units: UnitOfWork, lives: int) -> None:
        self._units = units
        self._lives = lives
        self.tasks: list[int] = []

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        if self._lives == 0:
            raise Unavailable("it has died")
        self._lives -= 1

        async def counted(repository: Repository) -> T:
            answer = await unit(repository)
            assert isinstance(repository, SqlRepository)
            self.tasks.append(len({record.task for record in repository._records if record.task is not None}))
            return answer

        return await self._units.write(counted)


async def alerts(dispatch: Dispatch) -> tuple[Person, list[Task]]:
    """So many alerts of which one supervisor was told, and who that is."""
    sara = dispatch.supervisor("Sara Luna", on_duty=True)
    dispatch.admin("Ada Paz")
    return sara, [await dispatch.calls(dispatch.agent(f"Agente {number}")) for number in range(ALERTS)]


def climbs(dispatch: Dispatch, task: Task, cause: Cause) -> int:
    return sum(isinstance(one, e.Escalated) and one.cause is cause for one in dispatch.escalates(task))


@pytest.mark.parametrize("lives", range(1, ALERTS + 4))
async def test_p4_every_alert_goes_past_whom_no_message_reaches_wherever_the_process_dies(
    dispatch: Dispatch, lives: int
) -> None:
    sara, open_alerts = await alerts(dispatch)
    told = [task for task in open_alerts if any(sara.id in step for step in dispatch.notified(task))]
    assert told, "there is something to go past"
    units = Dying(dispatch.direct, lives)
    dispatch.open(units)
    await dispatch.desk.execute(c.MarkSilenced(person=sara.id), caller=DESK)
    assert max(units.tasks) <= 1, "one alert in each transaction"

    dispatch.open()
    await dispatch.fires()
    assert [climbs(dispatch, task, Cause.SILENCED) for task in told] == [1] * len(told)
    assert await dispatch.fires() == 0, "nothing is left to do"


@pytest.mark.parametrize("lives", range(1, ALERTS + 4))
async def test_p4_every_alert_of_a_supervisor_who_leaves_the_unit_goes_on_wherever_the_process_dies(
    dispatch: Dispatch, lives: int
) -> None:
    sara, ada = dispatch.supervisor("Sara Luna", on_duty=True), dispatch.admin("Ada Paz")
    agents = [dispatch.agent(f"Agente {number}") for number in range(ALERTS)]
    await dispatch.does(ada, uc.CreateUnit(name="Norte", zone="America/Guayaquil"))
    for person in (sara, *agents):
        await dispatch.does(ada, uc.Enroll(unit=1, person=person.id))
    open_alerts = [await dispatch.calls(agent) for agent in agents]
    told = [task for task in open_alerts if dispatch.notified(task) == [(sara.id,)]]
    assert len(told) > 1, "only the unit's leader on duty was told of them"

    units = Dying(dispatch.direct, lives)
    dispatch.open(units)
    await dispatch.desk.execute(uc.Dismiss(unit=1, person=sara.id), caller=dispatch.caller(ada))
    assert max(units.tasks) <= 1, "one alert in each transaction"

    dispatch.open()
    await dispatch.fires()
    assert [climbs(dispatch, task, Cause.LOST) for task in told] == [1] * len(told)
    assert await dispatch.fires() == 0, "nothing is left to do"


@pytest.mark.parametrize("lives", range(1, ALERTS + 3))
async def test_cards_of_somebody_who_comes_back_are_drawn_one_by_one_wherever_the_process_dies(
    dispatch: Dispatch, lives: int
) -> None:
    sara, tasks = await alerts(dispatch)
    dispatch.supervisor("Luis Vera", on_duty=True)
    await dispatch.desk.execute(c.MarkSilenced(person=sara.id), caller=DESK)
    for task in tasks:
        await dispatch.does(dispatch.admin(f"Admin {task.id}"), c.Cancel(task=task.id))
    units = Dying(dispatch.direct, lives)
    dispatch.open(units)
    await dispatch.desk.execute(c.MarkHeard(person=sara.id), caller=DESK)

    dispatch.open()
    await dispatch.fires()
    await dispatch.delivers()
    assert ["cancelada" in dispatch.shown(task, sara) for task in tasks] == [True] * ALERTS
    assert await dispatch.fires() == 0, "nothing is left to do"


@pytest.mark.parametrize("lives", range(1, 6))
async def test_p4_whoever_is_free_is_asked_at_once_one_emergency_after_the_other_wherever_the_process_dies(
    dispatch: Dispatch, lives: int
) -> None:
    ana = dispatch.agent("Ana", away=10)
    theirs, *others = [await dispatch.calls(dispatch.supervisor(f"Jefe {number}")) for number in range(4)]
    await dispatch.does(ana, c.Accept(task=theirs.id))
    new = [dispatch.agent(f"Nuevo {number}", away=100 * number) for number in range(1, 4)]
    units = Dying(dispatch.direct, lives)
    dispatch.open(units)
    await dispatch.desk.execute(c.Complete(task=theirs.id), caller=dispatch.caller(ana))
    assert max(units.tasks) <= 1, "one emergency in each transaction"

    dispatch.open()
    while await dispatch.fires():
        pass
    asked = [dispatch.asked(task) for task in others]
    assert asked == [[ana.id, new[0].id, new[1].id], [new[2].id], []]
