"""The side server: health, metrics, the API and Telegram's webhook, at one door, or the webhook at its own."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from importlib.metadata import version

from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware
from prometheus_client import CONTENT_TYPE_LATEST

from core.desk.desk import Desk
from core.desk.ports import Clock, Unavailable
from core.queries.queries import Queries
from core.state.task import code_of
from core.vocabulary.causes import Cause, because
from core.vocabulary.scopes import Scope
from metrics.api.endpoint import Services, bind
from metrics.api.openapi import document
from metrics.api.table import ENDPOINTS
from metrics.connections import in_time
from metrics.door import CannotListen, Door
from metrics.health import Health, Probe
from metrics.health_pages import HealthPages
from metrics.instruments import Instruments
from metrics.log_lines import Fact, tell
from metrics.problems import Handler, problem_details
from metrics.shared_answer import SharedAnswer
from metrics.side_requests import UNMATCHED
from metrics.strangers import LATER, Strangers, Wrong
from metrics.token_limits import OwnTokenLimits
from metrics.tokens import PATIENCE, Programs, Tokens

log = logging.getLogger(__name__)

API = "/api/"
WEBHOOK_PATH = "/telegram/webhook"
# Bytes of a body; the largest update is far below it.
LARGEST = 1_048_576
SHARED = ("", 0)

Webhook = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SideServer:
    """Listens between ``start`` and ``stop``; port 0 takes any free one.

    ``probes`` answer for the parts of `metrics.health.REQUIRED` and any others; ``programs``: those that may ask;
    ``webhook`` answers what Telegram pushes, where it does; ``public`` is the host and port of its own door, at which
    nothing else is answered, without a host it shares the first one.
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
        programs: Programs,
        clock: Clock,
        webhook: Webhook | None = None,
        public: tuple[str, int] = SHARED,
    ) -> None:
        self._host = host
        self._wanted_port = port
        self._public = public
        self._clock = clock
        self._strangers = Strangers(clock)
        limits = programs.limits or OwnTokenLimits(clock)
        tokens = Tokens(programs.digests, self._strangers, clock, queries, limits, programs.used)
        self._office = Services(desk=desk, queries=queries, clock=clock, tokens=tokens)
        self._instruments = instruments
        self._health = Health(probes)
        self._webhook = webhook
        self._numbers = SharedAnswer(lambda: instruments.page(clock.now(), self._parts))
        self._pages = HealthPages(self._health, clock, version("grupo-gad"), tokens)
        self._door: Door | None = None
        self._public_door: Door | None = None

    @property
    def port(self) -> int:
        """The port on which it listens; the wanted one before ``start``."""
        return self._door.port if self._door is not None else self._wanted_port

    @property
    def public_port(self) -> int | None:
        """The port of the webhook's own door; None while there is none."""
        return self._public_door.port if self._public_door is not None else None

    async def start(self) -> None:
        """Listen at both doors, or at the one.

        Raises:
            CannotListen: a port is taken, or an address is none of this machine's.
        """
        doors = 2 if self._has_public_door else 1
        self._door = Door("server.port", self._host, self._wanted_port, self._application, self._strangers, doors=doors)
        await self._door.start()
        if not self._has_public_door:
            return
        self._public_door = Door(
            "server.public_port", *self._public, self._public_application, self._strangers, doors=doors
        )
        try:
            await self._public_door.start()
        except CannotListen:
            await self.stop()
            raise

    def close(self) -> None:
        """Send traffic elsewhere from now on: the desk is not ready any more, though it still answers."""
        self._pages.close()

    async def stop(self) -> None:
        """Take no more requests, and give those in hand a few seconds."""
        for door in (self._public_door, self._door):
            if door is not None:
                await door.stop()
        self._door = self._public_door = None

    @property
    def _has_public_door(self) -> bool:
        return self._webhook is not None and bool(self._public[0])

    def _empty_application(self) -> web.Application:
        middlewares = [measuring(self._instruments, self._clock), problem_details(self._clock), in_time]
        return web.Application(client_max_size=LARGEST, middlewares=middlewares)

    def _public_application(self) -> web.Application:
        application = self._empty_application()
        if self._webhook is not None:
            application.add_routes([web.post(WEBHOOK_PATH, limited(self._webhook, self._strangers))])
        return self._declare(application)

    def _application(self) -> web.Application:
        application = self._public_application() if not self._has_public_door else self._empty_application()
        release = version("grupo-gad")
        application.add_routes(self._pages.routes())
        application.add_routes([web.get("/metrics", self._metrics)])
        application.add_routes(bind(endpoint, self._office) for endpoint in ENDPOINTS)
        description = document(ENDPOINTS, release)

        async def openapi(request: web.Request) -> web.Response:
            return web.Response(body=description, content_type="application/json")

        application.add_routes([web.get("/openapi.json", openapi)])
        return self._declare(application)

    async def _metrics(self, request: web.Request) -> web.Response:
        """Open to whoever reaches this door; a token that is sent must be for it."""
        if sent := request.headers.get(hdrs.AUTHORIZATION):
            # The page is there without a token, too: a database that can't tell is no reason to refuse it.
            with suppress(TimeoutError, Unavailable):
                async with asyncio.timeout(PATIENCE.total_seconds()):
                    await self._office.tokens.bearer(sent, request.remote, Scope.METRICS)
        return web.Response(body=await self._numbers.get(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _parts(self) -> Mapping[str, bool]:
        report = await self._health.report()
        return {name: part.well for name, part in report.parts.items()}

    def _declare(self, application: web.Application) -> web.Application:
        for route in application.router.routes():
            if route.resource is not None:
                self._instruments.requests.declared(route.method, route.resource.canonical)
        return application


def limited(webhook: Webhook, strangers: Strangers) -> Webhook:
    """The webhook, with 429 for an address that sent too many wrong secrets; the right one is heard all the same."""

    async def answer(request: web.Request) -> web.StreamResponse:
        given = await webhook(request)
        if given.status != HTTPStatus.UNAUTHORIZED or not strangers.came(request.remote, Wrong.SECRET):
            return given
        refused = web.Response(status=HTTPStatus.TOO_MANY_REQUESTS, headers=LATER)
        refused.force_close()
        return refused

    return answer


def _tell(facts: Mapping[str, Fact], cause: Cause, seconds: float) -> None:
    """One line for a program's request, by its address as it was declared; health, scrapes and pushes have none."""
    tell(log, "answered", **facts, tasks=" ".join(map(code_of, cause.tasks)), ms=round(seconds * 1000, 1))


def measuring(instruments: Instruments, clock: Clock) -> Middleware:
    """A middleware that counts each answer, and how long it took; it tells of programs' requests, in spans too."""

    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        begun, came, resource = time.perf_counter(), clock.now(), request.match_info.route.resource
        with because(f"request:{secrets.token_hex(6)}") as cause:
            response = await handler(request)
            if resource is not None and resource.canonical.startswith(API):
                asked: dict[str, Fact] = {"method": request.method, "route": resource.canonical}
                answered = {**asked, "code": response.status}
                _tell(answered, cause, time.perf_counter() - begun)
                if instruments.spans is not None:
                    instruments.spans.took("request", came, clock.now(), answered, whole=True)
        # Made-up values must not become a series of their own: neither an address nor a method.
        instruments.requests.answered(
            method=request.method if resource is not None else UNMATCHED,
            route=resource.canonical if resource is not None else UNMATCHED,
            code=response.status,
            seconds=time.perf_counter() - begun,
        )
        return response

    return measured
