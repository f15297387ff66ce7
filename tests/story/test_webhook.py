"""Updates that Telegram pushes: taken from Telegram alone, and answered when they are on disk."""

import asyncio
import hmac
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from msgspec.json import encode

from emulator import Fault
from tests.story.desk import StoryDesk
from tests.story.disk import Disk
from tests.story.health import health
from tests.story.phone import Phone

SECRET, PARK = "a-secret_of-the-desk", (-2.1862, -79.8885)
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def pushed_to(folder: Path) -> AsyncIterator[StoryDesk]:
    """A desk that is open in webhook mode."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/telegram/webhook"
    telegram = {"mode": "webhook", "webhook_url": address, "webhook_secret": SECRET}
    story = StoryDesk(folder, telegram=telegram, server={"port": port})
    await story.open()
    yield story
    await story.end()


@pytest.fixture
async def pushed(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    """Such a desk for a story."""
    async with pushed_to(tmp_path) as desk:
        yield desk


def says(desk: StoryDesk, phone: Phone, number: int, text: str) -> dict[str, Any]:
    """An update as Telegram pushes it."""
    user = {"id": phone.user.id, "is_bot": False, "first_name": phone.name}
    chat = {"id": phone.user.id, "type": "private", "first_name": phone.name}
    message = {"message_id": number, "date": int(desk.clock.seconds()), "from": user, "chat": chat, "text": text}
    return {"update_id": number, "message": message}


async def push(desk: StoryDesk, body: bytes | BytesIO, headers: dict[str, str]) -> int:
    """The status that a push gets."""
    url = f"http://127.0.0.1:{desk.app.server.port}/telegram/webhook"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


async def kept(desk: StoryDesk) -> int:
    return int(await desk.asks("SELECT count(*) FROM inbox WHERE update_id >= 900"))


async def test_an_emergency_by_webhook_from_the_street_to_the_end(pushed: StoryDesk) -> None:
    sara, juan = await pushed.supervisor("Sara Luna"), await pushed.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    juan.sees("Alerta enviada")
    sara.sees("Robo")
    sara.sees("📍")
    await sara.presses("Recibido")
    juan.sees("Sara Luna se hizo cargo")
    assert not [call for call in pushed.telegram.calls if call.method == "getUpdates"]


async def test_p1_what_was_pushed_in_vain_is_handled_when_the_desk_is_open_again(pushed: StoryDesk) -> None:
    ana = await pushed.agent("Ana Mora")
    await pushed.close()
    pushed.telegram.say(ana.user, "/fuera")
    await pushed.open()
    ana.sees("Estás fuera de servicio")


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: SECRET.upper()}])
async def test_p9_without_the_secret_nothing_is_taken(pushed: StoryDesk, headers: dict[str, str]) -> None:
    assert await push(pushed, b'{"update_id": 901}', headers) == 401
    assert await kept(pushed) == 0


async def test_p9_a_secret_that_is_no_text_is_wrong_like_any_other(pushed: StoryDesk) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", pushed.app.server.port)
    writer.write(b"POST /telegram/webhook HTTP/1.1\r\nHost: desk\r\nContent-Length: 0\r\n")
    writer.write(HEADER.encode() + b": \xff\xfe\r\nConnection: close\r\n\r\n")
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()


async def test_p9_the_secret_is_compared_in_constant_time(pushed: StoryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    compared, compare = [], hmac.compare_digest

    def digest(given: bytes, secret: bytes) -> bool:
        compared.append((given, secret))
        return compare(given, secret)

    monkeypatch.setattr(hmac, "compare_digest", digest)
    assert await push(pushed, b'{"update_id": 901}', {HEADER: "wrong"}) == 401
    assert compared == [(b"wrong", SECRET.encode())]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"update_id": "1"}', b'{"update_id": 1e30}', b"\xff"])
async def test_what_is_no_update_is_refused(pushed: StoryDesk, body: bytes) -> None:
    assert await push(pushed, body, {HEADER: SECRET, "Content-Type": "application/json; charset=utf-8"}) == 400
    assert await kept(pushed) == 0


async def test_p13_an_update_that_cant_be_read_is_kept_and_not_sent_for_a_day(pushed: StoryDesk) -> None:
    body = b'{"update_id": 901, "message": ' + b"[" * 3_000 + b"]" * 3_000 + b"}"
    for _ in range(2):
        assert await push(pushed, body, {HEADER: SECRET}) == 200
    assert await kept(pushed) == 1


async def test_what_no_update_is_as_long_as_is_refused(pushed: StoryDesk) -> None:
    body = BytesIO(b'{"update_id": 901, "x": "' + b"x" * 2_000_000 + b'"}')
    assert await push(pushed, body, {HEADER: SECRET}) == 413
    assert await kept(pushed) == 0


async def test_p1_it_is_answered_only_when_it_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk takes nothing Telegram gets no 200, and comes again; whoever wrote is told."""
    disk = Disk(tmp_path / "gad.db")
    monkeypatch.setattr("storage.engine.store.connect", disk.connect)
    async with pushed_to(tmp_path) as desk:
        ana = await desk.agent("Ana Mora")
        body = encode(says(desk, ana, 901, "/fuera"))
        with disk.read_only():
            assert await push(desk, body, {HEADER: SECRET}) == 503
            desk.clock.advance(2)
            assert await push(desk, body, {HEADER: SECRET}) == 503
            await desk.until(lambda: bool(ana.unread), "whoever wrote is told")
            ana.sees("⏳", "no se pierde")
        assert await kept(desk) == 0
        assert await push(desk, body, {HEADER: SECRET}) == 200
        await desk.advance(1)
        ana.sees("Estás fuera de servicio")


