"""A send result is kept, but its commit is never confirmed: the line to the database is cut during it."""

from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from bot.notifications.composer import Composer
from bot.transport.api_call import ApiCall
from bot.transport.rate_limits import Limits
from bot.transport.rendering import render
from bot.transport.request import Taken
from bot.transport.send_results import SendResults
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.rules.situation import Rules
from core.vocabulary.words import Lane
from storage.engine.errors import StorageError
from storage.engine.sqlite import Work
from storage.engine.store import Store
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from storage.repositories.unit_of_work import StoreUnitOfWork
from tests.story.clock import MovedClock
from tests.support.databases import fresh

T = TypeVar("T")
LEASE = timedelta(minutes=1)
LONG = AddressedCall(chat=7, lane=Lane.ACTION, method="sendMessage", payload={"chat_id": 7, "text": "long"})


class CutStore(Store):
    """Keeps what it is told; the answer to the next commit gets lost when it is ``cut``."""

    cut = False

    async def write(self, work: Work[T]) -> T:
        answer = await super().write(work)
        if self.cut:
            self.cut = False
            raise StorageError("storage: the connection was lost")
        return answer


async def test_p2_the_tail_of_a_long_message_follows_once_though_nobody_heard_that_it_was_sent(tmp_path: Path) -> None:
    store, clock, texts = CutStore(fresh(tmp_path)), MovedClock(), Texts("es", ZoneInfo("America/Guayaquil"))
    await store.start()
    desk = Desk(units=StoreUnitOfWork(store, render), clock=clock, composer=Composer(texts), rules=Rules())
    limits = Limits.lifted()
    send_results = SendResults(
        store=store, desk=desk, clock=clock, limits=limits, texts=texts, render=render, give_up_after=lambda: LEASE
    )
    await store.write(lambda session: outbox.post(session, [LONG], clock.now()))
    [row] = await store.write(lambda session: outbox.take(session, Lane.ACTION, clock.now(), LEASE, 1))
    api_call = ApiCall(method="sendMessage", payload=b"", tail="and its end")

    store.cut = True
    with pytest.raises(StorageError):
        await send_results.taken(row, api_call, Taken(result={"message_id": 12}))
    await send_results.taken(row, api_call, Taken(result={"message_id": 12}))

    tails: list[str] = []
    while left := await store.write(lambda session: outbox.take(session, Lane.ACTION, clock.now(), LEASE, 1)):
        tails += [letter.method for letter in left]
        await send_results.needless(left[0])
    assert tails == ["sendDocument"]
    await store.stop()
