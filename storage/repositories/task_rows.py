"""A task and its rows: what is read and what is written, side by side."""

from collections.abc import Iterable
from typing import TypedDict

from msgspec import json
from msgspec.structs import replace

from core.rules import timers
from core.state.commitments import engaged, pending
from core.state.rounds import Round
from core.state.task import Assignment, Task, Telling, answered
from core.vocabulary.alarms import Alarm
from core.vocabulary.escalation_policy import EscalationPolicy
from core.vocabulary.kinds import Work
from core.vocabulary.outside import OutsideCaller
from core.vocabulary.places import Place
from core.vocabulary.words import AssignmentState, Kind, Priority, TaskState, TaskType
from storage.schema.instants import from_ms, maybe_from_ms, maybe_ms, to_ms
from storage.schema.rows import row_class
from storage.schema.standing import Standing
from storage.schema.tables import AssignmentRow, TaskRow

# For a desk of the release before: whether somebody was told, under an id that nobody has.
_TOLD, _NOT_TOLD = "[0]", "[]"
_new_task, _new_part = row_class(TaskRow), row_class(AssignmentRow)


def task_of(row: TaskRow, parts: Iterable[AssignmentRow]) -> Task:
    """A task from its row and those of its parts."""
    task = Task(
        id=row.id,
        kind=Kind(row.kind),
        type=TaskType(row.type),
        priority=Priority(row.priority),
        title=row.title,
        state=TaskState(row.state),
        version=row.version,
        opened_at=from_ms(row.opened_at),
        sent_at=from_ms(row.sent_at),
        reporter=row.reporter,
        place=Place(lat=row.lat, lon=row.lon) if row.lat is not None and row.lon is not None else None,
        address=row.address,
        unit=row.unit,
        policy=json.decode(row.ladder, type=EscalationPolicy) if row.ladder is not None else None,
        step=row.rung,
        repetition=row.lap,
        climb=row.climb,
        notified=row.notified,
        telling=json.decode(row.telling, type=tuple[Telling, ...]) if row.telling is not None else (),
        answer_in_doubt=bool(row.doubted),
        no_agent_left=bool(row.stranded),
        drill=bool(row.drill),
        alarm=json.decode(row.alarm, type=Alarm) if row.alarm is not None else None,
        assignments=tuple(_part_of(part) for part in parts),
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=maybe_from_ms(row.acknowledged_at),
        acknowledged_via=row.acknowledged_via or "",
        escalations=row.escalations,
        notes=row.notes,
        still_on=bool(row.still_on),
        closed_at=maybe_from_ms(row.closed_at),
        seen_at=maybe_from_ms(row.seen_at),
        seats=row.seats,
        **_few_of(row),
    )
    return _with_share(task, row) if row.earlier or row.joined or row.taken_from or row.program or row.quiet else task


class _Few(TypedDict):
    disposition: str
    work: Work | None
    wants: tuple[str, ...]
    round: Round | None
    outside: OutsideCaller | None


def _few_of(row: TaskRow) -> _Few:
    """Fields that few tasks have."""
    return {
        "disposition": row.disposition or "",
        "work": json.decode(row.work, type=Work) if row.work is not None else None,
        "wants": json.decode(row.wants, type=tuple[str, ...]) if row.wants is not None else (),
        "round": json.decode(row.last_round, type=Round) if row.last_round is not None else None,
        "outside": json.decode(row.outside, type=OutsideCaller) if row.outside is not None else None,
    }


def _with_share(task: Task, row: TaskRow) -> Task:
    """The task with what few have: others of the same reporter."""
    return replace(
        task,
        earlier=row.earlier,
        program=row.program,
        taken_from=row.taken_from,
        joined=row.joined,
        joined_at=maybe_from_ms(row.joined_at),
        quiet=bool(row.quiet),
    )


def _part_of(row: AssignmentRow) -> Assignment:
    return Assignment(
        agent=row.agent,
        state=AssignmentState(row.state),
        since=from_ms(row.since),
        by=row.by,
        by_hand=bool(row.by_hand),
        distance=row.distance,
        reserve=bool(row.reserve),
        wanted=row.wanted or "",
    )


def row_of(task: Task) -> TaskRow:
    """The row of a task."""
    return _new_task(
        id=task.id,
        kind=task.kind.value,
        type=task.type.value,
        priority=int(task.priority),
        title=task.title,
        state=task.state.value,
        version=task.version,
        opened_at=to_ms(task.opened_at),
        sent_at=to_ms(task.sent_at),
        reporter=task.reporter,
        lat=task.place.lat if task.place else None,
        lon=task.place.lon if task.place else None,
        address=task.address,
        unit=task.unit,
        ladder=json.encode(task.policy).decode() if task.policy is not None else None,
        rung=task.step,
        lap=task.repetition,
        told=_TOLD if task.notified else _NOT_TOLD,
        climb=task.climb,
        notified=task.notified,
        telling=json.encode(task.telling).decode() if task.telling else None,
        doubted=int(task.answer_in_doubt),
        stranded=int(task.no_agent_left),
        drill=int(task.drill),
        alarm=json.encode(task.alarm).decode() if task.alarm is not None else None,
        acknowledged_by=task.acknowledged_by,
        acknowledged_at=maybe_ms(task.acknowledged_at),
        acknowledged_via=task.acknowledged_via or None,
        escalations=task.escalations,
        notes=task.notes,
        still_on=int(task.still_on),
        **_rare_of(task),
        closed_at=maybe_ms(task.closed_at),
        seen_at=maybe_ms(task.seen_at),
        open=int(not task.state.closed),
        alerting=int(task.alert and not task.state.closed and not answered(task)),
        searching=int(timers.searching(task)),
    )


class _Rare(TypedDict):
    attended: int
    disposition: str | None
    work: str | None
    wants: str | None
    last_round: str | None
    outside: str | None
    seats: int
    earlier: int
    program: str | None
    taken_from: int | None
    joined: int
    joined_at: int | None
    quiet: int


def _rare_of(task: Task) -> _Rare:
    return {
        "disposition": task.disposition or None,
        "work": json.encode(task.work).decode() if task.work is not None else None,
        "wants": json.encode(task.wants).decode() if task.wants else None,
        "outside": json.encode(task.outside).decode() if task.outside is not None else None,
        "last_round": json.encode(task.round).decode() if task.round is not None else None,
        "attended": int(task.owner is not None),
        "seats": task.seats,
        "earlier": task.earlier,
        "program": task.program,
        "taken_from": task.taken_from,
        "joined": task.joined,
        "joined_at": maybe_ms(task.joined_at),
        "quiet": int(task.quiet),
    }


def part_rows(task: Task) -> dict[int, AssignmentRow]:
    """The rows of a task's parts, by agent."""
    return {
        part.agent: _new_part(
            task=task.id,
            agent=part.agent,
            position=position,
            state=part.state.value,
            since=to_ms(part.since),
            by=part.by,
            by_hand=int(part.by_hand),
            distance=part.distance,
            standing=int(_standing(task, part)),
            engaged=int(engaged(task, part)),
            reserve=int(part.reserve),
            wanted=part.wanted or None,
        )
        for position, part in enumerate(task.assignments)
    }


def _standing(task: Task, part: Assignment) -> Standing:
    if task.state.closed:
        return Standing.CLOSED
    return Standing.TO_DO if pending(task, part) else Standing.OPEN
