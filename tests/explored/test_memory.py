"""The ledger in memory answers as the database does: the same acts lead to the same tasks, people and due times."""

import random
from pathlib import Path

import pytest

from bot.transport.rendering import render
from core.desk.desk import Desk
from core.rules.timers import Timer
from scripts.seed_desk import Silent
from storage.engine.session import Session
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.queues import timers
from storage.repositories import people, people_by_id, tasks
from storage.repositories.unit_of_work import StoreUnitOfWork
from tests.explored.desk import RULES, Explored, begun
from tests.explored.ledger import Due, Ledger
from tests.explored.moves import acts

ACTS = 14


class OnDisk(Explored):
    """The same desk over a database; its ledger is read from there."""

    def __init__(self, store: Store, clock: Explored) -> None:
        super().__init__(begun())
        self.store = store
        self.desk = Desk(units=StoreUnitOfWork(store, render), clock=clock, composer=Silent(), rules=RULES)

    async def hire(self) -> None:
        async def unit(session: Session) -> None:
            for person in self.ledger.people.values():
                await people.save(session, None, person)

        await self.store.write(unit)

    async def read(self, known: Ledger) -> Ledger:
        """Its tasks, people and due times; of nothing else in a ledger can the next act ask here."""

        async def unit(session: Session) -> Ledger:
            found = [await tasks.find(session, task) for task in known.tasks]
            due = [timer for each in (0, *known.tasks) for timer in await timers.of_task(session, each)]
            return Ledger(
                now=known.now,
                people=await people_by_id.several(session, [*known.people]),
                tasks={task.id: task for task in found if task is not None},
                timers={key_of(timer): timer for timer in due},
            )

        return await self.store.read(unit)


def key_of(timer: Timer) -> Due:
    return (timer.kind, timer.task, timer.person, timer.unit)


@pytest.mark.parametrize("seed", range(6))
async def test_the_same_acts_lead_to_the_same_ledger(tmp_path: Path, seed: int) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/explored.db"
    await upgrade(url)
    store, dice = Store(url), random.Random(seed)
    await store.start()
    memory = Explored(begun(), Silent())
    disk = OnDisk(store, memory)
    await disk.hire()
    way = []
    try:
        for _ in range(ACTS):
            act = dice.choice([*acts(memory.ledger, 2)])
            way.append(act.words)
            before = memory.ledger.copy()
            await act.happen(memory)
            disk.ledger.people, disk.ledger.timers, disk.key = before.people, before.timers, str(len(way))
            await act.happen(disk)
            found = await disk.read(memory.ledger)
            assert found.people == memory.ledger.people, way
            assert found.tasks == memory.ledger.tasks, way
            assert found.timers == memory.ledger.timers, way
    finally:
        await store.stop()
