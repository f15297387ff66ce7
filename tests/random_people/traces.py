"""Traces of a night: the database on one side, the chats on the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from msgspec import json
from prometheus_client.parser import text_string_to_metric_families

from core.rules.timers import Timer
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from emulator import Bot, Message
from metrics.instruments import Instruments
from storage.audit.audit import Verdict, verify
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import timers
from storage.queues.queue import State
from storage.repositories import people_by_id, tasks
from storage.repositories.queries import SqlQueries
from storage.schema.instants import from_ms
from tests.random_people.world import World
from tests.support.desks.disk import asks

Labels = frozenset[tuple[str, str]]


class Happening(NamedTuple):
    """An event of a task, in the order of the record."""

    task: int
    at: datetime
    event: e.AnyEvent


class Shown(NamedTuple):
    """The message that the desk holds for the card of a task in a chat; None where the chat has none like it."""

    task: int
    chat: int
    message: Message | None


class Traces(NamedTuple):
    """Everything that the oracle looks at.

    ``set_aside`` and ``unhandled`` are updates, ``unsent`` and ``refused`` messages, each with its cause; ``said`` is
    whatever the desk has written, ``gauges`` what its metrics say.
    """

    now: datetime
    tasks: dict[int, Task]
    people: dict[int, Person]
    timers: dict[int, tuple[Timer, ...]]
    happenings: list[Happening]
    cards: list[Shown]
    set_aside: list[str]
    unhandled: list[str]
    unsent: list[str]
    refused: list[str]
    said: list[tuple[int, str]]
    gauges: dict[tuple[str, Labels], float]
    audit: Verdict

    @property
    def summary(self) -> str:
        """How much there was to judge."""
        emergencies = sum(task.emergency for task in self.tasks.values())
        return f"{len(self.tasks)} tasks, {emergencies} of them emergencies, {len(self.said)} messages"


async def gather(store: Store, url: str, world: World, now: datetime) -> Traces:
    """All of it, once nothing moves any more."""

    async def unit(session: Session) -> tuple[dict[int, Task], dict[int, Person], dict[int, tuple[Timer, ...]]]:
        found = {number: await tasks.find(session, number) for (number,) in numbers}
        due = {number: await timers.of_task(session, number) for number in found}
        everybody = await people_by_id.several(session, [number for (number,) in ids])
        return {n: task for n, task in found.items() if task is not None}, dict(everybody), due

    numbers, ids = await asks(url, "SELECT id FROM task ORDER BY id"), await asks(url, "SELECT id FROM person")
    all_tasks, everybody, due = await store.read(unit)
    return Traces(
        now=now,
        tasks=all_tasks,
        people=everybody,
        timers=due,
        happenings=[
            Happening(task, from_ms(at), json.decode(body, type=e.AnyEvent))
            for task, at, body in await asks(url, "SELECT task, at, body FROM event WHERE task IS NOT NULL ORDER BY id")
        ],
        cards=[_shown(row, world) for row in await asks(url, "SELECT card, chat, message_id FROM card")],
        set_aside=await _rows(url, "update_id", "inbox", f"state = {State.PARKED}"),
        unhandled=await _rows(url, "update_id", "inbox", f"state < {State.DONE}"),
        unsent=await _rows(url, "chat", "outbox", f"state < {State.DONE}"),
        refused=await _rows(url, "chat", "outbox", f"state = {State.PARKED}"),
        said=[
            (chat.id, message.text)
            for chat in [*world.telegram.private_chats.values(), *world.telegram.groups.values()]
            for message in chat.messages.values()
            if isinstance(message.sender, Bot)
        ],
        gauges=_read(await Instruments(queries=SqlQueries(store)).page(now)),
        audit=await verify(store),
    )


async def _rows(url: str, name: str, queue: str, where: str) -> list[str]:
    rows = await asks(url, f"SELECT {name}, error FROM {queue} WHERE {where} ORDER BY id")  # noqa: S608 - our own words
    return [f"{number}: {error}" for number, error in rows]


def _shown(row: tuple[Any, ...], world: World) -> Shown:
    """The card of a task; of anything else the task is 0."""
    card, chat_id, message_id = row
    kind, _, number = card.partition(":")
    task = int(number) if kind == "task" and number.isdecimal() else 0
    person = world.telegram.people.get(chat_id)
    chat = world.telegram.private(person, world.bot) if person is not None else world.telegram.groups.get(chat_id)
    return Shown(task, chat_id, chat.messages.get(message_id) if chat is not None and message_id is not None else None)


def _read(page: bytes) -> dict[tuple[str, Labels], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }
