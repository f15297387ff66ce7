"""Moments on disk after the clock was set back, brought to the right clock (``core.rules.set_back``).

Each task and each check-in has a transaction of its own, emergencies first, so that nobody waits for it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace
from sqlalchemy import BigInteger, Column, ColumnElement, bindparam, case, select, update

from core.desk.checkin_desk import timers_of
from core.rules.set_back import SetBack
from core.rules.situation import Rules
from storage.engine.session import Query, Session, const
from storage.queues import jobs, timers
from storage.queues.queue import State
from storage.repositories import checkins, tasks
from storage.schema.instants import from_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, InboxRow, OutboxRow, PersonRow, table

# Processes see it within half of this (`bot.jobs.clock_watch`).
A_WHILE = timedelta(seconds=20)

T = TypeVar("T")
Work = Callable[[Session], Awaitable[T]]


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


def _queue(model: type[InboxRow] | type[OutboxRow], came: Column[int]) -> Query[None]:
    """Lets what waits be tried by the right clock; whoever has a row in hand keeps the lease that they know."""
    return Query(
        update(table(model))
        .where(col(model.state) < const(State.DONE), (col(model.due_at) > _now) | (came > _now))
        .values({"due_at": _earlier(col(model.due_at), _now), came.name: _earlier(came)})
    )


_statements = (
    _queue(InboxRow, col(InboxRow.received_at)),
    _queue(OutboxRow, col(OutboxRow.created_at)),
    # A later sighting would not replace one of the wrong hour, which would be fresh for as long.
    Query(
        update(table(PersonRow))
        .where(col(PersonRow.seen_at) > _now)
        .values(
            seen_at=_earlier(col(PersonRow.seen_at)),
            live_until=case(
                (col(PersonRow.live_until) > const(0), col(PersonRow.live_until) - _by), else_=col(PersonRow.live_until)
            ),
        )
    ),
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
    await store.write(partial(_queues, values))
    moved = 0
    for task in await store.read(partial(timers.about_after, after=now)):
        moved += await store.write(partial(_timers_of, right, rules, task))
    for account in await store.read(checkins.accounts):
        moved += await store.write(partial(_check_in_of, right, account))
    return moved


async def _queues(values: Mapping[str, Any], session: Session) -> None:
    for statement in _statements:
        await session.run(statement, **values)


async def _timers_of(right: SetBack, rules: Rules, about: timers.About, session: Session) -> int:
    """Those of one task, or of one unit; a task is locked before them, as every change of it does."""
    task = await tasks.find(session, about.task, to_change=True) if about.task else None
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
