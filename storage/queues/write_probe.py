"""Whether anything can be kept: a server that became read-only, or a full disk, still answers questions."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from storage.engine.session import Query, Session
from storage.schema.instants import to_ms
from storage.schema.tables import CounterRow, table

_counter = table(CounterRow)
_now = insert(_counter).values(name="pulse", value=bindparam("now"))
_probe = Query(_now.on_conflict_do_update(index_elements=["name"], set_={"value": _now.excluded.value}))


async def probe(session: Session, now: datetime) -> None:
    """Keep something small; StorageError, from the transaction, when that can't be done."""
    await session.run(_probe, now=to_ms(now))
