"""PostgreSQL's bad days: restarted, failed over, cut off, slow, silent.

Senders hear that their message waits, nothing is lost and nothing done twice, emergencies come first when it is back,
and the desk is never started anew.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from emulator import Fault
from tests.story.bad_disk import WAIT
from tests.story.desk import StoryDesk
from tests.story.health import WELL, health
from tests.support.servers.line import Line
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.redis import RedisServer

pytestmark = pytest.mark.outgrown
PARK, NEAR = (-2.1862, -79.8885), (-2.1870, -79.8890)


class Trouble(Protocol):
    def __call__(self, server: PostgresqlServer) -> AbstractContextManager[None]: ...


@contextmanager
def stopped(server: PostgresqlServer) -> Iterator[None]:
    """An operator restarts it, and takes their time."""
    server.halt()
    try:
        yield
    finally:
        server.start()  # the other stories of this file use it too


@contextmanager
def read_only(server: PostgresqlServer) -> Iterator[None]:
    """The desk was failed over to a server that answers questions and takes nothing."""
    server.read_only(on=True)
    try:
        yield
    finally:
        server.read_only(on=False)


KINDS = pytest.mark.parametrize("trouble", [stopped, read_only])


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresqlServer]:
    """One that nobody else uses."""
    server = PostgresqlServer()
    yield server
    server.stop()


@pytest.fixture
async def desk(tmp_path: Path, server: PostgresqlServer, redis: RedisServer) -> AsyncIterator[StoryDesk]:
    """One thing is handled after the other, so that their order can be seen."""
    redis.forget()
    story = StoryDesk(
        tmp_path, storage={"url": server.fresh()}, redis={"url": redis.url}, intake={"workers": 1}, shutdown_grace="1s"
    )
    await story.open()
    yield story
    await story.end()


@asynccontextmanager
async def by_way_of(
    folder: Path, server: PostgresqlServer, redis: RedisServer
) -> AsyncIterator[tuple[StoryDesk, Line]]:
    """A desk whose way to the server can be disturbed."""
    redis.forget()
    line = Line(server.fresh())
    await line.start()
    desk = StoryDesk(folder, storage={"url": line.url}, redis={"url": redis.url})
    await desk.open()
    yield desk, line
    await desk.end()
    await line.stop()


@KINDS
async def test_p1_p5_what_arrives_meanwhile_is_taken_later_and_emergencies_come_first(
    desk: StoryDesk, server: PostgresqlServer, trouble: Trouble
) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    crowd = [await desk.agent(f"Agente {number}") for number in range(5)]
    assert await health(desk) == WELL
    with trouble(server):
        for number, phone in enumerate(crowd):
            desk.telegram.say(phone.user, f"/nueva Ronda {number}")
        desk.telegram.say(juan.user, "/emergencia Robo")
        await desk.until(lambda: desk.app.outage.trouble is not None, "nothing can be kept")
        await desk.endures(5)
        await desk.passes_until(lambda: all(phone.unread for phone in (juan, *crowd)), "all of them are told")
        for phone in (juan, *crowd):
            phone.sees(WAIT)
        assert len(desk.bot.updates) == 6
        ready, status, unwell = await health(desk)
        assert (ready, status, [*unwell]) == (False, "down", ["storage"])
        sara.sees_nothing()
    await desk.recovers()
    first = [message.text for message in sara.unread[:2]]
    assert any("Robo" in text for text in first), "nothing goes before it but what was being taken as it arrived"
    assert await desk.asks("SELECT count(*) FROM task") == 6
    juan.sees("Alerta enviada")
    juan.sees_nothing()
    for number, phone in enumerate(crowd):
        phone.sees(f"Ronda {number}")
        phone.reads_all()
    sara.reads_all()
    assert await health(desk) == WELL


@KINDS
async def test_p4_p8_what_was_due_meanwhile_happens_once(
    desk: StoryDesk, server: PostgresqlServer, trouble: Trouble
) -> None:
    """An offer ends and the alert should climb while nothing can be kept."""
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta Solís")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    ana.sees("te necesitan")
    with trouble(server):
        desk.clock.advance(600)
        await desk.until(lambda: desk.app.outage.trouble is not None, "it can't be acted on")
        await desk.endures(5)
    await desk.recovers()
    assert await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%\"expired\"%'") == 1
    marta.sees("Robo")
    await marta.presses("Recibido")
    for phone in (sara, marta, juan, ana):
        phone.reads_all()


@KINDS
async def test_p1_told_to_end_meanwhile_it_ends_and_the_next_one_goes_on(
    desk: StoryDesk, server: PostgresqlServer, trouble: Trouble
) -> None:
    """Unconfirmed updates, and messages about to be sent, are there for the next process."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    slow = desk.telegram.faults.add(Fault(kind="slow", method="sendMessage", seconds=0.2, times=None))
    desk.telegram.say(juan.user, "/emergencia Robo")
    await desk.until(lambda: len(desk.app.delivery.in_flight) > 0, "the alert is on its way")
    with trouble(server):
        desk.telegram.say(juan.user, "/nueva Ronda")
        await desk.until(lambda: desk.app.outage.trouble is not None, "nothing can be kept")
        await desk.close()
    desk.telegram.faults.remove(slow)
    desk.clock.advance(61)  # on a shared database what it held waits for its lease
    await desk.open()
    await desk.recovers()
    assert await desk.asks("SELECT count(*) FROM task") == 2
    sara.sees("Robo")
    juan.sees("Ronda")
    for phone in (sara, juan):
        phone.reads_all()


