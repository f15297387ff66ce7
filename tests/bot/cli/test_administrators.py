"""`gad check` says how an administrator comes in, where the desk has none."""

import asyncio
from pathlib import Path

import pytest

from bot.cli.administrators import advice
from bot.config.schema import Access, Config, Storage
from core.state.person import Person
from core.vocabulary.words import Availability, Membership, Role
from storage.engine.store import Store
from storage.ops.migrate import upgrade
from storage.repositories import people


def kept(url: str, role: Role, membership: Membership) -> None:
    """A database with one person."""
    person = Person(
        id=0, account=7, name="Ana", role=role, membership=membership, availability=Availability.UNAVAILABLE
    )

    async def make() -> None:
        await upgrade(url)
        store = Store(url)
        await store.start()
        await store.write(lambda session: people.save(session, None, person))
        await store.stop()

    asyncio.run(make())


@pytest.mark.parametrize(
    ("somebody", "named", "line"),
    [
        (None, True, None),
        (None, False, "access.admins is empty: `gad invite administrador` lets one in, where nobody is yet"),
        ((Role.ADMIN, Membership.ACTIVE), False, None),
        ((Role.SUPERVISOR, Membership.ACTIVE), False, "nobody is an administrator: `gad invite administrador` lets"),
        ((Role.ADMIN, Membership.DISABLED), True, "nobody is an administrator: whom access.admins names is let in by"),
    ],
)
def test_a_desk_without_an_administrator_says_which_command_helps(
    tmp_path: Path, somebody: tuple[Role, Membership] | None, named: bool, line: str | None
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'gad.db'}"
    if somebody is not None:
        kept(url, *somebody)
    said = advice(Config(storage=Storage(url=url), access=Access(admins=(7,) if named else ())))
    assert said == line if line is None else said is not None and said.startswith(line)
