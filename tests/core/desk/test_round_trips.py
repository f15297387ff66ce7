"""How often a command waits for its database: everybody who wants the same task, agent or chat waits as long."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.transport.rendering import render
from core.desk.ports import Repository
from core.vocabulary import commands as c
from storage.engine.session import Session
from storage.repositories.repository import over_repository
from tests.core.dispatch import Dispatch
from tests.support.databases import Direct
from tests.support.exchanges import Exchanges

T = TypeVar("T")
# A round trip is a fifth of a millisecond next to the server, and several in a busy city.
AT_MOST = {c.OpenEmergency: 13, c.Accept: 10, c.Arrive: 8, c.Acknowledge: 8, c.Complete: 10}


class Counting:
    """Units of work; ``waited``: how often each of them waited for an answer."""

    def __init__(self, direct: Direct, patch: pytest.MonkeyPatch) -> None:
        self.waited: list[int] = []
        self._direct = direct
        self._patch = patch

    async def write(self, unit: Callable[[Repository], Awaitable[T]]) -> T:
        async def counted(session: Session) -> T:
            exchanges = Exchanges(self._patch, session)
            answer, _ = await over_repository(unit, render, session)
            self.waited.append(exchanges.waited)
            return answer

        return self._direct.run(counted)


@pytest.mark.parametrize("supervisors", [1, 20])
async def test_a_press_waits_for_the_database_a_few_times_however_many_have_the_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, supervisors: int
) -> None:
    dispatch = Dispatch(tmp_path)
    leaders = [dispatch.supervisor(f"S{number}") for number in range(supervisors)]
    rita, ana, _, _ = (dispatch.agent(name, away=away) for name, away in zip("RABC", (5000.0, 1, 2, 3), strict=True))
    units = Counting(dispatch.direct, monkeypatch)
    dispatch.open(units)
    task = (await dispatch.calls(rita)).id
    presses = (
        (ana, c.Accept(task=task)),
        (ana, c.Arrive(task=task)),
        (leaders[-1], c.Acknowledge(task=task)),
        (ana, c.Complete(task=task)),
    )
    for who, press in presses:
        await dispatch.desk.execute(press, caller=dispatch.caller(who), key=f"update:{type(press).__name__}")
    waited = dict(zip(AT_MOST, units.waited, strict=True))
    assert {command.__name__: number for command, number in waited.items() if number > AT_MOST[command]} == {}
