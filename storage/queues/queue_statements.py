"""The statements of a table whose rows wait in lines (``storage.queues.queue`` says what for)."""

from enum import IntEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Column, Integer, bindparam, case, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect

from storage.engine.session import Query, const
from storage.schema.rows import col
from storage.schema.tables import InboxRow, OutboxRow, table

Waiting = TypeVar("Waiting", InboxRow, OutboxRow)


class State(IntEnum):
    """Where a row is. Below ``DONE`` it is unfinished and holds its line."""

    WAITING = 0
    READY = 1
    TAKEN = 2
    DONE = 3
    PARKED = 4


def _turn(model: type[Waiting]) -> tuple[Column[int], ...]:
    """The column of the turn within a rank, where such rows take turns: those of the outbox do."""
    turn = table(model).c.get("turn")
    return (turn,) if turn is not None else ()


def push(model: type[Waiting], known_by: str | None) -> Query[None]:
    """Adds a row: READY when nothing of its line is before it, else WAITING. What is known already stays as it is.

    A head whose turn is later stays READY beside it, and is taken after it.
    """
    rows = table(model)
    before = exists().where(
        col(model.line) == bindparam("line"),
        col(model.state) < const(State.DONE),
        col(model.rank) <= bindparam("rank"),
        *(or_(col(model.rank) < bindparam("rank"), turn <= bindparam("turn")) for turn in _turn(model)),
    )
    in_hand = exists().where(col(model.line) == bindparam("line"), col(model.state) == const(State.TAKEN))
    given = [column.name for column in rows.columns if column.name not in ("id", "state")]
    added = (
        insert(rows)
        .inline()
        .values(
            {name: bindparam(name, type_=rows.c[name].type) for name in given}
            | {"state": case((or_(before, in_hand), const(State.WAITING)), else_=const(State.READY))}
        )
    )
    if known_by is not None:
        added = added.on_conflict_do_nothing(index_elements=[known_by])
    return Query(added)


def overtake(model: type[Waiting]) -> Query[None]:
    """Puts the head of a line back behind a row of a lower rank than its own."""
    return Query(
        update(table(model))
        .where(
            col(model.id) == _first(model),
            col(model.state) == const(State.READY),
            col(model.rank) > bindparam("before"),
        )
        .values(state=const(State.WAITING))
    )


def _first(model: type[Waiting]) -> ScalarSelect[int]:
    """The first of the line ``behind`` that is not in hand."""
    unfinished = (
        col(model.line) == bindparam("behind"),
        col(model.state) < const(State.DONE),
        col(model.state) != const(State.TAKEN),
    )
    return (
        select(col(model.id))
        .where(*unfinished)
        .order_by(col(model.rank), *_turn(model), col(model.id))
        .limit(const(1))
        .scalar_subquery()
    )


def take(model: type[Waiting], *whose: ColumnElement[bool]) -> Query[Waiting]:
    """Takes the heads of one rank that are due, by their turns, for a while; ``whose``: those alone."""
    heads = (
        select(col(model.id))
        .where(
            col(model.state) == const(State.READY),
            col(model.rank) == bindparam("rank"),
            col(model.due_at) <= bindparam("now"),
            *whose,
        )
        .order_by(*_turn(model), col(model.due_at), col(model.id))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("heads")  # looked for once: a subquery may be run again for each row, and then takes more than asked for
    )
    return Query(
        update(table(model))
        .where(col(model.id).in_(select(heads.c.id)))
        .values(state=const(State.TAKEN), lease_until=bindparam("lease", type_=BigInteger))
        .returning(*table(model).columns),
        model,
    )


def _in_hand(model: type[Waiting]) -> tuple[ColumnElement[bool], ...]:
    """The row is held by whoever took it until ``held``, and by nobody who took it after that lease had run out."""
    return (
        col(model.id) == bindparam("row"),
        col(model.state) == const(State.TAKEN),
        col(model.lease_until) == bindparam("held"),
    )


