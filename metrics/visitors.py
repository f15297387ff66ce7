"""Visitors of the side server: one connection each, which must send the head of its request in time and in form."""

import asyncio
import logging
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from metrics.problems import CONTENT_TYPE, trouble
from metrics.strangers import Strangers, Wrong

if TYPE_CHECKING:
    from aiohttp.web_request import BaseRequest

# Of a line for each request, which nobody reads: the metrics count them.
UNREAD = logging.getLogger(f"{__name__}.unread")
UNREAD.disabled = True
# A connection that asks nothing is closed after this.
IDLE = timedelta(seconds=30)
# From the first byte of a request's head to its last.
HEAD = timedelta(seconds=10)


class _NoHttp(web.Response):
    """An answer to what was no request, so that no application puts its headers right."""

    def __init__(self) -> None:
        told = trouble(HTTPStatus.BAD_REQUEST, "This is no HTTP that can be read.").answer()
        super().__init__(body=told.body, status=told.status, content_type=CONTENT_TYPE)
        self.headers["X-Content-Type-Options"] = "nosniff"
        self.force_close()

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall(hdrs.SERVER, None)


class Visitor(web.RequestHandler):
    """One connection; ``head_came`` and ``answered`` are called around the work on each request."""

    def __init__(self, server: web.Server, strangers: Strangers, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(server, loop=loop, keepalive_timeout=IDLE.total_seconds(), access_log=UNREAD)
        self._strangers = strangers
        self._clock = loop
        self._working = False
        self._too_late: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Take what came; the first byte of a head starts its time."""
        if not self._working and self._too_late is None:
            self._too_late = self._clock.call_later(HEAD.total_seconds(), self.force_close)
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget the time that ran."""
        self.head_came()
        super().connection_lost(exc)

    def head_came(self) -> None:
        """Stop the time of the head, which is whole; body and answer have one of their own."""
        self._working = True
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None

    def answered(self) -> None:
        """Take the next byte for another head."""
        self._working = False

    def log_exception(self, *args: object, **kw: object) -> None:
        """Count a body that is not encoded as its head says; other failures are the desk's own, and logged."""
        if not isinstance(kw.get("exc_info"), web.RequestPayloadError):
            super().log_exception(*args, **kw)
            return
        peer = self.transport.get_extra_info("peername") if self.transport is not None else None
        self._strangers.came(peer[0] if peer else None, Wrong.HTTP)

    def handle_error(
        self,
        request: "BaseRequest",
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """400 for what is no HTTP, without a word of it here or in the log: a token may stand in it.

        Raises:
            ConnectionError: an answer was begun already, and can't be taken back.
        """
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        self.head_came()
        self._strangers.came(request.remote, Wrong.HTTP)
        if request.writer.output_size > 0:
            raise ConnectionError("the answer was begun before")
        return _NoHttp()
