"""Databases of desks that run elsewhere, and the people put there before they open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import asyncpg

from core.state.person import Person
from core.vocabulary.words import Availability, Membership, Role
from emulator import Telegram
from storage.engine.session import Session
from storage.engine.store import Store, is_postgresql, sqlite_path
from storage.repositories import people


async def enrol(telegram: Telegram, url: str, **roles: list[str]) -> list[Any]:
    """People whom the desk knows, by role: ``agent=["Ana"]``; all of them have written to the bot before."""
    store = Store(url)
    await store.start()
    members = [(Role[role.upper()], name) for role, names in roles.items() for name in names]
    accounts = [telegram.add_person(name) for _, name in members]

    async def unit(session: Session) -> None:
        for account, (role, name) in zip(accounts, members, strict=True):
            await people.save(session, None, _member(account.id, name, role))

    await store.write(unit)
    await store.stop()
    for account in accounts:
        telegram.private(account).started = True
    return accounts


async def asks(url: str, query: str) -> list[tuple[Any, ...]]:
    """Ask the database, while others may write there."""
    if not is_postgresql(url):
        return asks_file(url, query)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def runs(url: str, *statements: str) -> None:
    """Change what is on disk, behind the desk's back."""
    if not is_postgresql(url):
        with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as file:
            for statement in statements:
                file.execute(statement)
        return
    server = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        for statement in statements:
            await server.execute(statement)
    finally:
        await server.close()


def asks_file(url: str, query: str) -> list[tuple[Any, ...]]:
    """As `asks`, of a file of SQLite's."""
    with closing(sqlite3.connect(f"file:{sqlite_path(url)}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def _member(account: int, name: str, role: Role) -> Person:
    return Person(
        id=0,
        account=account,
        name=name,
        role=role,
        membership=Membership.ACTIVE,
        availability=Availability.AVAILABLE,
    )
