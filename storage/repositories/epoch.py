"""The epoch of the desk's numbers: a new one begins when the database has gone back in time.

What was given a number after the copy was made is gone, and its number would be given again: a button, a code or a
program that still names it would act on something else (P7). So buttons carry the epoch, and numbers begin beyond all
that may have been given.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from secrets import randbelow

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from storage.engine import restored
from storage.engine.identity import IDENTITY_SQL
from storage.engine.locks import EPOCH as EPOCH_LOCK
from storage.engine.restored import IDENTITY, PERSON, jump
from storage.engine.session import Query, Session, const
from storage.engine.store import Store
from storage.queues import outbox_rows
from storage.queues.queue_statements import State
from storage.repositories import checkins
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import CounterRow, EventRow, FormRow, OutboxRow, PersonRow, table

EPOCH = "epoch"
FIRST = 0
# Six letters or digits: 2 thousand millions of them, so that two restores of one backup begin two epochs.
LEAST, MOST = 36**5, 36**6

_counter = table(CounterRow)
_new = insert(_counter).values(name=bindparam("name"), value=bindparam("value"))
_set = Query(_new.on_conflict_do_update(index_elements=["name"], set_={"value": _new.excluded.value}))
_value = Query.value(select(col(CounterRow.value)).where(col(CounterRow.name) == bindparam("name")))
_last_person = Query.value(select(func.coalesce(func.max(col(PersonRow.id)), const(0))))
_last_event = Query.value(select(col(EventRow.at)).order_by(col(EventRow.id).desc()).limit(const(1)))
# The buttons of a question of before are of the epoch before: nobody can answer it.
_end_forms = Query(delete(table(FormRow)))
# The desk that is lost may have sent what waited: emergencies go again and say so, the rest does not.
_waits = col(OutboxRow.state) < const(State.DONE.value)
_waiting_lines = Query.value(select(col(OutboxRow.line)).where(_waits).distinct())
_doubt = Query(update(table(OutboxRow)).where(_waits).values(uncertain=const(1)))
_identity: Query[int] = Query.value(text(IDENTITY_SQL))
_skip_persons = Query.value(select(func.setval(func.pg_get_serial_sequence("person", "id"), bindparam("value"))))


async def _current(session: Session) -> int:
    """The epoch of the database; the first has the number 0."""
    return await session.row(_value, name=EPOCH) or FIRST


async def renew(store: Store, now: datetime) -> int:
    """The epoch of the database; another one, if the database went back in time since it was asked last."""
    return await store.write(partial(_renew_server if store.shared else _renew_file, now=now))


async def follow(store: Store, clock: Callable[[], datetime], told: Callable[[int], None]) -> None:
    """Renew the epoch whenever another database takes the place of this one while the process runs, before all else."""

    async def meet(session: Session) -> int:
        return await _renew_server(session, now=clock())

    await store.follow(meet, told)


async def _renew_file(session: Session, now: datetime) -> int:
    """The epoch of a file: another one when a backup was put in its place and nobody opened it since."""
    lost = await restored.take(session)
    if lost is not None:
        await _begin_another(session, lost, now)
    return await _current(session)


async def _renew_server(session: Session, now: datetime) -> int:
    """The epoch of a server's database: another one when a standby took over, or a dump took its place."""
    await session.lock(EPOCH_LOCK)
    found, known = await session.row(_identity), await session.row(_value, name=IDENTITY)
    assert found is not None
    if found != known:
        if known is not None:
            last = await session.row(_last_event)
            over = jump((to_ms(now) - last) / 1000 if last is not None else 0)
            await _begin_another(session, over, now)
            await session.row(_skip_persons, value=await session.row(_value, name=PERSON))
        await session.run(_set, name=IDENTITY, value=found)
    return await _current(session)


async def _begin_another(session: Session, over: int, now: datetime) -> None:
    """Begin an epoch; so many numbers of each kind may have been given that the database knows nothing of."""
    await checkins.ask_anew(session, now)
    await session.lock(*map(outbox_rows.queue.lock_of, await session.rows(_waiting_lines)))
    await session.run(_doubt)
    await session.run(_end_forms)
    # The numbers last: whoever wants the next one waits for this transaction, and holds locks meanwhile.
    await session.run(_set, name=EPOCH, value=LEAST + randbelow(MOST - LEAST))
    for name in ("task", "unit"):
        await session.run(_set, name=name, value=(await session.row(_value, name=name) or 0) + over)
    # The next person gets this number, and those after them follow (`storage.repositories.people`).
    await session.run(_set, name=PERSON, value=(await session.row(_last_person) or 0) + over + 1)
