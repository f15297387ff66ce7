"""The page's phones: one WebSocket that shows the world as it changes and takes what people do.

Served at ``/phones/socket``; the page itself (static files) at ``/``.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec
from aiohttp import WSMsgType, web

from emulator import events
from emulator.acts import Act, perform
from emulator.errors import Impossible
from emulator.phone_shapes import NamedPlace, Shapes
from emulator.telegram import Telegram

_BACKLOG = 2_000
_act = msgspec.json.Decoder(Act).decode
_encode = msgspec.json.Encoder().encode


def add_phones(
    app: web.Application,
    telegram: Telegram,
    page: Path,
    *,
    places: Sequence[NamedPlace],
    center: tuple[float, float],
) -> None:
    shapes = Shapes(telegram, places=places, center=center)

    async def socket(request: web.Request) -> web.WebSocketResponse:
        return await _Phones(telegram, shapes).serve(request)

    async def file(request: web.Request) -> web.Response:
        stored = telegram.files.at(request.match_info["path"])
        if stored is None:
            raise web.HTTPNotFound
        return web.Response(body=stored.content, content_type=stored.mime)

    async def fresh(request: web.Request, response: web.StreamResponse) -> None:
        """A browser asks again each time: after an update the page and its parts fit together."""
        if request.path == "/" or request.path.startswith("/page/"):
            response.headers["Cache-Control"] = "no-cache"

    async def index(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(page / "index.html")

    app.on_response_prepare.append(fresh)
    app.router.add_get("/phones/socket", socket)
    app.router.add_get("/phones/file/{path:.+}", file)
    app.router.add_get("/", index)
    if page.is_dir():
        app.router.add_static("/page", page)


class _Phones:
    """One open page."""

    def __init__(self, telegram: Telegram, shapes: Shapes) -> None:
        self._telegram = telegram
        self._shapes = shapes
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue(_BACKLOG)
        self._behind = False

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=80_000_000)
        await socket.prepare(request)
        stop = self._telegram.listen(self._show)
        self._put(self._shapes.world())
        writer = asyncio.create_task(self._write(socket))
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._take(frame.data)
        finally:
            stop()
            writer.cancel()
        return socket

    async def _write(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed:
            text = await self._outgoing.get()
            if self._behind and self._outgoing.empty():
                self._behind = False
                self._put(self._shapes.world())
            await socket.send_str(text.decode())

    def _show(self, event: events.Event) -> None:
        for frame in self._shapes.frames(event):
            self._put(frame)

    def _put(self, frame: object) -> None:
        """A page that can't keep up misses frames, and gets the whole world once it has caught up."""
        if self._outgoing.full():
            self._behind = True
        else:
            self._outgoing.put_nowait(_encode(frame))

    def _take(self, text: str) -> None:
        try:
            act = _act(text)
        except msgspec.DecodeError:
            self._put(_refused(None, "El servidor no entendió lo que pidió la página."))
            return
        try:
            perform(self._telegram, act)
        except Impossible as error:
            self._put(_refused(act.who, error.on_screen))


def _refused(person: int | None, text: str) -> dict[str, object]:
    return {"type": "error", "person": person, "text": text}
