"""Whether anything can be kept: a server that became read-only, or a locked file, still answers questions.

A change of no row asks for all that a change of one does, and writes nothing: health may be asked as often as it likes.
"""

from sqlalchemy import update

from storage.engine.session import Query, Session, const
from storage.schema.tables import CounterRow, table

_counter = table(CounterRow)
_probe = Query(update(_counter).where(_counter.c.name == const("")).values(value=const(0)))


async def probe(session: Session) -> None:
    """Change nothing; StorageError, from the transaction, when nothing could be changed."""
    await session.run(_probe)
