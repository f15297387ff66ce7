"""Made-up secrets through the bad days: whatever is written or sent meanwhile, none of them is in it."""

import asyncio
import json
import logging
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from core.desk.desk import Desk
from emulator import Fault
from storage.queues import write_probe
from tests.story.desk import StoryDesk
from tests.story.pages import readable

TOKEN = "7000000:AAkuckuck-kuckuck-kuckuck-kuckuck"
SECRET = "kuckuck_kuckuck_kuckuck_kuckuck"
API_TOKEN = "the/kuckuck+of=a~radio"
PROXY = "http://me:p%40kuckuck%2Fproxy@127.0.0.1:1"
PATHS = ("/health", "/health/ready", "/metrics", "/api/v1/stats", f"/api/v1/tasks/{SECRET}", f"/bot{TOKEN}")
# Parts of each that no other word has.
CANARIES = ("kuckuck", *(b64encode(b"." * before + b"kuckuck")[4:8].decode() for before in range(3)))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Everything that loggers write, at every level, by a handler that knows nothing of secrets."""
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    monkeypatch.setattr(logging.root, "handlers", [*logging.root.handlers, handler])
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    return heard


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StoryDesk]:
    monkeypatch.setattr("tests.story.desk.TOKEN", TOKEN)
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    digests = [sha256(API_TOKEN.encode()).hexdigest()]
    story = StoryDesk(tmp_path, telegram={"webhook_secret": SECRET}, server={"api_tokens": digests})
    await story.open()
    await reads(story, StringIO())  # a token of the API is known from the first time that a program has used it
    yield story
    await story.end()


def echoes(url: str) -> list[str]:
    """Errors of others that repeat the address, or a header, as it is or as they write it."""
    return [
        f"Bad Request: {url}/sendMessage",
        f"wrong url {quote(url, safe='')} for {SECRET}",
        f"{url!r} {[url, API_TOKEN]!r}",
        f'<a href="{url}">{SECRET}</a> {PROXY} p@kuckuck/proxy',
        json.dumps({"url": url, "secret_token": SECRET, "Authorization": f"Bearer {API_TOKEN}"}),
        f"407 for Basic {b64encode(b'me:p@kuckuck/proxy').decode()} of {PROXY}",
        "x" * 150 + url + "y" * 5_000,
    ]


async def rounds(desk: StoryDesk, number: int) -> None:
    """Time passes while nothing settles, because everything fails."""
    for _ in range(number):
        await asyncio.sleep(0.02)
        desk.clock.advance(3)


async def reads(desk: StoryDesk, written: StringIO) -> str:
    """Everything that was written or sent so far: log, pages with and without a token, chats, the database."""
    pages = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{desk.app.server.port}") as session:
        for headers in ({"Authorization": f"Bearer {API_TOKEN}"}, {"Authorization": "Bearer kuckuck"}, {}):
            for path in (
                "/health",
                "/health/ready",
                "/metrics",
                "/api/v1/stats",
                "/api/v1/tasks/kuckuck",
                f"/bot{TOKEN}",
            ):
                async with session.get(path, headers=headers) as answer:
                    pages.append(f"{answer.status} {dict(answer.headers)} {await answer.text()}")
    chats = [readable(message) for phone in desk.phones for message in phone.messages]
    kept = [
        str(await desk.asks(f"SELECT group_concat({column}, ' ') FROM {table}"))  # noqa: S608 - of this line
        for table, column in (("outbox", "error"), ("outbox", "payload"), ("inbox", "error"), ("event", "body"))
    ]
    return "\n".join([written.getvalue(), *pages, *chats, *kept])


def assert_no_canary(text: str) -> None:
    assert re.findall(f".{{0,80}}(?:{'|'.join(map(re.escape, CANARIES))}).{{0,20}}", text) == []


async def test_no_secret_is_written_or_sent_on_telegrams_bad_days(desk: StoryDesk, written: StringIO) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    for echo in echoes(desk.app.base_url):
        for code in (400, 404, 409, 429, 502, 401):
            body = {"ok": False, "error_code": code, "description": echo, "parameters": {"retry_after": 1}}
            for text in (json.dumps(body), echo):
                desk.telegram.faults.add(Fault(kind="proxy", code=code, body=text))
        desk.telegram.say(ana.user, "/fuera")
        await rounds(desk, 10)
    desk.telegram.faults.clear()
    await rounds(desk, 20)
    await desk.settle()
    assert_no_canary(await reads(desk, written))
    assert "[secret]" in written.getvalue(), "an echo was heard"
    for phone in (marta, ana):
        phone.reads_all()


async def test_no_secret_of_an_error_of_the_desks_own_is_told_to_anybody(
    desk: StoryDesk, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure in a handler is told to the administrators, a failing probe and loop to the operators."""
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    said = " ".join(echoes(desk.app.base_url))

    async def fails(*args: object, **more: object) -> Any:
        raise RuntimeError(said) from OSError(said)

    with monkeypatch.context() as broken:
        broken.setattr(Desk, "execute", fails)
        broken.setattr(Desk, "fire_due", fails)
        broken.setattr(write_probe, "probe", fails)
        desk.telegram.say(ana.user, "/fuera")
        desk.app.timekeeper.bell.set()
        await rounds(desk, 8)
        assert_no_canary(await reads(desk, written))
    await rounds(desk, 8)
    await desk.settle()
    marta.sees("quedó apartada", "[secret]")
    assert_no_canary(await reads(desk, written))
    for phone in (marta, ana):
        phone.reads_all()


async def test_no_secret_of_a_header_is_written(desk: StoryDesk, written: StringIO) -> None:
    for head in (
        f"GET /health HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer {API_TOKEN}\r\n\r\n",
        f"GET /health HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token : {SECRET * 200}\r\n\r\n",
        f"GET /bot{TOKEN}/x HTTP/9.7\r\nHost: x\r\n\r\n",
        f"{TOKEN} {SECRET} {API_TOKEN}\r\n\r\n",
        f"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: {SECRET}\r\n\r\n",
        f"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{SECRET}\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", desk.app.server.port)
        writer.write(head.encode())
        writer.write_eof()
        answer = (await reader.read()).decode()
        writer.close()
        assert_no_canary(answer)
    assert_no_canary(await reads(desk, written))
