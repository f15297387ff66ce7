"""The HTTP server: the Bot API, files, the control room and the page's phones, over one world."""

from collections.abc import Mapping, Sequence
from email.utils import formatdate
from pathlib import Path

import msgspec
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from telegram.constants import FileSizeLimit

from emulator.control import add_control
from emulator.faults import Cut
from emulator.gateway import Reader, answer
from emulator.methods.params import read_fields, read_json
from emulator.methods.registry import Method, Upload
from emulator.own_page import only_own_page, unframed
from emulator.phone_shapes import NamedPlace
from emulator.phones import add_phones
from emulator.telegram import Telegram

_PAGE = Path(__file__).parent / "page"
_WORLD = web.AppKey("world", Telegram)
_NO_FILES: Mapping[str, Upload] = {}


class Server:
    """A running server. ``url`` has no slash at its end."""

    def __init__(self, telegram: Telegram, runner: web.AppRunner, url: str) -> None:
        self.telegram = telegram
        self.url = url
        self._runner = runner

    async def stop(self) -> None:
        """Close the port, and cut the calls that still wait."""
        await self._runner.cleanup()  # first: a call that is still carried out may set a webhook
        for bot in self.telegram.bots.values():
            if bot.webhook is not None:
                await bot.webhook.stop()


async def serve(
    telegram: Telegram,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    extra_places: Sequence[NamedPlace] = (),
    center: tuple[float, float] = (-2.1894, -79.8891),
) -> Server:
    """Serve a world (port 0: any free one). The page's map is drawn around ``center``, in degrees.

    Raises:
        OSError: the port is taken.
    """
    largest = int(FileSizeLimit.FILESIZE_UPLOAD) + 1_000_000
    app = web.Application(client_max_size=largest, middlewares=[only_own_page(host), _dated])
    app.on_response_prepare.append(unframed)
    app[_WORLD] = telegram
    app.router.add_route("*", "/bot{token}/{method}", _bot_api)
    app.router.add_route("*", "/bot{path:.*}", _no_method)
    app.router.add_get("/file/bot{token}/{path:.+}", _file)
    add_control(app, telegram)
    add_phones(app, telegram, _PAGE, places=extra_places, center=center)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    for bot in telegram.bots.values():
        if bot.webhook is not None:
            bot.webhook.start()
    bound = runner.addresses[0][1]
    return Server(telegram, runner, f"http://{host}:{bound}")


@web.middleware
async def _dated(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say what time it is in this world, as every server does (https://www.rfc-editor.org/rfc/rfc9110#name-date)."""
    response = await handler(request)
    response.headers.setdefault(hdrs.DATE, formatdate(request.app[_WORLD].now(), usegmt=True))
    return response


async def _bot_api(request: web.Request) -> web.Response:
    token, name = request.match_info["token"], request.match_info["method"]
    try:
        read, files = await _parameters(request)
        reply = await answer(request.app[_WORLD], token, name, read, files)
    except web.HTTPRequestEntityTooLarge:
        return _refused(413, "Request Entity Too Large")
    except Cut:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    return web.Response(body=reply.body, status=reply.status, headers=reply.headers)


async def _no_method(request: web.Request) -> web.Response:
    return _refused(404, "Not Found")


async def _parameters(request: web.Request) -> tuple[Reader, Mapping[str, Upload]]:
    """How to read the call's parameters once its method is known, and the files that came with them."""
    query = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if kind == "application/json":
        body = await request.read()
        if query:
            return (lambda method: _read_mixed(method, query, body)), _NO_FILES
        return (lambda method: read_json(method, body)), _NO_FILES
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return (lambda method: read_fields(method, query)), _NO_FILES
    fields: dict[str, object] = dict(query)
    files: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
            fields.setdefault(name, f"attach://{name}")
        else:
            fields[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return (lambda method: read_fields(method, fields)), files


def _read_mixed(method: Method, query: dict[str, str], body: bytes) -> msgspec.Struct:
    return read_fields(method, {**query, **msgspec.json.decode(body or b"{}", type=dict[str, object])})


async def _file(request: web.Request) -> web.Response:
    telegram = request.app[_WORLD]
    if request.match_info["token"] not in telegram.by_token:
        return _refused(401, "Unauthorized")
    file = telegram.files.at(request.match_info["path"])
    if file is None:
        return _refused(404, "Not Found")
    return web.Response(body=file.content, content_type=file.mime)


def _refused(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