def end(model: type[Waiting], emptied: str | None) -> Query[bool]:
    """Finishes a row that is in hand: done, or parked with the reason. What is done needs its text no longer.

    Whether something of its line waits, which is ``behind`` it, is found with it: mostly nothing does.
    """
    waits = exists().where(
        col(model.line) == bindparam("behind"),
        col(model.state) < const(State.DONE),  # said for the index
        col(model.state) == const(State.WAITING),
    )
    done = bindparam("end", type_=Integer) == const(State.DONE)
    forgotten = {emptied: case((done, const("")), else_=table(model).c[emptied])} if emptied is not None else {}
    return Query.value(
        update(table(model))
        .where(*_in_hand(model))
        .values(
            state=bindparam("end", type_=Integer),
            ended_at=bindparam("at", type_=BigInteger),
            error=bindparam("why", type_=col(model.error).type),
            lease_until=None,
            **forgotten,
        )
        .returning(waits.label("waits"))
    )


def promote(model: type[Waiting]) -> Query[None]:
    """Makes the first of a line READY, no earlier than a moment."""
    earliest = bindparam("earliest", type_=BigInteger)
    return Query(
        update(table(model))
        .where(col(model.id) == _first(model), col(model.state) == const(State.WAITING))
        .values(
            state=const(State.READY), due_at=case((col(model.due_at) < earliest, earliest), else_=col(model.due_at))
        )
    )


def put_back(model: type[Waiting]) -> Query[None]:
    """Gives a row that is in hand back to its line."""
    return Query(
        update(table(model))
        .where(*_in_hand(model))
        .values(
            state=const(State.WAITING),
            due_at=bindparam("due", type_=BigInteger),
            attempts=bindparam("tries", type_=Integer),
            error=bindparam("why", type_=col(model.error).type),
            lease_until=None,
        )
    )


def move(model: type[Waiting]) -> Query[None]:
    """Puts a row into another line."""
    return Query(update(table(model)).where(col(model.id) == bindparam("row")).values(line=bindparam("to")))


def next_due(model: type[Waiting]) -> Query[int | None]:
    """When the first head of a rank is due."""
    return Query.value(
        select(func.min(col(model.due_at))).where(
            col(model.state) == const(State.READY), col(model.rank) == bindparam("rank")
        )
    )


def _over(model: type[Waiting]) -> tuple[ColumnElement[bool], ...]:
    """The row is held too long, or longer than anybody may, or is held where nobody can hold anything."""
    over = or_(
        col(model.lease_until) < bindparam("now"),
        col(model.lease_until) > bindparam("beyond"),
        bindparam("all", type_=Integer) == const(1),
    )
    return col(model.state) == const(State.TAKEN), over


def held_lines(model: type[Waiting]) -> Query[str]:
    """The lines of what `reclaim` gives back."""
    return Query.value(select(col(model.line)).where(*_over(model)))


def reclaim(model: type[Waiting]) -> Query[Waiting]:
    """Gives back what was held too long, or all that is held."""
    return Query(
        update(table(model))
        .where(*_over(model))
        .values(state=const(State.WAITING), lease_until=None)
        .returning(*table(model).columns),
        model,
    )


def take_back(model: type[Waiting]) -> Query[Waiting]:
    """Gives back what is held of one line."""
    return Query(
        update(table(model))
        .where(col(model.line) == bindparam("line"), col(model.state) == const(State.TAKEN))
        .values(state=const(State.WAITING), lease_until=None)
        .returning(*table(model).columns),
        model,
    )


def prune(model: type[Waiting]) -> Query[None]:
    """Forgets what was done before a moment, the oldest first and at most so many."""
    old = (
        select(col(model.id))
        .where(
            col(model.state) >= const(State.DONE),
            col(model.state) == const(State.DONE),
            col(model.ended_at) < bindparam("before"),
        )
        .order_by(col(model.ended_at))
        .limit(bindparam("most", type_=Integer))
    )
    return Query(delete(table(model)).where(col(model.id).in_(old)))
