"""Check-ins on disk, and following those who have one wherever they go."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from core.desk.checkin_desk import timers_of
from core.state.checkins import CheckIn, Sighting, followed, next_look
from storage.engine.locks import of_check_in
from storage.engine.session import Query, Session, const
from storage.queues import timers
from storage.repositories import people
from storage.schema.rows import col
from storage.schema.safety_tables import CheckInRow
from storage.schema.tables import table

_check_in = table(CheckInRow)
_mine = col(CheckInRow.telegram_id) == bindparam("who")
_find = Query.value(select(col(CheckInRow.body)).where(_mine).with_for_update())
_look = Query.value(select(col(CheckInRow.body)).where(_mine))
_all = Query(select(_check_in), CheckInRow)
_accounts = Query.value(select(col(CheckInRow.telegram_id)))
_any = Query.value(select(col(CheckInRow.telegram_id)).limit(const(1)))
_new = insert(_check_in).values({column.name: bindparam(column.name) for column in _check_in.columns})
_save = Query(_new.on_conflict_do_update(index_elements=["telegram_id"], set_={"body": _new.excluded.body}))
_drop = Query(delete(_check_in).where(_mine))
_decoder = json.Decoder(CheckIn)


async def find(session: Session, account: int, *, to_change: bool = False) -> CheckIn | None:
    """The check-in of the person with this account; ``to_change`` locks it until the end of the transaction."""
    if to_change:
        await session.lock(of_check_in(account))
    body = await session.row(_find if to_change else _look, who=account)
    return _decoder.decode(body) if body is not None else None


async def save(session: Session, account: int, check_in: CheckIn | None) -> None:
    """Keep it; None: there is none any more."""
    if check_in is None:
        await session.run(_drop, who=account)
    else:
        await session.run(_save, telegram_id=account, body=json.encode(check_in).decode())


async def follow(session: Session, seen: Iterable[tuple[int, Sighting]]) -> bool:
    """Keep where people (by Telegram id) were seen, for themselves and for their check-ins.

    True when a check-in must be looked at earlier than it was to be.
    """
    seen = tuple(seen)
    watched = await session.row(_any) is not None
    if watched:
        await session.lock(*(of_check_in(who) for who, _ in seen))
    await people.move(session, seen)
    if not watched:
        return False
    earlier = [await _follow(session, who, sighting) for who, sighting in seen]
    return any(earlier)


async def _follow(session: Session, who: int, sighting: Sighting) -> bool:
    """A look that comes too early by then is put off when it comes, so that a step costs no timer."""
    before = await find(session, who, to_change=True)
    if before is None:
        return False
    after = followed(before, sighting)
    if after == before:
        return False
    await save(session, who, after)
    was, look = next_look(before), next_look(after)
    if was is None or look is None or look >= was:
        return False
    await timers.set_timers(session, timers_of(after))
    return True


async def accounts(session: Session) -> list[int]:
    """Everybody who has a check-in, by Telegram id."""
    return await session.rows(_accounts)


async def ask_anew(session: Session, now: datetime) -> None:
    """Ask whoever was asked, once more: their answer may have been lost, and it is no sign that they are in danger."""
    await session.lock(*map(of_check_in, await accounts(session)))
    for row in await session.rows(_all):
        check_in = _decoder.decode(row.body)
        if check_in.asked is not None:
            await _ask_now(session, row.telegram_id, check_in, now)


async def move(session: Session, was: int, account: int, now: datetime) -> None:
    """Take a check-in to the person's other account; a question that waits is asked there again.

    What the former account shared of their way has ended with it, and is no sign of danger.
    """
    await session.lock(of_check_in(was), of_check_in(account))
    check_in = await find(session, was, to_change=True)
    if check_in is None:
        return
    await save(session, was, None)
    check_in = replace(check_in, live_until=None)
    if check_in.asked is not None:
        await _ask_now(session, account, check_in, now)
    else:
        await save(session, account, check_in)
        await timers.set_timers(session, timers_of(check_in))


async def _ask_now(session: Session, account: int, check_in: CheckIn, now: datetime) -> None:
    asked_now = replace(check_in, asked=None, asked_at=None, due_at=now)
    await save(session, account, asked_now)
    await timers.set_timers(session, timers_of(asked_now))
