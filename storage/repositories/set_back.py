"""Moments on disk after the clock was set back, brought to the right clock (``core.rules.set_back``).

Each task and each check-in has a transaction of its own, emergencies first, and so has each slice of what waits and of
where people were seen, so that nobody waits for it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from msgspec.structs import replace
from sqlalchemy import BigInteger, Column, ColumnElement, bindparam, case, select, update

from core.desk.checkin_desk import timers_of
from core.rules.set_back import SetBack
from core.rules.situation import Rules
from storage.engine.locks import Lock, of_person, of_unit
from storage.engine.session import Query, Session, const
from storage.queues import inbox, jobs, outbox_rows, timers
from storage.queues.queue import State
from storage.repositories import checkins, tasks
from storage.schema.instants import from_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, InboxRow, OutboxRow, PersonRow, table

# Processes see it within half of this (`bot.jobs.clock_watch`).
A_WHILE = timedelta(seconds=20)
SLICE = 200  # lines, or people, in one transaction

T = TypeVar("T")
Work = Callable[[Session], Awaitable[T]]


class Locks(Protocol):
    """Knows the lock of a line, as ``storage.queues.queue.Queue`` does."""

    def lock_of(self, line: str) -> Lock:
        """The lock that guards its rows."""


class Runs(Protocol):
    """Runs units of work, as ``storage.engine.store.Store`` does."""

    async def write(self, work: Work[T]) -> T:
        """In a transaction of its own."""

    async def read(self, work: Work[T]) -> T:
        """A unit that only reads."""


_now, _by = bindparam("now", type_=BigInteger), bindparam("by", type_=BigInteger)


def _earlier(moment: Column[int], earliest: ColumnElement[int] | None = None) -> ColumnElement[int]:
    """A moment after now, by the right clock: no later than now, or no earlier where it is still to come."""
    moved = moment - _by
    if earliest is not None:
        return case((moment <= _now, moment), (moved < earliest, earliest), else_=moved)
    return case((moment <= _now, moment), (moved > _now, _now), else_=moved)


def _wrong(model: type[InboxRow] | type[OutboxRow], came: Column[int]) -> tuple[ColumnElement[bool], ...]:
    return col(model.state) < const(State.DONE), (col(model.due_at) > _now) | (came > _now)


class _Lines:
    """The lines of one queue in which something waits that a wrong clock wrote."""

    def __init__(self, model: type[InboxRow] | type[OutboxRow], came: Column[int], queue: Locks) -> None:
        wrong, line = _wrong(model, came), col(model.line)
        self.queue = queue
        self.some = Query.value(
            select(line).where(*wrong, line > bindparam("after")).group_by(line).order_by(line).limit(const(SLICE))
        )
        # Lets what waits be tried by the right clock; whoever has a row in hand keeps the lease that they know.
        self.set_right = Query(
            update(table(model))
            .where(line == bindparam("line"), *wrong)
            .values({"due_at": _earlier(col(model.due_at), _now), came.name: _earlier(came)})
        )


_queues = (
    _Lines(InboxRow, col(InboxRow.received_at), inbox.queue),
    _Lines(OutboxRow, col(OutboxRow.created_at), outbox_rows.queue),
)
_seen_ahead = Query.value(
    select(col(PersonRow.id))
    .where(col(PersonRow.id) > bindparam("after"), col(PersonRow.seen_at) > _now)
    .order_by(col(PersonRow.id))
    .limit(const(SLICE))
)
# A later sighting would not replace one of the wrong hour, which would be fresh for as long.
_seen = Query(
    update(table(PersonRow))
    .where(col(PersonRow.id) == bindparam("person"), col(PersonRow.seen_at) > _now)
    .values(
        seen_at=_earlier(col(PersonRow.seen_at)),
        live_until=case(
            (col(PersonRow.live_until) > const(0), col(PersonRow.live_until) - _by), else_=col(PersonRow.live_until)
        ),
    )
)
_last_event = Query.value(select(col(EventRow.at)).order_by(col(EventRow.id).desc()).limit(const(1)))
_last_update = Query.value(select(col(InboxRow.received_at)).order_by(col(InboxRow.id).desc()).limit(const(1)))


async def last_written(session: Session) -> datetime | None:
    """When something was last written: a desk that opens earlier than that finds its clock set back."""
    moments = [await session.row(query) for query in (_last_event, _last_update)]
    return max((from_ms(moment) for moment in moments if moment is not None), default=None)


async def first(session: Session, now: datetime) -> bool:
    """Whether no other process that shares the database has said so of this jump."""
    return await jobs.claim(session, "set-back", now, A_WHILE)


async def bring_forward(store: Runs, rules: Rules, now: datetime, by: timedelta, *, seen: bool) -> int:
    """Bring all that lies too far ahead to the right clock; how many due times were moved.

    ``seen``: as in ``core.rules.set_back.SetBack``; of several processes it is so for the one that is `first`.

    Raises:
        StorageError: the database can't be used now; what was done stays, and doing all of it again changes no more.
    """
    right = SetBack(now, by, seen=seen)
    values = {"now": to_ms(now), "by": to_ms(from_ms(0) + by)}
    for lines in _queues:
        line = ""
        while some := await store.write(partial(_lines_of, lines, values, line)):
            line = some[-1]
    person = 0
    while seen_ahead := await store.write(partial(_people, values, person)):
        person = seen_ahead[-1]
    moved = 0
    for task in await store.read(partial(timers.about_after, after=now)):
        moved += await store.write(partial(_timers_of, right, rules, task))
    for account in await store.read(checkins.accounts):
        moved += await store.write(partial(_check_in_of, right, account))
    return moved


async def _lines_of(lines: _Lines, values: Mapping[str, int], after: str, session: Session) -> list[str]:
    """Those of some lines; each line once, or what is to come would come nearer each time."""
    some = await session.rows(lines.some, now=values["now"], after=after)
    await session.lock(*map(lines.queue.lock_of, some))
    await session.run_each(lines.set_right, [{**values, "line": line} for line in some])
    return some


async def _people(values: Mapping[str, int], after: int, session: Session) -> list[int]:
    some = await session.rows(_seen_ahead, now=values["now"], after=after)
    await session.lock(*map(of_person, some))
    await session.run_each(_seen, [{**values, "person": person} for person in some])
    return some


async def _timers_of(right: SetBack, rules: Rules, about: timers.About, session: Session) -> int:
    """Those of one task, or of one unit, which is locked before them, as every change of it does."""
    task = await tasks.find(session, about.task, to_change=True) if about.task else None
    if about.unit:
        await session.lock(of_unit(about.unit))
    found = await timers.of_task(session, about.task) if about.task else await timers.of_unit(session, about.unit)
    moved = [(timer, right.due(timer, task, rules)) for timer in found]
    earlier = [replace(timer, due_at=due_at) for timer, due_at in moved if due_at < timer.due_at]
    await timers.set_timers(session, earlier)
    return len(earlier)


async def _check_in_of(right: SetBack, account: int, session: Session) -> int:
    before = await checkins.find(session, account, to_change=True)
    after = right.check_in(before) if before is not None else None
    if after == before:
        return 0
    await checkins.save(session, account, after)
    await timers.set_timers(session, timers_of(after))
    return 1
