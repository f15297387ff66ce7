"""Databases for tests: each a copy of one that was brought up to date once."""

import asyncio
import shutil
import tempfile
from functools import cache
from pathlib import Path

from storage.migrate import upgrade


def url_of(file: Path) -> str:
    """How the configuration names a file."""
    return f"sqlite+aiosqlite:///{file}"


def fresh(folder: Path) -> str:
    """The URL of a new database in this folder, with the schema and nothing in it."""
    file = folder / "gad.db"
    shutil.copy(_template(), file)
    return url_of(file)


@cache
def _template() -> Path:
    file = Path(tempfile.mkdtemp(prefix="gad-tests-")) / "template.db"
    asyncio.run(upgrade(url_of(file)))
    return file
