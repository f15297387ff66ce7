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


def gone_past(dispatch: Dispatch, task: Task) -> int:
    return sum(isinstance(one, e.Escalated) and one.cause is Cause.SILENCED for one in dispatch.escalates(task))


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
    assert [gone_past(dispatch, task) for task in told] == [1] * len(told)
    assert await dispatch.fires() == 0, "nothing is left to do"
