"""Proof that a connection to PostgreSQL keeps its session: slots, locks and prepared statements live in it.

A pooler in transaction mode (PgBouncer's ``pool_mode = transaction``) gives each transaction the server's connection
that is free just then, so a session's own things are found by strangers and missed by their owner.
https://www.pgbouncer.org/features.html
"""

from operator import itemgetter

from storage.engine.errors import StorageError
from storage.engine.pipeline import Pipeline

_MARK = "SELECT set_config('gad.session', $1, false)"
_MARKED = "SELECT current_setting('gad.session', true)"
ADVICE = (
    "storage.url: a pooler hands the desk's sessions around (PgBouncer in transaction mode); "
    "set pool_mode = session for it, or name the server itself"
)


async def prove_own_session(one: Pipeline, other: Pipeline) -> None:
    """Mark one session and look from both, while the other holds a transaction open, and a server with it.

    Raises:
        StorageError: the mark is seen by the other, or missed by its owner.
    """
    await one.ask(_MARK, ("mine",))
    other.put("BEGIN")
    seen = await _mark(other)
    kept = await _mark(one)
    await other.ask("COMMIT")
    if seen == "mine" or kept != "mine":
        raise StorageError(ADVICE)


async def _mark(pipeline: Pipeline) -> str | None:
    marks = pipeline.rows(await pipeline.ask(_MARKED), itemgetter(0))
    return marks[0] if marks else None
