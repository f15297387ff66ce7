"""Redis's bad days: emptied, restarted, gone for long, silent.

The desk goes on with a safe share of Telegram's limits, earns no 429, says so, and is itself again when Redis is.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from core.vocabulary.words import Lane
from emulator.calls import CallRecord
from storage.queues import outbox
from storage.queues.addressed_call import AddressedCall
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health
from tests.support.servers.line import Line
from tests.support.servers.redis import RedisServer

pytestmark = [pytest.mark.outgrown, pytest.mark.parametrize("database", ["postgresql"], indirect=True)]
PARK = (-2.1862, -79.8885)


@pytest.fixture
def server() -> Iterator[RedisServer]:
    """One that nobody else uses."""
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
async def line(server: RedisServer) -> AsyncIterator[Line]:
    """The desk's way to it."""
    line = Line(server.url)
    await line.start()
    yield line
    await line.stop()


@pytest.fixture
async def desk(tmp_path: Path, database: str, line: Line) -> AsyncIterator[StoryDesk]:
    story = StoryDesk(tmp_path, storage={"url": database}, redis={"url": line.url})
    await story.open()
    await story.advance(60)
    yield story
    await story.end()


async def backlog(desk: StoryDesk, many: int) -> None:
    """So many people each have a routine message to come."""
    accounts = [desk.telegram.add_person(f"Vecino {number}") for number in range(many)]
    for account in accounts:
        desk.telegram.private(account).started = True
    letters = [
        AddressedCall(
            chat=one.id, lane=Lane.ROUTINE, method="sendMessage", payload={"chat_id": one.id, "text": "aviso"}
        )
        for one in accounts
    ]
    await desk.app.store.write(lambda session: outbox.post(session, letters, desk.clock.now()))
    desk.app.delivery.in_flight.bell.set()


def sent(desk: StoryDesk) -> list[CallRecord]:
    return [call for call in desk.telegram.calls if call.method == "sendMessage"]


def refused(desk: StoryDesk) -> list[CallRecord]:
    return [call for call in desk.telegram.calls if call.error_code == 429]


async def test_p6_redis_that_forgets_everything_is_told_and_no_limit_is_broken(
    desk: StoryDesk, server: RedisServer
) -> None:
    await backlog(desk, 120)
    for _ in range(3):
        await desk.passes(0.7)
        server.forget()
    await desk.passes(6)
    assert len(sent(desk)) == 120
    assert refused(desk) == []
    assert await health(desk) == WELL


async def test_p5_p6_while_redis_is_gone_the_desk_goes_on_with_a_share_of_the_limits(
    desk: StoryDesk, server: RedisServer
) -> None:
    """A quarter of what Telegram takes, an emergency first; the whole again when Redis is back."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await backlog(desk, 400)
    await desk.passes(1)
    server.halt()
    await desk.passes(3)
    away = {
        "redis": "away: a share of the limits is used",
        "limits": "Redis is away (the connection is cut): a share of the limits is used",
    }
    assert await health(desk) == (True, "degraded", away)

    before = len(sent(desk))
    await desk.passes(10)
    assert 40 <= len(sent(desk)) - before <= 80, "it goes on, with a share"
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes(1)
    juan.sees("Alerta enviada")
    sara.sees("Robo")

    server.start()
    await desk.passes_until(lambda: desk.app.cluster.redis == "ok", "Redis is met again")
    assert await health(desk) == WELL
    before = len(sent(desk))
    await desk.passes(5)
    assert len(sent(desk)) - before >= 100, "and to the full again"
    assert refused(desk) == []
    sara.reads_all()
    juan.reads_all()


async def test_p5_redis_that_falls_silent_is_given_up_in_a_moment(desk: StoryDesk, line: Line) -> None:
    """Half a second by the wall clock, the bot's second on the desk's: then the emergency leaves."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    line.fall_silent()
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.passes_until(lambda: bool(sara.unread), "the alert goes out")
    assert sorted((await health(desk)).unwell) == ["limits", "redis"]
    line.speak()
    await desk.passes_until(lambda: desk.app.cluster.redis == "ok", "Redis is met again")
    await desk.passes(3)
    juan.sees("Alerta enviada")
    sara.sees("Robo")
    sara.reads_all()
    assert (await health(desk)).status == "well"
    assert refused(desk) == []


async def test_told_to_end_while_redis_is_silent_it_ends(desk: StoryDesk, line: Line) -> None:
    """Nothing of what it holds is worth waiting for."""
    line.fall_silent()
    await desk.passes_until(lambda: desk.app.cluster.redis == "down", "Redis is given up")
    async with asyncio.timeout(15):
        await desk.close()


async def test_p8_what_another_process_left_is_seen_within_a_second_though_nobody_can_ring(
    desk: StoryDesk, server: RedisServer
) -> None:
    """A message that was put into the outbox by a process which could not tell the others."""
    ana = await desk.agent("Ana Mora")
    server.halt()
    await desk.passes(2)
    letter = AddressedCall(
        chat=ana.user.id, lane=Lane.ACTION, method="sendMessage", payload={"chat_id": ana.user.id, "text": "Hola"}
    )
    await desk.app.store.write(lambda session: outbox.post(session, [letter], desk.clock.now()))
    await desk.passes(1)
    ana.sees("Hola")
