"""Units that run side by side make chains that are whole (P10), whatever the database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.transport.rendering import render
from core.desk.ports import Record, Repository
from core.vocabulary import events as e
from storage.audit import audit, chain, record
from storage.engine.session import Session
from storage.engine.store import Store
from storage.repositories.unit_of_work import StoreUnitOfWork

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def happened(number: int) -> Record:
    """Something that somebody did."""
    return Record(at=NOON, event=e.Noted(text=f"niño {number} 🚨"), by=7, via="chat", reason="por ver", task=number % 3)


async def test_p10_units_that_run_together_make_one_chain(store: Store) -> None:
    units = StoreUnitOfWork(store, render)

    def acts(number: int, *, fails: bool) -> Callable[[Repository], Awaitable[None]]:
        async def unit(repository: Repository) -> None:
            await repository.record([happened(number), happened(number)])
            if fails:
                raise ValueError(number)

        return unit

    doing = [units.write(acts(number, fails=number % 5 == 0)) for number in range(40)]
    failed = [answer for answer in await asyncio.gather(*doing, return_exceptions=True) if answer is not None]

    assert len(failed) == 8
    verdict = await audit.verify(store)
    assert (verdict.flaw, verdict.events) == (None, 64)


async def test_p10_a_record_is_looked_through_while_it_grows(store: Store) -> None:
    async def write(session: Session) -> None:
        await record.add(session, [happened(1), happened(2), happened(3)])

    async def grow() -> None:
        for _ in range(30):
            await store.write(write)

    growing = [asyncio.create_task(grow()) for _ in range(4)]
    verdicts = [await audit.verify(store) for _ in range(10)]
    await asyncio.gather(*growing)

    assert {verdict.flaw for verdict in verdicts} == {None}
    seal = chain.seal_of(await store.read(chain.ends))
    assert (await audit.verify(store, seal)).events == 360


async def test_p10_a_unit_that_fails_after_it_was_recorded_leaves_no_trace_in_the_chain(store: Store) -> None:
    async def adds(session: Session) -> None:
        await record.add(session, [happened(1), happened(2)])

    async def changes_its_mind(session: Session) -> None:
        await adds(session)
        raise ValueError

    async def can_not_be_kept(session: Session) -> None:
        await adds(session)
        for _ in range(2):
            await record.remember(session, "update:1", b"{}", NOON)

    await store.write(adds)
    for fails in (changes_its_mind, can_not_be_kept):
        with pytest.raises(Exception):  # noqa: B017, PT011 - the second is the driver's own
            await store.write(fails)
        await store.write(adds)

    verdict = await audit.verify(store)
    assert (verdict.flaw, verdict.events) == (None, 6)
