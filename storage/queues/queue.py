"""The common part of inbox and outbox: lines that are worked off in order, side by side.

Rows of one ``line`` leave one at a time, by rank, by turn and then as they came; lines don't wait for each other. Only
the head of a line is READY (and one of a later turn that it has overtaken), so the question "what can be worked on now"
never walks past what can't. A taker of a row holds it until ``lease_until``; a row that a dead process held is READY
again after that.

A change of the head holds the lock of the line, or two would each see the other's row where there is
no more, or none where there is one. Taking is done without it: it leaves out what somebody else has locked.
"""

from collections.abc import Callable, Iterable
from typing import Generic

from storage.engine.locks import Lock, LockKind
from storage.engine.session import Query, Session
from storage.queues import queue_statements as statements
from storage.queues.queue_statements import State, Waiting
from storage.schema.rows import values_of
from storage.schema.tables import table

__all__ = ["GIVEN", "Queue", "State", "Waiting"]

# The longest lease that the configuration takes: what is held for longer was taken by a clock that was ahead.
LONGEST_LEASE_MS = 10 * 60 * 1000
_KINDS = {"inbox": LockKind.INBOX, "outbox": LockKind.CHAT}
GIVEN = 0  # of a new row, where the statement or the database gives the value: its number and its state


class Queue(Generic[Waiting]):
    """The statements of one such table, which has the columns named here and any others of its own.

    ``known_by`` tells a row that was added before, ``emptied`` is not kept of rows that are done, ``turn`` is a row's
    turn within its rank.
    """

    def __init__(
        self,
        model: type[Waiting],
        *,
        known_by: str | None = None,
        emptied: str | None = None,
        turn: Callable[[Waiting], int] = lambda _: 0,
    ) -> None:
        self._kind = _KINDS[table(model).name]
        self._all_new = known_by is None
        self._turn: Callable[[Waiting], int] = turn
        self._push = statements.push(model, known_by)
        self._overtake = statements.overtake(model)
        self._take: Query[Waiting] = statements.take(model)
        self._end = statements.end(model, emptied)
        self._promote = statements.promote(model)
        self._put_back = statements.put_back(model)
        self._move = statements.move(model)
        self._next_due: Query[int | None] = statements.next_due(model)
        self._held_lines = statements.held_lines(model)
        self._reclaim: Query[Waiting] = statements.reclaim(model)
        self._take_back: Query[Waiting] = statements.take_back(model)
        self._prune = statements.prune(model)

    async def lock(self, session: Session, *lines: str) -> None:
        """Until the end of the transaction nobody else changes the heads of these lines, or of their chat's others."""
        await session.lock(*(self.lock_of(line) for line in lines))

    def lock_of(self, line: str) -> Lock:
        """The lock of a line, and of its chat's others."""
        return Lock(self._kind, line.partition(":")[0])

    async def push(self, session: Session, row: Waiting, *, overtakes: bool = False) -> bool:
        """Add a row at the end of its line, or before all of a higher rank that are not in hand; whether it is new."""
        await self.lock(session, row.line)
        if overtakes:
            await session.run(self._overtake, behind=row.line, before=row.rank)
        if self._all_new:
            await session.run(self._push, **values_of(row))
            return True
        return bool(await session.touched(self._push, **values_of(row)))

    async def push_all(self, session: Session, rows: Iterable[Waiting]) -> None:
        """Add rows, none of which was added before, at the ends of their lines, which are locked."""
        await session.run_each(self._push, map(values_of, rows))

    async def take(self, session: Session, *, rank: int, now: int, lease: int, most: int) -> list[Waiting]:
        """Up to ``most`` heads of this rank that are due, by turn, then oldest first; the caller's until ``lease``."""
        taken = await session.rows(self._take, rank=rank, now=now, lease=lease, most=most)
        return sorted(taken, key=lambda row: (self._turn(row), row.due_at, row.id))

    async def done(self, session: Session, row: Waiting, *, now: int, next_not_before: int = 0) -> bool:
        """It is finished; the next of its line may go, not before the given moment. False: it is no longer ours."""
        return await self._finish(session, row, State.DONE, None, now, next_not_before)

    async def park(self, session: Session, row: Waiting, *, now: int, why: str) -> bool:
        """It can't be done: set aside for people to look at, and the next of its line may go."""
        return await self._finish(session, row, State.PARKED, why, now, 0)

    async def refused(self, session: Session, row: Waiting, *, now: int, why: str) -> bool:
        """It came to nothing as expected: finished, with the reason, and the next of its line may go."""
        return await self._finish(session, row, State.DONE, why, now, 0)

    async def put_back(self, session: Session, row: Waiting, *, due: int, tries: int, why: str | None = None) -> None:
        """Try again when it is ``due``; only what is more urgent goes before it."""
        held = row.lease_until
        await self.lock(session, row.line)
        if await session.touched(self._put_back, row=row.id, held=held, due=due, tries=tries, why=why):
            await self.promote(session, row.line)

    async def step_aside(self, session: Session, row: Waiting, *, line: str, due: int) -> None:
        """Put it back into another line of its chat, so that the rest of its own need not wait for it."""
        held = row.lease_until
        await self.lock(session, row.line)  # the other line's too: it is the chat's
        if await session.touched(self._put_back, row=row.id, held=held, due=due, tries=row.attempts, why=row.error):
            await session.run(self._move, row=row.id, to=line)
            await self.promote(session, row.line)
            await self.promote(session, line)

    async def promote(self, session: Session, line: str, *, not_before: int = 0) -> None:
        """Make the first of a line its head, when nothing of it is READY or TAKEN."""
        await self.lock(session, line)
        await session.run(self._promote, behind=line, earliest=not_before)

    async def next_due(self, session: Session, ranks: Iterable[int]) -> int | None:
        """When the next head is due, over these ranks."""
        asked = [session.ask(self._next_due, rank=rank) for rank in ranks]
        moments: list[int | None] = [moment for each in asked for moment in await each]
        return min((moment for moment in moments if moment is not None), default=None)

    async def reclaim(self, session: Session, *, now: int, everything: bool) -> list[Waiting]:
        """Take back what dead processes held: leases that ran out, or all of them where no other process can be."""
        values = {"now": now, "beyond": now + LONGEST_LEASE_MS, "all": int(everything)}
        over = await session.rows(self._held_lines, **values)
        await self.lock(session, *over)
        held = await session.rows(self._reclaim, **values) if over else []
        for row in held:
            await self.promote(session, row.line)
        return held

    async def take_back(self, session: Session, line: str) -> None:
        """Take what is in hand of a line out of it: whoever has it keeps nothing of what they did with it."""
        await self.lock(session, line)
        if await session.rows(self._take_back, line=line):
            await self.promote(session, line)

    async def prune(self, session: Session, *, before: int, most: int) -> int:
        """Forget what was done before, at most so many; how many."""
        return await session.touched(self._prune, before=before, most=most)

    async def _finish(
        self, session: Session, row: Waiting, state: State, why: str | None, now: int, next_not_before: int
    ) -> bool:
        held = row.lease_until
        await self.lock(session, row.line)
        waits = await session.row(self._end, row=row.id, held=held, end=int(state), at=now, why=why, behind=row.line)
        if waits:
            await self.promote(session, row.line, not_before=next_not_before)
        # None: the lease ran out while we worked, and whoever holds the row now will finish it.
        return waits is not None
