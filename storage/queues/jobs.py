"""Which process does what the calendar asks for: one of them, each time."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_
from sqlalchemy.dialects.postgresql import insert

from storage.engine.locks import of_job
from storage.engine.session import Query, Session
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import CounterRow, table

_counter = table(CounterRow)
_new = insert(_counter).values(name=bindparam("name"), value=bindparam("now"))
_claim = Query.value(
    _new.on_conflict_do_update(
        index_elements=["name"],
        set_={"value": _new.excluded.value},
        where=or_(col(CounterRow.value) <= bindparam("before"), col(CounterRow.value) > bindparam("after")),
    ).returning(col(CounterRow.value))
)


async def claim(session: Session, job: str, now: datetime, every: timedelta) -> bool:
    """Whether the job is the caller's this time: nobody did it within the last half of its interval.

    A time that is further ahead than the interval was written by a wrong clock, and holds nobody back.
    """
    await session.lock(of_job(job))
    moments = {"now": to_ms(now), "before": to_ms(now - every / 2), "after": to_ms(now + every)}
    return await session.row(_claim, name=f"job.{job}", **moments) is not None
