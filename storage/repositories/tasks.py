"""Tasks on disk, with what they take of their agents."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import json
from sqlalchemy import Integer, bindparam, delete, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.rules import timers
from core.state.commitments import engaged, held, pending
from core.state.task import Assignment, Task, answered
from core.vocabulary.alarms import Alarm
from core.vocabulary.escalation_policy import EscalationPolicy
from core.vocabulary.places import Place
from core.vocabulary.search_terms import words_of
from core.vocabulary.words import AssignmentState, Kind, Membership, Priority, Role, TaskState, TaskType
from storage.engine.errors import Overtaken
from storage.engine.session import Query, Row, Session, const
from storage.repositories import counters
from storage.schema.instants import from_ms, maybe_from_ms, maybe_ms, to_ms
from storage.schema.tables import AssignmentRow, PersonRow, Standing, TaskRow, TaskWordRow, TimerRow, table

_task, _part, _person = table(TaskRow), table(AssignmentRow), table(PersonRow)
_word, _timer = table(TaskWordRow), table(TimerRow)

_find = Query(select(_task).where(_task.c.id == bindparam("id_")).with_for_update())
_look = Query(select(_task).where(_task.c.id == bindparam("id_")))
_parts = Query(select(_part).where(_part.c.task == bindparam("task")).order_by(_part.c.position))
_add = Query(insert(_task).values({column.name: bindparam(column.name) for column in _task.columns}))
_save = Query(
    update(_task)
    .where(_task.c.id == bindparam("id_"))
    .values({column.name: bindparam(column.name) for column in _task.columns if column.name != "id"})
)
_new_part = insert(_part).values({column.name: bindparam(column.name) for column in _part.columns})
_save_part = Query(
    _new_part.on_conflict_do_update(
        index_elements=["task", "agent"],
        set_={c.name: _new_part.excluded[c.name] for c in _part.columns if c.name not in ("task", "agent")},
    )
)
_hold = Query(
    update(_person)
    .where(_person.c.id == bindparam("agent"), or_(_person.c.hold.is_(None), _person.c.hold == bindparam("task")))
    .values(hold=bindparam("task"))
)
_let_go = Query(
    update(_person).where(_person.c.id == bindparam("agent"), _person.c.hold == bindparam("task")).values(hold=None)
)
# Two tasks that end at the same instant each see the other: whoever comes second looks again.
_seize = Query(select(_person.c.id).where(_person.c.id == bindparam("agent")).with_for_update())
_busy = Query(
    update(_person)
    .where(_person.c.id == bindparam("agent"), _person.c.availability == const("available"))
    .values(availability=const("on_task"))
    .returning(_person.c.role, _person.c.membership)
)
_at_rest = Query(
    update(_person)
    .where(
        _person.c.id == bindparam("agent"),
        _person.c.availability == const("on_task"),
        ~exists().where(
            _part.c.agent == bindparam("agent"),
            _part.c.standing == const(Standing.TO_DO),
            _part.c.engaged == const(1),
        ),
    )
    .values(availability=const("available"))
    .returning(_person.c.role, _person.c.membership)
)
_forget_words = Query(delete(_word).where(_word.c.task == bindparam("task")))
# However many a person has reported: a twin is among the last.
_last_reported = (
    select(_task)
    .where(_task.c.reporter == bindparam("reporter"), _task.c.open == const(1))
    .order_by(_task.c.id.desc())
    .limit(const(10))
    .subquery()
)
_unanswered = Query(
    select(_task.c.id)
    .where(_task.c.alerting == const(1))
    .order_by(_task.c.drill, _task.c.opened_at)
    .limit(bindparam("most", type_=Integer))
)
_searching = Query(
    select(_task.c.id)
    .where(_task.c.searching == const(1))
    .order_by(_task.c.drill, _task.c.opened_at)
    .limit(const(5))
    .with_for_update(skip_locked=True)
)
_twin = Query(
    select(_last_reported.c.id).where(
        _last_reported.c.kind == bindparam("kind"),
        _last_reported.c.title == bindparam("title"),
        _last_reported.c.opened_at >= bindparam("since"),
    )
)


class HeldElsewhere(Overtaken):
    """Another task took the agent between the reading and the writing."""


def task_of(row: Row, parts: Iterable[Row]) -> Task:
    """A task from its row and those of its parts."""
    return Task(
        id=row["id"],
        kind=Kind(row["kind"]),
        type=TaskType(row["type"]),
        priority=Priority(row["priority"]),
        title=row["title"],
        state=TaskState(row["state"]),
        version=row["version"],
        opened_at=from_ms(row["opened_at"]),
        sent_at=from_ms(row["sent_at"]),
        reporter=row["reporter"],
        place=Place(lat=row["lat"], lon=row["lon"]) if row["lat"] is not None else None,
        address=row["address"],
        unit=row["unit"],
        policy=json.decode(row["ladder"], type=EscalationPolicy) if row["ladder"] is not None else None,
        step=row["rung"],
        repetition=row["lap"],
        notified=json.decode(row["told"], type=tuple[int, ...]),
        answer_in_doubt=bool(row["doubted"]),
        no_agent_left=bool(row["stranded"]),
        drill=bool(row["drill"]),
        alarm=json.decode(row["alarm"], type=Alarm) if row["alarm"] is not None else None,
        assignments=tuple(_part_of(part) for part in parts),
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=maybe_from_ms(row["acknowledged_at"]),
        escalations=row["escalations"],
        notes=row["notes"],
        still_on=bool(row["still_on"]),
        closed_at=maybe_from_ms(row["closed_at"]),
    )


def _part_of(row: Row) -> Assignment:
    return Assignment(
        agent=row["agent"],
        state=AssignmentState(row["state"]),
        since=from_ms(row["since"]),
        by=row["by"],
        by_hand=bool(row["by_hand"]),
        distance=row["distance"],
    )


def _values(task: Task) -> dict[str, Any]:
    return {
        "kind": task.kind.value,
        "type": task.type.value,
        "priority": int(task.priority),
        "title": task.title,
        "state": task.state.value,
        "version": task.version,
        "opened_at": to_ms(task.opened_at),
        "sent_at": to_ms(task.sent_at),
        "reporter": task.reporter,
        "lat": task.place.lat if task.place else None,
        "lon": task.place.lon if task.place else None,
        "address": task.address,
        "unit": task.unit,
        "ladder": json.encode(task.policy).decode() if task.policy is not None else None,
        "rung": task.step,
        "lap": task.repetition,
        "told": json.encode(task.notified).decode(),
        "doubted": int(task.answer_in_doubt),
        "stranded": int(task.no_agent_left),
        "drill": int(task.drill),
        "alarm": json.encode(task.alarm).decode() if task.alarm is not None else None,
        "acknowledged_by": task.acknowledged_by,
        "acknowledged_at": maybe_ms(task.acknowledged_at),
        "escalations": task.escalations,
        "notes": task.notes,
        "still_on": int(task.still_on),
        "closed_at": maybe_ms(task.closed_at),
        "open": int(not task.state.closed),
        "alerting": int(task.alert and not task.state.closed and not answered(task)),
        "searching": int(timers.searching(task)),
    }


async def find(session: Session, task_id: int, *, to_change: bool = False) -> Task | None:
    """A task; ``to_change`` locks it until the end of the transaction, where the database does that by row."""
    row = await session.row(_find if to_change else _look, id_=task_id)
    return await with_parts(session, row) if row is not None else None


async def with_parts(session: Session, row: Row) -> Task:
    """The task of a row that was read already."""
    return task_of(row, await session.rows(_parts, task=row["id"]))


async def save(session: Session, before: Task | None, after: Task) -> None:
    """Keep a task, its parts, and what they take of the agents. HeldElsewhere when another task was quicker."""
    values = _values(after)
    if before is None:
        await session.run(_add, id=after.id, **values)
    else:
        await session.run(_save, id_=after.id, **values)
    if before is None or (before.title, before.address) != (after.title, after.address):
        await _save_words(session, before, after)
    await counters.tally(session, _total_of(before) if before else None, _total_of(after))
    kept = _part_rows(before) if before else {}
    # In one order everywhere, or two emergencies that ask the same agents would wait for each other.
    for agent, row in sorted(_part_rows(after).items()):
        if row != kept.get(agent):
            await session.run(_save_part, **row)
            await _take_or_free(session, before, after, agent)


async def _save_words(session: Session, before: Task | None, after: Task) -> None:
    if before is not None:
        await session.run(_forget_words, task=after.id)
    words = words_of(f"{after.title} {after.address or ''}")
    if words:
        await session.run(_add_words(len(words)), task=after.id, **{f"word_{n}": word for n, word in enumerate(words)})


@cache
def _add_words(number: int) -> Query:
    """All of them at once: ``word_0``, ``word_1``, …"""
    rows: list[dict[str, Any]] = [{"word": bindparam(f"word_{n}"), "task": bindparam("task")} for n in range(number)]
    return Query(insert(_word).values(rows).on_conflict_do_nothing())


def _total_of(task: Task) -> str | None:
    return f"tasks:{task.state.value}:{int(task.priority)}" if not task.drill else None


def _part_rows(task: Task) -> dict[int, dict[str, Any]]:
    return {
        part.agent: {
            "task": task.id,
            "agent": part.agent,
            "position": position,
            "state": part.state.value,
            "since": to_ms(part.since),
            "by": part.by,
            "by_hand": int(part.by_hand),
            "distance": part.distance,
            "standing": int(_standing(task, part)),
            "engaged": int(engaged(task, part)),
        }
        for position, part in enumerate(task.assignments)
    }


def _standing(task: Task, part: Assignment) -> Standing:
    if task.state.closed:
        return Standing.CLOSED
    return Standing.TO_DO if pending(task, part) else Standing.OPEN


async def _take_or_free(session: Session, before: Task | None, after: Task, agent: int) -> None:
    """What the change means for the agent: held for an emergency or no longer, busy or at rest."""
    was, part = before.part_of(agent) if before else None, after.part_of(agent)
    assert part is not None  # nobody's part is ever taken out
    holds, held_before = held(after, part), bool(before and was and held(before, was))
    if holds and not held_before:
        if not await session.touched(_hold, agent=agent, task=after.id):
            raise HeldElsewhere(after.code)
    elif held_before and not holds:
        await session.run(_let_go, agent=agent, task=after.id)
    works, worked = engaged(after, part), bool(before and was and engaged(before, was))
    if works and not worked:
        moved, old, new = await session.row(_busy, agent=agent), "available", "on_task"
    elif worked and not works:
        await session.run(_seize, agent=agent)
        moved, old, new = await session.row(_at_rest, agent=agent), "on_task", "available"
    else:
        return
    if moved is not None and moved["role"] == Role.AGENT and moved["membership"] == Membership.ACTIVE:
        await counters.tally(session, f"agents:{old}", f"agents:{new}")


async def unanswered(session: Session, most: int = 100) -> tuple[int, ...]:
    """The open alerts that nobody has answered, oldest first; drills come last."""
    return tuple(row["id"] for row in await session.rows(_unanswered, most=most))


async def searching(session: Session) -> tuple[int, ...]:
    """A few of the open emergencies that look for an agent, the oldest first, drills last."""
    return tuple(row["id"] for row in await session.rows(_searching))


async def duplicate_of(session: Session, reporter: int, kind: Kind, title: str, since: datetime) -> int | None:
    """The id of an open task that the same person reported with the same words since then."""
    row = await session.row(_twin, reporter=reporter, kind=kind.value, title=title, since=to_ms(since))
    return int(row["id"]) if row is not None else None