async def test_p2_what_is_pushed_twice_and_out_of_order_is_handled_once(pushed: StoryDesk) -> None:
    """Telegram pushes side by side, and again what it had no answer to: a lower number is no repetition."""
    ana, beto = await pushed.agent("Ana Mora"), await pushed.agent("Beto Salas")
    for number, phone, words in ((903, ana, "Ronda sur"), (901, beto, "Ronda norte"), (902, ana, "Ronda este")):
        body = encode(says(pushed, phone, number, f"/nueva {words}"))
        cluster = (push(pushed, body, {HEADER: SECRET}) for _ in range(3))
        assert await asyncio.gather(*cluster) == [200, 200, 200]
    await pushed.settle()
    assert await pushed.asks("SELECT count(*) FROM task") == 3
    assert await kept(pushed) == 3
    ana.sees("Ronda sur")
    ana.sees("Ronda este")
    beto.sees("Ronda norte")


async def test_health_says_how_telegram_is_by_webhook(pushed: StoryDesk) -> None:
    ana = await pushed.agent("Ana Mora")
    pushed.telegram.faults.add(Fault(kind="status", code=401, method="sendMessage"))
    await ana.says("/fuera")
    assert (await health(pushed)).unwell["telegram"].startswith("401")
    await pushed.advance(11)
    ana.sees("Estás fuera de servicio")
    assert (await health(pushed)).status == "well"


async def test_updates_come_in_at_the_public_door_where_nothing_else_is(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/telegram/webhook"
    telegram = {"mode": "webhook", "webhook_url": address, "webhook_secret": SECRET}
    desk = StoryDesk(tmp_path, telegram=telegram, server={"public_host": "127.0.0.1", "public_port": port})
    await desk.open()
    ana = await desk.agent("Ana Mora")
    await ana.says("/fuera")
    ana.sees("Estás fuera de servicio")
    assert await push(desk, b'{"update_id": 901}', {HEADER: SECRET}) == 404, "the first door takes no update"
    async with aiohttp.ClientSession() as session:
        for path in ("/health", "/metrics", "/api/v1/tasks"):
            async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
                assert answer.status == 404
    await desk.end()
