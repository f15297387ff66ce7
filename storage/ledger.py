"""What one transaction of the desk reads and writes, over a session."""

from collections.abc import Iterable
from datetime import datetime

from core.handover import Watch
from core.person import Person
from core.places import Place
from core.ports import Letter, Record
from core.situation import Candidate, Invitation
from core.task import Task
from core.timers import Timer
from core.units import Unit
from core.words import Kind, Role
from storage import cards, counters, duty, lists, nearest, outbox, people, record, tasks, units
from storage import timers as due
from storage.session import Session


class SqlLedger:
    """``core.ports.Ledger`` in SQL: each line says which file answers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def recall(self, key: str) -> bytes | None:
        return await record.recall(self._session, key)

    async def remember(self, key: str, answer: bytes, now: datetime) -> None:
        await record.remember(self._session, key, answer, now)

    async def next_task_id(self) -> int:
        return await counters.next_value(self._session, "task")

    async def task(self, task_id: int) -> Task | None:
        return await tasks.find(self._session, task_id, to_change=True)

    async def save_task(self, before: Task | None, after: Task) -> None:
        await tasks.save(self._session, before, after)

    async def record(self, records: Iterable[Record]) -> None:
        await record.add(self._session, records)

    async def person(self, person_id: int) -> Person | None:
        return await people.by_id(self._session, person_id)

    async def person_at(self, telegram_id: int) -> Person | None:
        return await people.by_telegram(self._session, telegram_id)

    async def people(self, ids: Iterable[int]) -> dict[int, Person]:
        return await people.several(self._session, ids)

    async def save_person(self, before: Person | None, after: Person) -> Person:
        return await people.save(self._session, before, after)

    async def supervisors(self) -> tuple[Person, ...]:
        return await people.of_role(self._session, Role.SUPERVISOR)

    async def admins(self) -> tuple[Person, ...]:
        return await people.of_role(self._session, Role.ADMIN)

    async def candidates(
        self,
        place: Place | None,
        *,
        seen_after: datetime,
        task: int,
        reporter: int | None,
        limit: int,
        again: bool = False,
    ) -> tuple[Candidate, ...]:
        return await nearest.free_agents(
            self._session, place, seen_after=seen_after, task=task, reporter=reporter, most=limit, again=again
        )

    async def on_duty(self, now: datetime, unit: int | None = None) -> frozenset[int]:
        return await duty.on_duty(self._session, now, unit)

    async def next_unit_id(self) -> int:
        return await counters.next_value(self._session, "unit")

    async def unit(self, unit_id: int) -> Unit | None:
        return await units.find(self._session, unit_id, to_change=True)

    async def save_unit(self, unit: Unit, watch: Watch) -> None:
        await units.save(self._session, unit, watch)

    async def unit_named(self, name: str) -> int | None:
        return await units.named(self._session, name)

    async def unit_linked(self, chat: int) -> int | None:
        return await units.linked(self._session, chat)

    async def unit_tasks(self, unit_id: int, most: int) -> tuple[Task, ...]:
        return (await lists.of_unit(self._session, unit_id, None, most)).tasks

    async def unanswered(self) -> tuple[int, ...]:
        return await tasks.unanswered(self._session)

    async def twin(self, reporter: int, kind: Kind, title: str, since: datetime) -> int | None:
        return await tasks.twin(self._session, reporter, kind, title, since)

    async def keep_invitation(self, digest: str, invitation: Invitation) -> None:
        await people.keep_invitation(self._session, digest, invitation)

    async def invitation(self, digest: str) -> Invitation | None:
        return await people.invitation(self._session, digest)

    async def use_invitation(self, digest: str) -> None:
        await people.use_invitation(self._session, digest)

    async def shown_in(self, card: str) -> tuple[int, ...]:
        return await cards.shown_in(self._session, card)

    async def post(self, letters: Iterable[Letter], now: datetime) -> None:
        await outbox.post(self._session, letters, now)

    async def set_timers(self, timers: Iterable[Timer]) -> None:
        await due.set_timers(self._session, timers)

    async def take_due(self, now: datetime, limit: int) -> tuple[Timer, ...]:
        return await due.take_due(self._session, now, limit)
