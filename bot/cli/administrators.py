"""Whether anybody leads the desk, and the command that helps when nobody does."""

from typing import TYPE_CHECKING

from bot.cli.options import with_store

if TYPE_CHECKING:
    from bot.config.schema import Config
    from storage.engine.session import Session

INVITE = "`gad invite administrador` lets one in"


def advice(config: "Config") -> str | None:
    """How an administrator comes in, where the database has none (None: it has one)."""
    from core.vocabulary.words import Membership, Role
    from storage.engine.errors import StorageError
    from storage.repositories import people

    async def somebody(session: "Session") -> bool:
        return bool(await people.page(session, Membership.ACTIVE, Role.ADMIN, most=1))

    try:
        led = with_store(config.storage.url, lambda store: store.read(somebody))
    except StorageError:  # there is none yet, or `gad run` brings it up to date first
        return None if config.access.admins else f"access.admins is empty: {INVITE}, where nobody is yet"
    if led:
        return None
    if not config.access.admins:
        return f"nobody is an administrator: {INVITE}"
    return (
        f"nobody is an administrator: whom access.admins names is let in by /start, unless put out; {INVITE} otherwise"
    )