async def test_p1_p2_p3_connections_that_are_cut_again_and_again_cost_no_update_and_no_alert(
    desk: StoryDesk, server: PostgresqlServer
) -> None:
    """In the middle of whatever was under way."""
    sara = await desk.supervisor("Sara Luna")
    crowd = [await desk.agent(f"Agente {number}") for number in range(10)]
    await desk.advance(60)
    titles = []
    for turn in range(3):
        for number, phone in enumerate(crowd):
            titles.append(f"Ronda {turn}-{number}")
            desk.telegram.say(phone.user, f"/nueva {titles[-1]}")
        for _ in range(3):
            before = len(desk.telegram.calls)
            server.cut_all()
            await desk.passes_until(lambda: len(desk.telegram.calls) > before + 2, "the desk goes on")  # noqa: B023
    await desk.recovers()
    # A row taken in the very moment of a cut is held until its lease is over.
    await desk.passes(70)
    assert await desk.asks("SELECT count(*) FROM task") == 30
    assert await desk.asks("SELECT count(*) FROM inbox WHERE state <> 3") == 0
    assert await desk.asks("SELECT max(attempts) FROM inbox") == 0
    for title in titles:
        texts = [message.text for message in sara.unread if title in message.text]
        assert texts, f"Sara never heard of {title}"
        assert all("(reenvío)" in text for text in texts[1:])
    for phone in (sara, *crowd):
        phone.reads_all()
    assert (await health(desk)).ready


async def test_a_server_that_is_slow_is_waited_for(
    tmp_path: Path, server: PostgresqlServer, redis: RedisServer
) -> None:
    """A fiftieth of a second for each piece: the desk takes its time, and refuses nothing."""
    async with by_way_of(tmp_path, server, redis) as (desk, line):
        sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
        line.delay = 0.02
        await juan.says("/emergencia Robo")
        juan.sees("Alerta enviada")
        sara.sees("Robo")
        sara.reads_all()
        line.delay = 0.0
        assert desk.app.outage.since is None


async def test_p1_a_server_that_falls_silent_is_given_up_and_met_again(
    tmp_path: Path, server: PostgresqlServer, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connections stay and nothing comes through, as when a cable is pulled: the desk runs out of patience."""
    monkeypatch.setattr("storage.engine.pipeline.PATIENCE", 1)
    async with by_way_of(tmp_path, server, redis) as (desk, line):
        sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
        line.fall_silent()
        desk.telegram.say(juan.user, "/emergencia Robo")
        await desk.until(lambda: desk.app.outage.trouble is not None, "it is given up")
        # Its patience is of real seconds, in which a clock that went on by itself would be far ahead.
        await desk.endures(5)
        await desk.passes_until(lambda: bool(juan.unread), "whoever waits is told")
        juan.sees(WAIT)
        assert [*(await health(desk)).unwell] == ["storage"]
        line.speak()
        await desk.recovers()
        juan.sees("Alerta enviada")
        sara.sees("Robo")
        sara.reads_all()
        assert await health(desk) == WELL


async def test_each_emergency_of_two_silences_is_said_to_its_reporter_after_two_seconds(
    tmp_path: Path, server: PostgresqlServer, redis: RedisServer
) -> None:
    """Long before the desk gives the connection up, and anew in the silence that begins four seconds later."""
    async with by_way_of(tmp_path, server, redis) as (desk, line):
        sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
        for turn in range(2):
            line.fall_silent()
            desk.telegram.say(juan.user, f"/emergencia Robo {turn}")
            await desk.until(lambda: len(desk.app.waiting) == 1, "it waits")
            begun = desk.clock.now()
            await desk.passes_until(lambda: bool(juan.unread), "whoever waits is told")
            juan.sees(WAIT)
            assert 2 <= (desk.clock.now() - begun).total_seconds() < 3
            line.speak()
            await desk.recovers()
            juan.sees("Alerta enviada")
            sara.sees(f"Robo {turn}")
            await desk.passes(4)
            for phone in (sara, juan):
                phone.reads_all()


async def test_p7_a_standby_takes_over_and_an_old_button_changes_nothing(
    desk: StoryDesk, server: PostgresqlServer
) -> None:
    """It lags: the table of numbers is that of before, in another branch of history. Nobody starts the desk anew."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Incendio en el muelle")
    alert = sara.sees("Incendio")
    server.read_again(desk.app.config.storage.url)
    server.cut_all()
    (acknowledge,) = [each for row in alert.message.keyboard for each in row if "Recibido" in each.text]
    desk.telegram.press_button(sara.user, alert.message, acknowledge)
    await desk.recovers()
    sara.sees("antes de la restauración")
    assert await desk.asks("SELECT count(*) FROM task WHERE acknowledged_by IS NOT NULL") == 0
    await juan.says("/emergencia Herido en la vía")
    assert int(await desk.asks("SELECT max(id) FROM task")) > 1_000
    for phone in (sara, juan):
        phone.reads_all()
