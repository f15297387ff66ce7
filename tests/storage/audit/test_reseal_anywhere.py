"""Words of before are set apart on either database; on a server, while no desk runs there (P10, P15)."""

from functools import partial

import pytest
from msgspec import json
from sqlalchemy import bindparam, insert

from core.desk.ports import Record
from core.vocabulary import events as e
from core.vocabulary.desk_events import Erased
from storage.audit import audit, chain, erasing, record
from storage.audit.in_chain import IN_CHAIN, in_chain
from storage.audit.reseal import connections_beside, reseal
from storage.engine.errors import StorageError
from storage.engine.session import Query, Session
from storage.engine.store import Store
from storage.schema.tables import CounterRow, EventRow, table
from tests.story.clock import NOON
from tests.support.backups import KEY

EVENTS = 5
_event = table(EventRow)
_put = Query(insert(_event).values({c.name: bindparam(c.name) for c in _event.columns if c.name != "id"}))
_mark = Query(insert(table(CounterRow)).values(name=bindparam("name"), value=bindparam("value")))


async def written_before(session: Session) -> None:
    """Events of a release before: all words are in the chain itself."""
    body = json.encode(e.Noted(text="el portón azul")).decode()
    one = chain.Hashed(
        chain=0, link=0, at=1, task=1, person=None, unit=None, by=4, via="chat", reason="por ver", body=body
    )
    linked = await chain.link(session, [chain.NewEvent(event=one)] * EVENTS)
    await session.run_each(_put, [new.columns for new in linked])
    await session.run(_mark, name=IN_CHAIN, value=EVENTS)


async def test_p15_words_of_before_can_be_erased_on_either_database_once_resealed(store: Store) -> None:
    await store.write(written_before)
    was = (await audit.verify(store)).seal
    done = await store.write(partial(reseal, key=KEY, now=NOON))
    assert (done.events, done.apart) == (EVENTS, EVENTS)
    assert not await store.read(in_chain)

    async def erases(session: Session) -> None:
        await erasing.erase(session, await erasing.words_of(session, 4), Erased(events=(), person=4), NOON)

    await store.write(erases)
    rows = (await store.read(partial(chain.page, after=0)))[:EVENTS]
    assert {(row.reason, "portón" in row.body) for row in rows} == {("", False)}
    added = Record(at=NOON, event=e.Noted(text="después"), by=4, via="chat", task=1)
    await store.write(partial(record.add, records=[added]))
    for seal in (None, was):
        verdict = await audit.verify(store, seal)
        assert (verdict.flaw, verdict.events) == (None, EVENTS + 3), "the seam, the erasure, and what came after"


@pytest.mark.outgrown
async def test_p10_beside_a_desk_on_the_same_server_nothing_is_resealed(served: str) -> None:
    store, beside = Store(served), Store(served)
    await beside.start()
    await beside.write(written_before)
    await store.start()
    with pytest.raises(StorageError, match="stop it"):
        await store.write(partial(reseal, key=KEY, now=NOON))
    await beside.stop()
    while await store.write(connections_beside):
        pass  # the server sees an end a moment later
    assert await store.read(in_chain)
    assert (await store.write(partial(reseal, key=KEY, now=NOON))).apart == EVENTS
    assert (await audit.verify(store)).flaw is None
    await store.stop()
