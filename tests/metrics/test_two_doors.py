"""Two doors: Telegram comes in at its own, where nothing else is, and neither says more than it must."""

import asyncio
import logging
import socket

import pytest
from aiohttp import ClientSession, web

from bot.cli.check import public_port
from bot.config.schema import Config
from metrics import visitors
from metrics.health import PartHealth
from metrics.strangers import ALLOWED, LINES, REMEMBERED, Strangers, Wrong
from tests.metrics.side import TOKEN, Side
from tests.story.clock import MovedClock

PATHS = ("/health", "/health/live", "/health/ready", "/metrics", "/openapi.json", "/api/v1/tasks", "/api/v1/stats", "/")
HOOK = "/telegram/webhook"


async def webhook(request: web.Request) -> web.Response:
    return web.Response(status=200 if request.headers.get("X-Word") == "right" else 401)


@pytest.fixture
async def doors(closed_side: Side) -> Side:
    closed_side.webhook = webhook
    closed_side.public = ("127.0.0.1", 0)
    await closed_side.open()
    return closed_side


async def outside(side: Side, method: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    """The status and the headers that the public door answers with."""
    url = f"http://127.0.0.1:{side.server.public_port}{path}"
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with ClientSession() as session, session.request(method, url, headers=sent) as answer:
        return answer.status, dict(answer.headers)


async def test_the_public_door_has_the_webhook_and_nothing_else(doors: Side) -> None:
    for path in PATHS:
        for method in ("GET", "POST", "HEAD", "PATCH"):
            assert (await outside(doors, method, path, Authorization=f"Bearer {TOKEN}"))[0] == 404, (method, path)
    assert (await outside(doors, "POST", HOOK, X_Word="right"))[0] == 200
    assert (await outside(doors, "GET", HOOK, X_Word="right"))[0] == 405
    assert (await doors.says("POST", HOOK, token=None, X_Word="right")).status == 404, "the first door has no webhook"
    assert (await doors.gets("/api/v1/tasks")).status == 200


async def test_without_a_public_host_they_share_one_door(closed_side: Side) -> None:
    closed_side.webhook = webhook
    await closed_side.open()
    assert (await closed_side.says("POST", HOOK, token=None, X_Word="right")).status == 200
    assert closed_side.server.public_port is None


async def test_a_public_port_that_is_taken_stops_the_start_and_leaves_nothing_open(closed_side: Side) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed_side.webhook, closed_side.public = webhook, taken.getsockname()[:2]
        with pytest.raises(OSError, match=r"^server\.public_port: 127\.0\.0\.1:\d+ can't be listened on: it is in use"):
            await closed_side.open()
    assert closed_side.server.port == 0, "the first door is shut again"
    closed_side.public = ("127.0.0.1", 0)
    closed_side.server._public = closed_side.public
    await closed_side.server.start()
    closed_side.session = ClientSession(f"http://127.0.0.1:{closed_side.server.port}")
    assert (await closed_side.gets("/health/live")).status == 200


async def test_no_answer_names_a_version_or_lets_a_browser_guess(doors: Side) -> None:
    answers = [(await doors.says(method, path, token=None)).headers for path in PATHS for method in ("GET", "POST")]
    answers += [(await outside(doors, method, HOOK))[1] for method in ("GET", "POST")]
    for headers in answers:
        assert "Server" not in headers
        assert headers["X-Content-Type-Options"] == "nosniff"


async def test_unauthenticated_health_says_well_or_unwell_and_nothing_else(closed_side: Side) -> None:
    said: dict[str, PartHealth] = {}

    def probe(part: str) -> None:
        async def answer() -> PartHealth:
            return said.get(part, PartHealth(well=True, detail="a detail of the inside"))

        closed_side.probes[part] = answer

    for part in (*closed_side.probes, "telegram"):
        probe(part)
    await closed_side.open()
    for ill, ready, code, whole, known in (
        (None, "well", 200, "well", "well"),
        ("telegram", "well", 200, "unwell", "degraded"),
        ("storage", "unwell", 503, "unwell", "down"),
    ):
        said.clear()
        if ill is not None:
            said[ill] = PartHealth(well=False, detail="1 emergency waits at a street")
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic Z2FkOnB3"}):
            answers = [
                await closed_side.says("GET", path, token=None, **headers) for path in ("/health", "/health/ready")
            ]
            assert [(one.status, one.json) for one in answers] == [(code, {"status": whole}), (code, {"status": ready})]
        page = await closed_side.gets("/health")
        assert (page.status, page.json["status"]) == (code, known)
        assert "detail" in page.json["parts"]["storage"]


@pytest.mark.parametrize("sent", [b"G", b"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nX-A: "])
async def test_a_head_that_is_not_through_in_time_is_put_out_however_busy_it_looks(
    doors: Side, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(visitors, "HEAD", visitors.HEAD / 100)
    for port in (doors.server.port, doors.server.public_port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        shut = asyncio.ensure_future(reader.read())
        begun = asyncio.get_running_loop().time()
        while not shut.done():
            writer.write(b"a")
            await asyncio.sleep(0.01)
            assert asyncio.get_running_loop().time() - begun < 5, "a byte now and then keeps no place"
        writer.close()


async def test_a_connection_may_rest_between_two_requests(doors: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "HEAD", visitors.HEAD / 200)
    reader, writer = await asyncio.open_connection("127.0.0.1", doors.server.port)
    for _ in range(3):
        writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in await asyncio.wait_for(reader.readuntil(b"}"), 5)
        await asyncio.sleep(0.1)
    writer.close()


MALFORMED = (
    b"Authorization : Bearer the-token-of-a-radio",
    b"Authorization: Bearer the-token-of-a-radio\x00",
    b"X-A: " + b"the-token-of-a-radio" * 450,
    b"the-token-of-a-radio" * 450,
    b"Content-Length: the-token-of-a-radio",
    b"Content-Length: 1\r\nTransfer-Encoding: chunked, the-token-of-a-radio",
    b"Transfer-Encoding: the-token-of-a-radio",
    b"Cookie\x0b: the-token-of-a-radio" * 300,
    b"X: the-token-of-a-radio\r\n" * 200,
)


async def test_what_is_no_http_gets_400_without_a_word_of_it_and_one_line(
    doors: Side, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for malformed in MALFORMED:
        for port in (doors.server.port, doors.server.public_port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\n" + malformed + b"\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 5)
            writer.close()
            assert answer.split()[1] == b"400", malformed
            assert b"radio" not in answer
            assert b"aiohttp" not in answer
    assert "radio" not in caplog.text
    lines = [one.getMessage() for one in caplog.records if "127.0.0.1" in one.getMessage()]
    assert lines == ["127.0.0.1 sends what is no HTTP"]
    assert len(caplog.text) < 2_000


async def test_too_many_wrong_secrets_hear_429_and_the_right_one_is_heard(
    doors: Side, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram may come through the same proxy as whoever guesses: nothing talks the alarm lane into silence."""
    codes = [(await outside(doors, "POST", HOOK, X_Word=f"wrong {number}"))[0] for number in range(ALLOWED + 3)]
    assert codes == [401] * ALLOWED + [429] * 3
    assert (await outside(doors, "POST", HOOK, X_Word="wrong"))[1]["Retry-After"] == "60"
    assert (await outside(doors, "POST", HOOK, X_Word="right"))[0] == 200
    codes = [(await doors.says("GET", "/api/v1/stats", token=f"wrong {n}")).status for n in range(ALLOWED + 3)]
    assert codes == [401] * ALLOWED + [429] * 3
    assert (await doors.gets("/api/v1/stats")).status == 200
    assert (await doors.says("GET", "/health", token="wrong")).status == 200
    lines = [record.getMessage() for record in caplog.records]
    assert lines == ["127.0.0.1 sends a wrong webhook secret", "127.0.0.1 sends a wrong token of the API"]
    doors.clock.advance(61)
    assert (await outside(doors, "POST", HOOK))[0] == 401
    assert "a wrong webhook secret, 24 times since it was last said" in caplog.text


def test_a_crowd_of_addresses_fills_neither_the_log_nor_the_memory(caplog: pytest.LogCaptureFixture) -> None:
    clock = MovedClock()
    strangers = Strangers(clock)
    for number in range(3 * REMEMBERED):
        strangers.came(f"10.0.{number // 250}.{number % 250}", Wrong.TOKEN)
        strangers.came(f"2001:db8::{number:x}", Wrong.SECRET)
    assert len(caplog.records) == LINES
    assert len(strangers._counts) <= REMEMBERED
    assert strangers.came("2001:db8::ffff:1", Wrong.SECRET), "a network of addresses is one stranger"
    assert not strangers.came("2001:db9::1", Wrong.SECRET)
    assert not strangers.came(None, Wrong.TOKEN)
    clock.advance(-3600)
    assert not strangers.came("2001:db8::1", Wrong.SECRET), "a clock that was set back holds nobody"


async def test_the_check_knows_the_public_door() -> None:
    def config(**server: object) -> Config:
        telegram = {"mode": "webhook", "webhook_url": "https://a.example", "webhook_secret": "s" * 32}
        return Config.model_validate({"telegram": telegram, "server": server})

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = await public_port(config(host="127.0.0.1", port=1, public_host="127.0.0.1", public_port=port))
    assert line is not None
    assert line.startswith(f"server.public_port: 127.0.0.1:{port} can't be listened on")
    same = await public_port(config(host="127.0.0.1", port=port, public_host="127.0.0.1", public_port=port))
    assert same == "server.public_port: is server.port too; the webhook's own door needs another one"
    assert await public_port(config(public_host="127.0.0.1", public_port=0)) is None
    assert await public_port(config(public_port=port)) is None
