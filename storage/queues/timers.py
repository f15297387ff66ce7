"""Due times on disk: whatever fires is taken off the list in the transaction that acts on it (P8)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.rules.timers import FOLLOWING, Timer, TimerKind
from storage.engine import locks
from storage.engine.session import Query, Session, const
from storage.schema.instants import from_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import PersonRow, TimerRow, table

_timer = table(TimerRow)
_c = _timer.c
_new = insert(_timer).values({column.name: bindparam(column.name) for column in _timer.columns})
_set = Query(
    _new.on_conflict_do_update(
        index_elements=["kind", "task", "person", "unit"],
        set_={"due_at": _new.excluded.due_at, "urgent": _new.excluded.urgent},
    )
)
_due = Query(
    select(_timer)
    .where(col(TimerRow.urgent) == bindparam("urgent"), col(TimerRow.due_at) <= bindparam("now"))
    .order_by(col(TimerRow.due_at))
    .limit(bindparam("most", type_=Integer)),
    TimerRow,
)
_take = Query(
    delete(_timer).where(
        *(_c[name] == bindparam(name) for name in ("kind", "task", "person", "unit")),
        col(TimerRow.due_at) == bindparam("due_at"),
    )
)
_account = Query.value(select(col(PersonRow.telegram_id)).where(col(PersonRow.id) == bindparam("person")))
_of_task = Query(
    select(_timer).where(
        col(TimerRow.kind).in_([const(kind.value) for kind in TimerKind]), col(TimerRow.task) == bindparam("task")
    ),
    TimerRow,
)
_following = Query(
    select(_timer).where(
        col(TimerRow.kind).in_([const(kind.value) for kind in sorted(FOLLOWING)]),
        col(TimerRow.person) == bindparam("person"),
    ),
    TimerRow,
)
_of_unit = Query(
    select(_timer).where(
        col(TimerRow.kind) == const(TimerKind.SHIFT.value),
        col(TimerRow.task) == const(0),
        col(TimerRow.person) == const(0),
        col(TimerRow.unit) == bindparam("unit"),
    ),
    TimerRow,
)


_offer = (
    col(TimerRow.kind) == const(TimerKind.OFFER.value),
    col(TimerRow.task) == bindparam("of"),
    col(TimerRow.person)
    == select(col(PersonRow.id)).where(col(PersonRow.telegram_id) == bindparam("account")).scalar_subquery(),
    col(TimerRow.unit) == const(0),
    col(TimerRow.due_at) < bindparam("until"),
)
_offer_ends = Query.value(select(col(TimerRow.due_at)).where(*_offer))
_offer_runs = Query(update(_timer).where(*_offer).values(due_at=bindparam("until")))


class About(NamedTuple):
    """The task or the unit that due times are about, 0 where it is none."""

    task: int
    unit: int


_about_after = Query(
    select(col(TimerRow.task), col(TimerRow.unit))
    .where(col(TimerRow.due_at) > bindparam("after"), col(TimerRow.task) + col(TimerRow.unit) > const(0))
    .group_by(col(TimerRow.task), col(TimerRow.unit))
    .order_by(func.max(col(TimerRow.urgent)).desc(), func.min(col(TimerRow.due_at))),
    About,
)
_next = Query.value(
    select(col(TimerRow.due_at))
    .where(col(TimerRow.urgent) == bindparam("urgent"))
    .order_by(col(TimerRow.due_at))
    .limit(const(1))
)
_URGENT_FIRST = (1, 0)
SPARE = 8  # those that follow may fire while somebody changes the task of the first


async def set_timers(session: Session, timers: Iterable[Timer]) -> None:
    """Keep due times; one of the same kind for the same task, person and unit replaces an older one."""
    for timer in timers:
        await session.run(_set, **_key(timer), due_at=to_ms(timer.due_at), urgent=int(timer.urgent))


async def offer_runs_until(session: Session, task: int, account: int, until: datetime) -> None:
    """Give whoever was asked at this account until then to answer; where no offer waits, nothing changes."""
    offer = {"of": task, "account": account, "until": to_ms(until)}
    if await session.row(_offer_ends, **offer) is not None:
        await session.lock(locks.of_task(task))
        await session.run(_offer_runs, **offer)


async def take_due(session: Session, now: datetime, most: int) -> tuple[Timer, ...]:
    """Take what is due off the list, emergencies first; it is back if the transaction fails.

    What somebody else is changing at this moment is passed over, however much of it there is.
    """
    due: list[Timer] = []
    busy: set[locks.Lock] = set()
    for urgent in _URGENT_FIRST:
        tried, wanted = set[tuple[Any, ...]](), most - len(due)
        while len(due) < most:
            rows = await session.rows(_due, urgent=urgent, now=to_ms(now), most=wanted)
            for timer in map(_timer_of, rows):
                key = tuple(_key(timer).values())
                if len(due) < most and key not in tried and await _take_free(session, timer, busy):
                    due.append(timer)
                tried.add(key)
            if due or len(rows) < wanted:
                break
            wanted += SPARE * len(tried)
    return tuple(due)


async def take(session: Session, timer: Timer) -> bool:
    """Take one off the list, if it is still on it as it was seen and nobody changes what it is about."""
    return await _take_free(session, timer, set())


async def _take_free(session: Session, timer: Timer, busy: set[locks.Lock]) -> bool:
    """As ``take``; what was ``busy`` a moment ago is not asked for again."""
    subjects = await _subjects(session, timer)
    if not busy.isdisjoint(subjects):
        return False
    mine = await session.try_lock(*subjects)
    busy.update(lock for lock in subjects if lock not in mine)
    if len(mine) < len(subjects):
        return False
    return bool(await session.touched(_take, **_key(timer), due_at=to_ms(timer.due_at)))


async def _subjects(session: Session, timer: Timer) -> tuple[locks.Lock, ...]:
    """The locks of what it is about: whoever changes that sets its due times, too."""
    if timer.kind in FOLLOWING:
        return locks.of_task(timer.task), locks.of_person(timer.person)
    if timer.task:
        return (locks.of_task(timer.task),)
    if timer.unit and timer.kind is not TimerKind.FREED:
        return (locks.of_unit(timer.unit),)
    if timer.kind in (TimerKind.CIRCULAR, TimerKind.FREED):
        return (locks.of_person(timer.person),)
    return (locks.of_check_in(await session.row(_account, person=timer.person) or 0),)


def _key(timer: Timer) -> dict[str, int | str]:
    return {"kind": timer.kind.value, "task": timer.task, "person": timer.person, "unit": timer.unit}


async def following(session: Session, person: int) -> tuple[Timer, ...]:
    """Due times of what follows for others from a change of this person and is not done yet, in its order."""
    rows = await session.rows(_following, person=person)
    return tuple(_timer_of(row) for row in sorted(rows, key=lambda row: row.due_at))


async def of_task(session: Session, task: int) -> tuple[Timer, ...]:
    """The due times of a task."""
    return tuple(_timer_of(row) for row in await session.rows(_of_task, task=task))


async def of_unit(session: Session, unit: int) -> tuple[Timer, ...]:
    """The due time of a unit's rota."""
    return tuple(_timer_of(row) for row in await session.rows(_of_unit, unit=unit))


async def about_after(session: Session, after: datetime) -> list[About]:
    """The tasks and units that have a due time after this moment, emergencies first."""
    return await session.rows(_about_after, after=to_ms(after))


async def next_due(session: Session) -> datetime | None:
    """When the next one is due."""
    first = [await session.row(_next, urgent=urgent) for urgent in _URGENT_FIRST]
    return min((from_ms(due) for due in first if due is not None), default=None)


def _timer_of(row: TimerRow) -> Timer:
    return Timer(
        kind=TimerKind(row.kind),
        task=row.task,
        person=row.person,
        unit=row.unit,
        due_at=from_ms(row.due_at),
        urgent=bool(row.urgent),
    )
