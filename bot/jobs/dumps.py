"""Dumps of PostgreSQL that somebody else's timer puts into the folder of backups: how old the newest is."""

from datetime import UTC, datetime
from pathlib import Path

DUMPS = "gad-*.dump"
# The first bytes of pg_dump's custom format. An empty file of a dump that failed is none.
MAGIC = b"PGDMP"


def newest_dump(folder: Path) -> datetime | None:
    """When the newest dump there was finished; None where there is none, or the folder can't be read."""
    try:
        return max((_finished(file) for file in folder.glob(DUMPS) if _is_dump(file)), default=None)
    except OSError:
        return None


def _is_dump(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(MAGIC)) == MAGIC


def _finished(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
