"""A line to a server, with everything that is said on it: it can be slow, fall silent, or be cut."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK = 65_536


class Line:
    """Listens on a port of its own and passes on to the server of a URL. ``delay``: seconds that each piece is late."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        self._to = (parts.hostname, parts.port)
        self._url = url
        self._open = asyncio.Event()
        self._open.set()
        self._forgotten: list[asyncio.Event] = []
        self._ends: set[asyncio.StreamWriter] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.delay = 0.0

    @property
    def url(self) -> str:
        """The server's, by way of this line."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return self._url.replace(f"{self._to[0]}:{self._to[1]}", f"127.0.0.1:{port}")

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)

    async def stop(self) -> None:
        """Listen no more, and cut what is there."""
        assert self._server is not None
        self._server.close()
        self.cut()
        for silent in (self._open, *self._forgotten):
            silent.set()
        await asyncio.gather(*self._calls)
        await self._server.wait_closed()

    def cut(self) -> None:
        """Every connection ends; new ones may be made."""
        for end in tuple(self._ends):
            end.transport.abort()

    def fall_silent(self) -> None:
        """Connections stay and are taken, and nothing comes through: what is said now is heard by nobody."""
        self._open.clear()

    def speak(self) -> None:
        """Let bytes through again, on new connections: the old ones are lost."""
        self.cut()
        self._open.set()

    def resume(self) -> None:
        """Let bytes through again on the same connections: what was said meanwhile comes late, and all of it."""
        self._open.set()

    def forget(self) -> None:
        """Go silent on the open connections, without closing them, as a restarted firewall does; new ones work."""
        self._open.clear()
        self._forgotten.append(self._open)
        self._open = asyncio.Event()
        self._open.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call, is_open = asyncio.current_task(), self._open
        assert call is not None
        self._calls.add(call)
        self._ends.add(writer)
        with suppress(OSError):
            there, back = await asyncio.open_connection(*self._to)
            self._ends.add(back)
            ways = [asyncio.create_task(self._pass_on(*way, is_open)) for way in ((reader, back), (there, writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.wait(ways)
            back.transport.abort()
            self._ends.discard(back)
        writer.transport.abort()
        self._ends.discard(writer)
        self._calls.discard(call)

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_open: asyncio.Event
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                await is_open.wait()
                await asyncio.sleep(self.delay)
                writer.write(piece)
                await writer.drain()
