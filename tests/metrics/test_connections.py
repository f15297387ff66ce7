"""Connections at the side server's door are bounded, so that the desk keeps its files for people."""

import asyncio
import logging
import resource
from collections.abc import AsyncIterator

import pytest

from metrics import connections
from tests.metrics.side import Side

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
WHOLE = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(connections, "MOST", 8)
    return 8


class Door:
    """The side server's port, and whoever stands at it."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._standing: list[asyncio.StreamWriter] = []

    async def knocks(self, sent: bytes = b"") -> Stream:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._side.server.port)
        self._standing.append(writer)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    async def close(self) -> None:
        for writer in self._standing:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in self._standing), return_exceptions=True)


@pytest.fixture
async def door(side: Side) -> AsyncIterator[Door]:
    door = Door(side)
    yield door
    await door.close()


async def asks(stream: Stream) -> bytes:
    """The first line of the answer to a whole request; nothing where the door was shut."""
    reader, writer = stream
    writer.write(WHOLE)
    await writer.drain()
    try:
        return await asyncio.wait_for(reader.readline(), 10)
    except ConnectionError:
        return b""


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /health/live HTTP/1.1\r\nHos",
        b"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    ],
    ids=["silent", "half a head", "half a body"],
)
async def test_whoever_comes_last_is_answered_however_many_stand_there(door: Door, few: int, sent: bytes) -> None:
    for _ in range(few * 5):
        await door.knocks(sent)
    assert b"200" in await asks(await door.knocks()), "health is answered beside the crowd"


async def test_a_crowd_stays_within_the_bound(door: Door, few: int) -> None:
    crowd = [await door.knocks() for _ in range(few * 5)]
    await asks(await door.knocks())
    shut = 0
    for reader, _ in crowd:
        try:
            shut += await asyncio.wait_for(reader.read(1), 0.05) == b""
        except TimeoutError:
            continue
    assert shut >= len(crowd) - 2 * few
    assert len(crowd) - shut > 0, "nobody is put out without need"


async def test_a_body_that_never_comes_is_given_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REQUEST", connections.REQUEST / 300)
    head = b"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer the-token-of-a-radio\r\n"
    reader, _ = await door.knocks(head + b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    assert b"408" in await asyncio.wait_for(reader.readline(), 10)


def test_the_bound_follows_the_files_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for files, most in ((256, 64), (1024, 256), (65_536, 512), (3, 1), (resource.RLIM_INFINITY, 512)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, files=files: (files, files))
        assert connections.most_connections() == most


async def test_garbage_gets_its_400_and_no_line_in_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    for sent in (b"\x16\x03\x01\x02\x00\x01\x00", b"FOO / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
        reader, _ = await door.knocks(sent)
        assert b"400" in await asyncio.wait_for(reader.readline(), 10)
    assert caplog.records == []


@pytest.mark.parametrize("path", ["/telegram/webhook", "/api/v1/emergencies", "/nowhere"])
async def test_a_body_that_is_not_encoded_as_it_says_gets_an_answer_and_no_traceback(
    door: Door, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    """No token is needed for it, and the rest of the body is read after the answer."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n"
    with caplog.at_level(logging.INFO):
        reader, _ = await door.knocks(head.encode() + b"\x1f\x8bxxxx")
        assert (await asyncio.wait_for(reader.readline(), 10)).split()[1][:1] == b"4"
        await asyncio.wait_for(reader.read(), 10)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
