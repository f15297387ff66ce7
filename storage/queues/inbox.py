"""Updates, from the moment Telegram is told that they arrived until they are handled (P1)."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from msgspec import Struct, json
from sqlalchemy import bindparam, func, select

from storage.engine.session import Query, Session, const
from storage.queues import canary
from storage.queues.canary import Share
from storage.queues.queue import GIVEN, Queue, State
from storage.schema.instants import to_ms
from storage.schema.rows import col, row_class
from storage.schema.tables import InboxRow

_new = row_class(InboxRow)
queue = Queue(InboxRow, known_by="update_id", emptied="payload")
_known = Query.value(
    select(func.coalesce(col(InboxRow.fingerprint), const(""))).where(col(InboxRow.update_id) == bindparam("update_id"))
)

_unfinished = Query.value(
    select(col(InboxRow.id))
    .where(col(InboxRow.state) < const(State.DONE.value), col(InboxRow.received_at) <= bindparam("before"))
    .limit(const(1))
)

_newest = Query.value(select(func.coalesce(func.max(col(InboxRow.id)), const(0))))

URGENT, ORDINARY = 1, 2
DEEPEST = 100  # levels of an update that are kept where it nests too deep to be written; Telegram's have under 20

# A character that nobody sees and that PostgreSQL's texts can't hold; a pair of backslashes before it is text.
NUL = r"\u0000"
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


class Arrival(Struct, frozen=True, kw_only=True):
    """An update as it came: those of one ``line`` are handled in order, the urgent ones first.

    Two of one number and another ``fingerprint`` are two updates; without one, the number alone tells.
    """

    update_id: int
    line: str
    urgent: bool
    payload: str
    fingerprint: str | None = None


async def receive(session: Session, arrivals: Sequence[Arrival], now: datetime) -> int:
    """Keep what is new; a redelivered update is known by number and fingerprint (P2). How many were new."""
    moment = to_ms(now)
    new = 0
    await queue.lock(session, *(arrival.line for arrival in arrivals))
    for arrival in arrivals:
        # One that goes before others would stop the head of its line for nothing, if it were known.
        if arrival.urgent:
            known = await session.row(_known, update_id=arrival.update_id)
            added = known is None and await _push(session, arrival, arrival.update_id, moment)
        else:
            added = await _push(session, arrival, arrival.update_id, moment)
            known = None if added else await session.row(_known, update_id=arrival.update_id)
        if known and arrival.fingerprint is not None and known != arrival.fingerprint:
            number = _another_number(arrival.update_id, arrival.fingerprint)
            if await session.row(_known, update_id=number) is None:
                added = await _push(session, arrival, number, moment)
        new += added
    return new


async def _push(session: Session, arrival: Arrival, number: int, moment: int) -> bool:
    row = _new(
        id=GIVEN,
        update_id=number,
        line=arrival.line,
        rank=URGENT if arrival.urgent else ORDINARY,
        state=GIVEN,
        due_at=moment,
        lease_until=None,
        attempts=0,
        ended_at=None,
        error=None,
        received_at=moment,
        payload=arrival.payload,
        fingerprint=arrival.fingerprint,
    )
    return await queue.push(session, row, overtakes=arrival.urgent)


def _another_number(update_id: int, fingerprint: str) -> int:
    """The number under which an update is kept whose own is another's: always the same, and none that Telegram gives.

    Telegram's are positive (https://core.telegram.org/bots/api#update).
    """
    digest = blake2b(f"{update_id}:{fingerprint}".encode(), digest_size=8).digest()
    return -1 - (int.from_bytes(digest) >> 1)


async def take(
    session: Session, now: datetime, lease: timedelta, most: int, share: Share | None = None
) -> list[InboxRow]:
    """Heads to be handled now, the urgent ones first; of the others those of this process's ``share``."""
    until = to_ms(now + lease)
    taken = await queue.take(session, rank=URGENT, now=to_ms(now), lease=until, most=most)
    if (left := most - len(taken)) <= 0:
        return taken
    if share is None:
        return taken + await queue.take(session, rank=ORDINARY, now=to_ms(now), lease=until, most=left)
    ours = await canary.take(session, share, rank=ORDINARY, now=now, lease=until, most=left)
    return taken + sorted(ours, key=lambda row: (row.due_at, row.id))


async def handled(session: Session, row: InboxRow, now: datetime) -> bool:
    """Done: its text goes, its number stays. False: it was no longer ours, and whoever has it will finish it."""
    return await queue.done(session, row, now=to_ms(now))


async def retry(session: Session, row: InboxRow, due: datetime, why: str) -> None:
    """Handle it again later."""
    await queue.put_back(session, row, due=to_ms(due), tries=row.attempts + 1, why=why)


async def park(session: Session, row: InboxRow, now: datetime, why: str) -> bool:
    """It can't be handled: kept, with the reason. False as in `handled`."""
    return await queue.park(session, row, now=to_ms(now), why=why)


async def next_due(session: Session) -> int | None:
    """When the next retry is due, in milliseconds since the epoch."""
    return await queue.next_due(session, (URGENT, ORDINARY))


async def unfinished(session: Session, before: datetime) -> bool:
    """Whether something that came before this moment, or at it, waits to be handled."""
    return await session.row(_unfinished, before=to_ms(before)) is not None


async def newest(session: Session) -> int:
    """Number of the newest update here; 0 when there is none."""
    return await session.row(_newest) or 0


async def reclaim(session: Session, now: datetime, *, everything: bool) -> int:
    """Take back what a dead process held; how many."""
    return len(await queue.reclaim(session, now=to_ms(now), everything=everything))


async def prune(session: Session, before: datetime, most: int) -> int:
    """Forget the numbers of what was handled before, at most so many."""
    return await queue.prune(session, before=to_ms(before), most=most)


def _shallow(value: object, levels: int) -> object:
    """The value without what lies deeper than so many levels."""
    match value:
        case dict():
            return {key: _shallow(part, levels - 1) for key, part in value.items()} if levels else None
        case list():
            return [_shallow(part, levels - 1) for part in value] if levels else None
        case _:  # numbers, texts and the like have nothing inside
            return value


def arrival(raw: dict[str, Any], *, line: str, urgent: bool, fingerprint: str | None = None) -> Arrival:
    """An update as it goes to disk; KeyError for what is not an update at all."""
    try:
        payload = json.encode(raw).decode()
    except RecursionError:
        payload = json.encode(_shallow(raw, DEEPEST)).decode()
    if NUL in payload:
        payload = _NUL.sub(r"\1", payload)
    return Arrival(update_id=raw["update_id"], line=line, urgent=urgent, payload=payload, fingerprint=fingerprint)
