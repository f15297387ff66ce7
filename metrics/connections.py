"""Bounds on the side server's connections: idle, half-sent and in all, so that Telegram and the storage keep files.

Each connection is a file of the process, and whoever opens many needs no token. The bound follows the process's own
limit of files, so the way to Telegram stays open however many stand at the door.
"""

import asyncio
import sys
from datetime import timedelta
from http import HTTPStatus
from itertools import islice

from aiohttp import web

from metrics.problems import Handler, trouble
from metrics.strangers import Strangers
from metrics.visitors import Visitor

if sys.platform != "win32":
    import resource

# A request whose body or answer is not through after this is given up.
REQUEST = timedelta(seconds=30)
# The share of the process's files for connections that wait, and the most in any case.
SHARE, MOST = 4, 512
# Connections that the kernel keeps until they are taken, and so the most that come in at one time.
BACKLOG = 32


def most_connections(doors: int = 1) -> int:
    """Connections at each door at the most, by the limit of files now: a running process can be given another."""
    if sys.platform == "win32":
        return MOST
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return min(MOST, max(files // SHARE // doors, 1)) if files != resource.RLIM_INFINITY else MOST


class BoundedSite(web.BaseSite):
    """A TCP port that makes room for whoever comes: the connections that have waited longest are closed for it.

    One that is being answered gets its answer first; twice as many as that are never open.
    """

    def __init__(self, runner: web.AppRunner, host: str, port: int, strangers: Strangers, doors: int) -> None:
        super().__init__(runner)
        self._host = host
        self._port = port
        self._strangers = strangers
        self._doors = doors
        self._web: web.Server | None = None

    @property
    def name(self) -> str:
        """The address, as aiohttp's own sites name theirs."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen; OSError when the port is taken."""
        await super().start()
        self._web = self._runner.server
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._open, self._host, self._port, backlog=BACKLOG)

    def _open(self) -> asyncio.Protocol:
        if self._web is None:
            raise RuntimeError("the site is not started")
        most, open_now = most_connections(self._doors), self._web.connections
        too_many = len(open_now) + 1 - most
        for place, handler in enumerate(islice(open_now, max(too_many, 0))):
            if place < too_many - most:
                handler.force_close()
            else:
                handler.close()
        return Visitor(self._web, self._strangers, asyncio.get_running_loop())


@web.middleware
async def in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give a request up when its body or its answer takes too long."""
    visitor, limit = request.protocol, asyncio.timeout(REQUEST.total_seconds())
    if isinstance(visitor, Visitor):
        visitor.head_came()
    try:
        async with limit:
            return await handler(request)
    except TimeoutError:
        if not limit.expired():
            raise
        raise trouble(HTTPStatus.REQUEST_TIMEOUT, "The request was not through in time.") from None
    finally:
        if isinstance(visitor, Visitor):
            visitor.answered()
