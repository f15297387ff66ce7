"""The statements of a table whose rows wait in lines (``storage.queues.queue`` says what for)."""

from enum import IntEnum

from sqlalchemy import BigInteger, Integer, Table, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect

from storage.engine.session import Query, const


class State(IntEnum):
    """Where a row is. Below ``DONE`` it is unfinished and holds its line."""

    WAITING = 0
    READY = 1
    TAKEN = 2
    DONE = 3
    PARKED = 4


def push(table: Table, known_by: str | None) -> Query:
    """Adds a row: READY when nothing of its line is before it, else WAITING. What is known already stays as it is."""
    c = table.c
    before = exists().where(c.line == bindparam("line"), c.state < const(State.DONE), c.rank <= bindparam("rank"))
    in_hand = exists().where(c.line == bindparam("line"), c.state == const(State.TAKEN))
    given = [column.name for column in table.columns if column.name not in ("id", "state")]
    added = (
        insert(table)
        .inline()
        .values(
            {name: bindparam(name, type_=c[name].type) for name in given}
            | {"state": case((or_(before, in_hand), const(State.WAITING)), else_=const(State.READY))}
        )
    )
    if known_by is not None:
        added = added.on_conflict_do_nothing(index_elements=[known_by])
    return Query(added)


def overtake(table: Table) -> Query:
    """Puts the head of a line back behind a row of a lower rank than its own."""
    c = table.c
    return Query(
        update(table)
        .where(c.id == _first(table), c.state == const(State.READY), c.rank > bindparam("before"))
        .values(state=const(State.WAITING))
    )


def _first(table: Table) -> ScalarSelect[int]:
    """The first of the line ``behind`` that is not in hand."""
    c = table.c
    unfinished = (c.line == bindparam("behind"), c.state < const(State.DONE), c.state != const(State.TAKEN))
    return select(c.id).where(*unfinished).order_by(c.rank, c.id).limit(const(1)).scalar_subquery()


def take(table: Table) -> Query:
    """Takes the heads of one rank that are due, for a while."""
    c = table.c
    heads = (
        select(c.id)
        .where(c.state == const(State.READY), c.rank == bindparam("rank"), c.due_at <= bindparam("now"))
        .order_by(c.due_at, c.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("heads")  # looked for once: a subquery may be run again for each row, and then takes more than asked for
    )
    return Query(
        update(table)
        .where(c.id.in_(select(heads.c.id)))
        .values(state=const(State.TAKEN), lease_until=bindparam("lease", type_=BigInteger))
        .returning(*table.columns)
    )


def _in_hand(table: Table) -> tuple[ColumnElement[bool], ...]:
    """The row is held by whoever took it until ``held``, and by nobody who took it after that lease had run out."""
    c = table.c
    return c.id == bindparam("row"), c.state == const(State.TAKEN), c.lease_until == bindparam("held")


def end(table: Table, emptied: str | None) -> Query:
    """Finishes a row that is in hand: done, or parked with the reason. What is done needs its text no longer."""
    c = table.c
    done = bindparam("end", type_=Integer) == const(State.DONE)
    forgotten = {emptied: case((done, const("")), else_=c[emptied])} if emptied is not None else {}
    return Query(
        update(table)
        .where(*_in_hand(table))
        .values(
            state=bindparam("end", type_=Integer),
            ended_at=bindparam("at", type_=BigInteger),
            error=bindparam("why", type_=c.error.type),
            lease_until=None,
            **forgotten,
        )
    )


def promote(table: Table) -> Query:
    """Makes the first of a line READY, no earlier than a moment."""
    c = table.c
    earliest = bindparam("earliest", type_=BigInteger)
    return Query(
        update(table)
        .where(c.id == _first(table), c.state == const(State.WAITING))
        .values(state=const(State.READY), due_at=case((c.due_at < earliest, earliest), else_=c.due_at))
    )


def put_back(table: Table) -> Query:
    """Gives a row that is in hand back to its line."""
    c = table.c
    return Query(
        update(table)
        .where(*_in_hand(table))
        .values(
            state=const(State.WAITING),
            due_at=bindparam("due", type_=BigInteger),
            attempts=bindparam("tries", type_=Integer),
            error=bindparam("why", type_=c.error.type),
            lease_until=None,
        )
    )


def next_due(table: Table) -> Query:
    """When the first head of a rank is due."""
    c = table.c
    return Query(
        select(func.min(c.due_at).label("due")).where(c.state == const(State.READY), c.rank == bindparam("rank"))
    )


def _over(table: Table) -> tuple[ColumnElement[bool], ...]:
    """The row is held too long, or is held where nobody can hold anything."""
    c = table.c
    over = or_(c.lease_until < bindparam("now"), bindparam("all", type_=Integer) == const(1))
    return c.state == const(State.TAKEN), over


def held_lines(table: Table) -> Query:
    """The lines of what `reclaim` gives back."""
    return Query(select(table.c.line).where(*_over(table)))


def reclaim(table: Table) -> Query:
    """Gives back what was held too long, or all that is held."""
    return Query(
        update(table)
        .where(*_over(table))
        .values(state=const(State.WAITING), lease_until=None)
        .returning(*table.columns)
    )


def prune(table: Table) -> Query:
    """Forgets what was done before a moment."""
    c = table.c
    return Query(
        table.delete().where(
            c.state >= const(State.DONE), c.state == const(State.DONE), c.ended_at < bindparam("before")
        )
    )
