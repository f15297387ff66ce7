"""What inbox and outbox have in common: lines that are worked off in order, side by side.

Rows of one ``line`` leave one at a time, by rank and then as they came; lines don't wait for each other. Only the
head of a line is READY, so the question "what can be worked on now" never walks past what can't. Whoever takes a row
holds it until ``lease_until``; what a dead process held is READY again after that.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, Integer, Table, bindparam, case, exists, func, insert, or_, select, update

from storage.session import Query, Row, Session, const


class State(IntEnum):
    """Where a row is. Below ``DONE`` it is unfinished and holds its line."""

    WAITING = 0
    READY = 1
    TAKEN = 2
    DONE = 3
    PARKED = 4


class Queue:
    """The statements of one such table, which has the columns named here and any others of its own."""

    def __init__(self, table: Table) -> None:
        self.table = table
        c = table.c
        ahead = exists().where(
            c.line == bindparam("line"),
            c.state < const(State.DONE),
            or_(c.rank <= bindparam("rank"), c.state == const(State.TAKEN)),
        )
        given = [column.name for column in table.columns if column.name not in ("id", "state")]
        self._push = Query(
            insert(table)
            .values(
                {name: bindparam(name, type_=c[name].type) for name in given}
                | {"state": case((ahead, const(State.WAITING)), else_=const(State.READY))}
            )
            .returning(c.id)
        )
        heads = (
            select(c.id)
            .where(c.state == const(State.READY), c.rank == bindparam("rank"), c.due_at <= bindparam("now"))
            .order_by(c.due_at, c.id)
            .limit(bindparam("most", type_=Integer))
            .with_for_update(skip_locked=True)
        )
        self._take = Query(
            update(table)
            .where(c.id.in_(heads))
            .values(state=const(State.TAKEN), lease_until=bindparam("lease", type_=BigInteger))
            .returning(*table.columns)
        )
        self._end = Query(
            update(table)
            .where(c.id == bindparam("row"), c.state == const(State.TAKEN))
            .values(
                state=bindparam("end", type_=Integer),
                ended_at=bindparam("at", type_=BigInteger),
                error=bindparam("why", type_=c.error.type),
                lease_until=None,
            )
        )
        self._overtake = Query(
            update(table)
            .where(
                c.line == bindparam("behind"),
                c.state < const(State.DONE),
                c.state == const(State.READY),
                c.rank > bindparam("before"),
            )
            .values(state=const(State.WAITING))
        )
        first_behind = (
            select(c.id)
            .where(c.line == bindparam("behind"), c.state < const(State.DONE), c.state != const(State.TAKEN))
            .order_by(c.rank, c.id)
            .limit(const(1))
            .scalar_subquery()
        )
        self._promote = Query(
            update(table)
            .where(c.id == first_behind, c.state == const(State.WAITING))
            .values(
                state=const(State.READY),
                due_at=case(
                    (c.due_at < bindparam("earliest"), bindparam("earliest", type_=BigInteger)), else_=c.due_at
                ),
            )
        )
        self._put_back = Query(
            update(table)
            .where(c.id == bindparam("row"), c.state == const(State.TAKEN))
            .values(
                state=const(State.READY),
                due_at=bindparam("due", type_=BigInteger),
                attempts=bindparam("tries", type_=Integer),
                error=bindparam("why", type_=c.error.type),
                lease_until=None,
            )
        )
        self._next_due = Query(
            select(func.min(c.due_at).label("due")).where(c.state == const(State.READY), c.rank == bindparam("rank"))
        )
        self._prune = Query(
            table.delete().where(
                c.state >= const(State.DONE), c.state == const(State.DONE), c.ended_at < bindparam("before")
            )
        )
        self._reclaim = Query(
            update(table)
            .where(
                c.state == const(State.TAKEN),
                or_(c.lease_until < bindparam("now"), bindparam("all", type_=Integer) == const(1)),
            )
            .values(state=const(State.READY), lease_until=None, attempts=c.attempts + 1)
            .returning(*table.columns)
        )

    async def push(self, session: Session, row: Mapping[str, Any], *, overtakes: bool = False) -> int:
        """Add a row at the end of its line, or before all of a higher rank that are not in hand; its number."""
        if overtakes:
            await session.run(self._overtake, behind=row["line"], before=row["rank"])
        added = await session.row(self._push, **row)
        assert added is not None
        return int(added["id"])

    async def take(self, session: Session, *, rank: int, now: int, lease: int, most: int) -> list[Row]:
        """Up to ``most`` heads of this rank that are due, oldest first; they are the caller's until ``lease``."""
        taken = await session.rows(self._take, rank=rank, now=now, lease=lease, most=most)
        return sorted(taken, key=lambda row: (row["due_at"], row["id"]))

    async def done(self, session: Session, row: Row, *, now: int, next_not_before: int = 0) -> None:
        """It is finished; the next of its line may go, not before the given moment."""
        await self._finish(session, row, State.DONE, None, now, next_not_before)

    async def park(self, session: Session, row: Row, *, now: int, why: str) -> None:
        """It can't be done: set aside for people to look at, and the next of its line may go."""
        await self._finish(session, row, State.PARKED, why, now, 0)

    async def put_back(self, session: Session, row: Row, *, due: int, tries: int, why: str | None = None) -> None:
        """Try again when it is ``due``; it stays the head of its line."""
        await session.run(self._put_back, row=row["id"], due=due, tries=tries, why=why)

    async def promote(self, session: Session, line: str, *, not_before: int = 0) -> None:
        """Make the first of a line its head, when nothing of it is READY or TAKEN."""
        await session.run(self._promote, behind=line, earliest=not_before)

    async def next_due(self, session: Session, ranks: Iterable[int]) -> int | None:
        """When the next head is due, over these ranks."""
        moments = [await session.row(self._next_due, rank=rank) for rank in ranks]
        due = [moment["due"] for moment in moments if moment is not None and moment["due"] is not None]
        return min(due, default=None)

    async def reclaim(self, session: Session, *, now: int, everything: bool) -> list[Row]:
        """Take back what dead processes held: leases that ran out, or all of them where no other process can be."""
        return await session.rows(self._reclaim, now=now, all=int(everything))

    async def prune(self, session: Session, *, before: int) -> int:
        """Forget what was done before; how many."""
        return await session.run(self._prune, before=before)

    async def _finish(
        self, session: Session, row: Row, state: State, why: str | None, now: int, next_not_before: int
    ) -> None:
        ended = await session.run(self._end, row=row["id"], end=int(state), at=now, why=why)
        if ended:  # a lease that ran out while we worked: whoever holds the row now will finish it
            await self.promote(session, row["line"], not_before=next_not_before)
