"""Options that the commands have in common."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from storage.engine.store import Store

ConfigFile = Annotated[Path, typer.Option("--config", help="The configuration file.")]
THE_CONFIG = Path("config.toml")
T = TypeVar("T")


class Failed(Exception):
    """The command found what it looked for to be wrong; the text is one line."""


class CannotOpen(Exception):
    """The desk's database can't be used; the text is one line."""


def counted(number: int, what: str) -> str:
    """``1 event``, ``2,000 events``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def with_store(url: str, act: "Callable[[Store], Awaitable[T]]") -> T:
    """Open the database beside the desk that may be running on it, act, and close it.

    Raises:
        StorageError: there is no database, or it has not the schema of this version.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from bot.cli.reasons import reason
    from storage.engine.errors import StorageError
    from storage.engine.store import Store
    from storage.ops.migrate import schema_suits

    async def opened() -> T:
        try:
            suits = await schema_suits(url)
        except SQLAlchemyError as error:
            raise StorageError(f"storage.url: the database can't be read ({reason(error)})") from error
        if not suits:
            raise StorageError("storage.url: there is no database with the schema of this version; `gad run` makes one")
        store = Store(url)
        await store.start()
        try:
            return await act(store)
        finally:
            await store.stop()

    return asyncio.run(opened())
