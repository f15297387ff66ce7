"""The time by the clock of a server's database, which decides for all processes that share it."""

from sqlalchemy import text

from storage.engine.session import Query, Session

_now: Query[float] = Query.value(text("SELECT extract(epoch FROM clock_timestamp())::float8"))


async def database_time(session: Session) -> float | None:
    """Seconds since the epoch, by the database's clock."""
    return await session.row(_now)
