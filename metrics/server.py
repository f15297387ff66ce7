"""The side server: health, metrics, the API and Telegram's webhook, on one port."""

import errno
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta
from importlib.metadata import version

from aiohttp import web
from aiohttp.typedefs import Middleware
from prometheus_client import CONTENT_TYPE_LATEST

from core.desk.desk import Desk
from core.desk.ports import Clock
from core.queries.queries import Queries
from metrics.api.endpoint import Services, bind
from metrics.api.openapi import document
from metrics.api.table import ENDPOINTS
from metrics.connections import IDLE, BoundedSite, in_time
from metrics.health import Health, Probe
from metrics.health_pages import HealthPages
from metrics.instruments import Instruments
from metrics.problems import Handler, problem_details
from metrics.tokens import Tokens

WEBHOOK_PATH = "/telegram/webhook"
UNMATCHED = "unmatched"
GRACE = timedelta(seconds=3)

Webhook = Callable[[web.Request], Awaitable[web.StreamResponse]]


class CannotListen(OSError):
    """The address can't be listened on; the text is one line that begins with the key."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"server.port: {host}:{port} can't be listened on: {why}")


class SideServer:
    """Listens between ``start`` and ``stop``; ``port`` 0 takes any free one.

    ``probes`` answer for the parts of `metrics.health.REQUIRED` and any others; ``tokens`` are SHA-256 in hexadecimal;
    ``webhook`` answers what Telegram pushes, where it does.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        desk: Desk,
        queries: Queries,
        instruments: Instruments,
        probes: Mapping[str, Probe],
        tokens: Iterable[str],
        clock: Clock,
        webhook: Webhook | None = None,
    ) -> None:
        self._host = host
        self._wanted_port = port
        self._office = Services(desk=desk, queries=queries, clock=clock, tokens=Tokens(tokens))
        self._instruments = instruments
        self._health = Health(probes)
        self._clock = clock
        self._webhook = webhook
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port on which it listens; the wanted one before ``start``."""
        listening = self._runner.addresses if self._runner is not None else []
        return int(listening[0][1]) if listening else self._wanted_port

    async def start(self) -> None:
        """Listen.

        Raises:
            CannotListen: the port is taken, or the address is none of this machine's.
        """
        self._runner = web.AppRunner(
            self._application(),
            access_log=None,
            handle_signals=False,
            shutdown_timeout=GRACE.total_seconds(),
            keepalive_timeout=IDLE.total_seconds(),
        )
        await self._runner.setup()
        try:
            await BoundedSite(self._runner, self._host, self._wanted_port).start()
        except OSError as error:
            await self.stop()
            # asyncio puts the system's words behind its own.
            why = "it is in use by another program" if error.errno == errno.EADDRINUSE else str(error.strerror)
            raise CannotListen(self._host, self._wanted_port, why) from None

    async def stop(self) -> None:
        """Take no more requests, and give those in hand a few seconds."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[measuring(self._instruments), problem_details, in_time])
        release = version("grupo-gad")
        application.add_routes(HealthPages(self._health, self._clock, release).routes())
        application.add_routes([web.get("/metrics", self._metrics)])
        application.add_routes(bind(endpoint, self._office) for endpoint in ENDPOINTS)
        description = document(ENDPOINTS, release)

        async def openapi(request: web.Request) -> web.Response:
            return web.Response(body=description, content_type="application/json")

        application.add_routes([web.get("/openapi.json", openapi)])
        if self._webhook is not None:
            application.add_routes([web.post(WEBHOOK_PATH, self._webhook)])
        return application

    async def _metrics(self, request: web.Request) -> web.Response:
        report = await self._health.report()
        parts = {name: part.well for name, part in report.parts.items()}
        page = await self._instruments.page(self._clock.now(), parts)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})


def measuring(instruments: Instruments) -> Middleware:
    """A middleware that counts each answer, and how long it took."""

    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        begun = time.perf_counter()
        response = await handler(request)
        resource = request.match_info.route.resource
        # Made-up values must not become a series of their own: neither an address nor a method.
        instruments.request_answered(
            method=request.method if resource is not None else UNMATCHED,
            route=resource.canonical if resource is not None else UNMATCHED,
            code=response.status,
            seconds=time.perf_counter() - begun,
        )
        return response

    return measured
