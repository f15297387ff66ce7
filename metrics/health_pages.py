"""The health pages: for what restarts a process, for what sends it traffic, and for people.

Without a token for `metrics` they say whether the desk is well, and nothing else: which part is not, how many
emergencies wait and since when it runs is nobody's business on the street.
"""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus

from aiohttp import hdrs, web
from msgspec import Struct, json

from core.desk.ports import Clock
from core.vocabulary.scopes import Scope
from metrics.health import Health, Part, Status
from metrics.tokens import Tokens

UNWELL = "unwell"
CLOSING = "closing"
NOT_KEPT = {"Cache-Control": "no-store"}


class Page(Struct, frozen=True, kw_only=True):
    """The page of `/health`. ``since`` is when the side server started."""

    status: Status
    version: str
    since: datetime
    uptime_seconds: int
    parts: dict[str, Part]


class HealthPages:
    """Answers `/health`, `/health/live` and `/health/ready`."""

    def __init__(self, health: Health, clock: Clock, version: str, tokens: Tokens) -> None:
        self._health = health
        self._clock = clock
        self._tokens = tokens
        self._version = version
        self._since = clock.now()
        self._closing = False

    def close(self) -> None:
        """Say from now on that the desk is not ready, without asking anybody: it closes, and finishes its work."""
        self._closing = True

    def routes(self) -> Iterable[web.RouteDef]:
        """GET and HEAD of each."""
        yield web.get("/health/live", self.live)
        yield web.get("/health/ready", self.ready)
        yield web.get("/health", self.whole)

    async def live(self, request: web.Request) -> web.Response:
        """The loop turns: 200, whatever else is wrong. To restart would help nobody."""
        return web.json_response({"status": Status.WELL}, headers=NOT_KEPT)

    async def ready(self, request: web.Request) -> web.Response:
        """200 when all required parts are well, else 503; with a token, the names of those that are not."""
        if self._closing:
            answer: dict[str, object] = {"status": Status.DOWN, "unwell": [CLOSING]}
            return web.json_response(answer, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=NOT_KEPT)
        report = await self._health.report()
        if not await self._may_read(request):
            return _short(well=report.ready, ready=report.ready)
        unwell = sorted(name for name, part in report.parts.items() if part.required and not part.well)
        answer = {"status": Status.DOWN if unwell else Status.WELL, "unwell": unwell}
        return web.json_response(answer, status=_code(report.ready), headers=NOT_KEPT)

    async def whole(self, request: web.Request) -> web.Response:
        """The code of `ready`; with a token, each part, without one whether all of them are well."""
        if self._closing:
            return await self.ready(request)
        report = await self._health.report()
        if not await self._may_read(request):
            return _short(well=report.status is Status.WELL, ready=report.ready)
        page = Page(
            status=report.status,
            version=self._version,
            since=self._since,
            uptime_seconds=int((self._clock.now() - self._since).total_seconds()),
            parts=report.parts,
        )
        body = json.format(json.encode(page), indent=2)
        return web.Response(body=body, status=_code(report.ready), content_type="application/json", headers=NOT_KEPT)

    async def _may_read(self, request: web.Request) -> bool:
        return await self._tokens.allows(request.headers.get(hdrs.AUTHORIZATION), request.remote, Scope.METRICS)


def _short(*, well: bool, ready: bool) -> web.Response:
    return web.json_response({"status": Status.WELL if well else UNWELL}, status=_code(ready), headers=NOT_KEPT)


def _code(ready: bool) -> HTTPStatus:
    return HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
