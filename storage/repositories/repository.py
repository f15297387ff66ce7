"""Reads and writes of one transaction of the desk, over a session."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from core.desk.committed import Committed, Fired, fired, happened
from core.desk.ports import OutgoingMessage, Record, Repository
from core.notifications.announcement import Announcement
from core.notifications.audience import Audience
from core.rules.drills import SentAlert
from core.rules.situation import Candidate, Receipt
from core.rules.timers import Timer
from core.state.checkins import CheckIn
from core.state.duress import DuressWord
from core.state.handover import Watch
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary.card_names import task_card
from core.vocabulary.destinations import Destination
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.places import Place
from core.vocabulary.words import Kind
from storage.audit import record
from storage.engine.locks import of_person, of_unit_name
from storage.engine.session import Session
from storage.queues import alerts, cards, outbox
from storage.queues import timers as due
from storage.queues.addressed_call import AddressedCall, Render, address_of
from storage.queues.handed_over import hand_over
from storage.repositories import (
    announcements,
    checkins,
    counters,
    duress,
    duty,
    lists,
    nearest,
    people,
    people_by_id,
    recipients,
    tasks,
    told,
    units,
)
from storage.repositories.crowds import Crowds
from storage.repositories.erasure import ErasingOfSession
from storage.repositories.own_emergency import own_alarm, own_emergency
from storage.repositories.searching import SearchesOfSession
from storage.repositories.shares import SharesOfSession

T = TypeVar("T")


async def over_repository(
    unit: Callable[[Repository], Awaitable[T]], render: Render, session: Session
) -> tuple[T, Committed]:
    """Run a unit of the desk over a session; ``render`` gives its messages the form that their channels carry."""
    repository = SqlRepository(session, render)
    answer = await unit(repository)
    await repository.close()
    return answer, repository.committed


def _silent(message: OutgoingMessage) -> AddressedCall:
    raise TypeError(f"a repository that only reads has nothing to say: {message.content}")


class SqlRepository(Crowds, SharesOfSession, SearchesOfSession, ErasingOfSession):
    """``core.desk.ports.Repository`` in SQL. ``close`` it when all is written; without ``render`` it only reads."""

    def __init__(self, session: Session, render: Render = _silent) -> None:
        super().__init__(session, render)
        self.at_once: list[Timer] = []
        self._records: list[Record] = []
        self._tasks: dict[int, Task] = {}
        self._fired: tuple[Fired, ...] = ()

    @property
    def committed(self) -> Committed:
        """Its changes of tasks and its due times, to be told once it is committed."""
        return Committed(tasks=happened(self._tasks, self._records), fired=self._fired)

    async def close(self) -> None:
        """Put what happened in the history, and the messages in the outbox, the chats locked last and in one call."""
        await record.add(self._session, self._records)
        await self._post()

    async def recall(self, key: str) -> bytes | None:
        return await record.recall(self._session, key)

    async def remember(self, key: str, answer: bytes, now: datetime) -> None:
        await record.remember(self._session, key, answer, now)

    async def next_task_id(self) -> int:
        return await counters.next_value(self._session, "task")

    async def task(self, task_id: int) -> Task | None:
        return await tasks.find(self._session, task_id, to_change=True)

    async def save_task(self, before: Task | None, after: Task) -> None:
        self._tasks[after.id] = after
        await tasks.save(self._session, before, after)

    async def record(self, records: Iterable[Record]) -> None:
        self._records += records

    async def history(self, task_id: int) -> tuple[Record, ...]:
        return tuple(await record.of_task(self._session, task_id))

    async def lately(self, task_id: int) -> tuple[Record, ...]:
        return tuple(await record.lately(self._session, task_id))

    async def sent_alerts(self, card: str) -> tuple[SentAlert, ...]:
        await self._settle(card)
        return await outbox.sent_alerts(self._session, card)

    async def receipt(self, card: str, to: Destination, since: datetime) -> Receipt:
        return await alerts.receipt(self._session, card, address_of(to), since)

    async def round_waits(self, card: str, now: datetime) -> bool:
        return await alerts.round_waits(self._session, card, now)

    async def person(self, person_id: int) -> Person | None:
        return await people.by_id(self._session, person_id)

    async def person_at(self, account: int) -> Person | None:
        return await people.by_account(self._session, account)

    async def people(self, ids: Iterable[int]) -> dict[int, Person]:
        return await people_by_id.several(self._session, ids)

    async def called(self, username: str) -> tuple[Person, ...]:
        return await people.called(self._session, username)

    async def save_person(self, before: Person | None, after: Person) -> Person:
        return await people.save(self._session, before, after)

    async def move_account(self, was: int, account: int, now: datetime) -> None:
        await checkins.move(self._session, was, account, now)
        await hand_over(self._session, was, account, now)

    async def hold_people(self, ids: Iterable[int]) -> dict[int, Person]:
        held = sorted(ids)
        await self._session.lock(*map(of_person, held))
        return await people_by_id.several(self._session, held)

    async def involving(self, person_id: int) -> tuple[int, ...]:
        return await tasks.involving(self._session, person_id)

    async def own_emergency(self, person_id: int) -> Task | None:
        await self._session.lock(of_person(person_id))
        return await own_emergency(self._session, person_id)

    async def own_alarm(self, person_id: int) -> Task | None:
        await self._session.lock(of_person(person_id))
        return await own_alarm(self._session, person_id)

    async def lately_shown(self, person: Person) -> tuple[int, ...]:
        found = {task_card(task): task for task in await tasks.lately_shown(self._session, person.id)}
        shown = await cards.those_in(self._session, person.account, [*found])
        return tuple(task for card, task in found.items() if card in shown)

    async def candidates(
        self,
        place: Place | None,
        *,
        seen_after: datetime,
        task: int,
        reporter: int | None,
        limit: int,
        again: bool = False,
        first: tuple[int, ...] = (),
        able: str = "",
    ) -> tuple[Candidate, ...]:
        ask = partial(nearest.to_ask, self._session, place, seen_after=seen_after, task=task, reporter=reporter)
        return await ask(most=limit, again=again, first=first, able=able)

    async def named(
        self, target: EscalationTarget, unit: int | None, now: datetime, *, after: int, most: int
    ) -> tuple[Person, ...]:
        return await recipients.named(self._session, target, unit, now, after=after, most=most)

    async def silent_leaders(self) -> tuple[Person, ...]:
        return await recipients.silent(self._session)

    async def is_on_duty(self, person: Person, now: datetime) -> bool:
        return await duty.is_on_duty(self._session, person, now)

    async def note_told(self, task: int, climb: int, people: Sequence[int], now: datetime) -> None:
        await told.note(self._session, task, climb, people, now)

    async def was_told(self, task: Task, person: int) -> bool:
        return await told.was_told(self._session, task.id, task.climb, person)

    async def told(self, task: Task, *, after: int, most: int) -> tuple[Person, ...]:
        return await told.hearing(self._session, task.id, task.climb, after=after, most=most)

    async def readers(self, task: int, *, climb: int, after: int | None, most: int) -> tuple[Person, ...]:
        card = task_card(task)
        await self._settle(card)
        return await announcements.readers(self._session, card, task, climb=climb, after=after, most=most)

    async def shown_to(self, card: str, people: Sequence[Person]) -> tuple[Destination, ...]:
        await self._settle(card)
        shown = await announcements.shown_to(self._session, card, [person.account for person in people])
        return tuple(person.destination for person in people if person.account in shown)

    async def audience(self, task: int, people: Sequence[Person], *, most: int) -> Audience:
        await self._settle(card := task_card(task))
        return await announcements.audience(self._session, card, task, people, most=most)

    async def announce(self, announcement: Announcement) -> None:
        await announcements.keep(self._session, announcement)

    async def announcement(self, task: int) -> Announcement | None:
        return await announcements.first(self._session, task)

    async def announce_on(self, announcement: Announcement) -> None:
        await announcements.go_on(self._session, announcement)

    async def announced(self, announcement: Announcement) -> None:
        await announcements.end(self._session, announcement)

    async def next_unit_id(self) -> int:
        return await counters.next_value(self._session, "unit")

    async def unit(self, unit_id: int) -> Unit | None:
        return await units.find(self._session, unit_id, to_change=True)

    async def save_unit(self, unit: Unit, watch: Watch) -> None:
        await units.save(self._session, unit, watch)

    async def unit_named(self, name: str) -> int | None:
        await self._session.lock(of_unit_name(units.folded(name)))
        return await units.named(self._session, name)

    async def unit_linked(self, room: int) -> int | None:
        return await units.linked(self._session, room)

    async def unit_tasks(self, unit_id: int, most: int) -> tuple[Task, ...]:
        return (await lists.of_unit(self._session, unit_id, None, most)).tasks

    async def unanswered(self) -> tuple[int, ...]:
        return await tasks.unanswered(self._session)

    async def duplicate_of(self, reporter: int, kind: Kind, title: str, since: datetime) -> int | None:
        return await tasks.duplicate_of(self._session, reporter, kind, title, since)

    async def alike(self, person: Person) -> tuple[Person, ...]:
        return await people.alike(self._session, person)

    async def check_in(self, account: int) -> CheckIn | None:
        return await checkins.find(self._session, account, to_change=True)

    async def save_check_in(self, person: Person, check_in: CheckIn | None) -> None:
        await checkins.save(self._session, person.account, check_in)

    async def duress_word(self, person_id: int) -> DuressWord | None:
        return await duress.find(self._session, person_id)

    async def keep_duress_word(self, person_id: int, word: DuressWord) -> None:
        await duress.keep(self._session, person_id, word)

    async def note_duress(self, person_id: int, task: int) -> None:
        await duress.note(self._session, person_id, task)

    async def set_timers(self, timers: Iterable[Timer]) -> None:
        await due.set_timers(self._session, timers)

    async def following(self, person_id: int) -> tuple[Timer, ...]:
        return await due.following(self._session, person_id)

    async def take(self, timer: Timer) -> bool:
        return await due.take(self._session, timer)

    async def take_due(self, now: datetime, limit: int) -> tuple[Timer, ...]:
        taken = await due.take_due(self._session, now, limit)
        self._fired += fired(taken, now)
        return taken
