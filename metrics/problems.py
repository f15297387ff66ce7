"""Errors as programs read them: problem details (RFC 9457), for whatever goes wrong on the side server."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Middleware
from msgspec import Struct, json

from core.desk.ports import Clock, Unavailable
from metrics.blackout import black_out
from metrics.log_lines import OncePerMinute

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER = "2"  # seconds
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Problem details. ``type`` tells kinds apart, ``detail`` is for people; the rest is there where it helps.

    ``about:blank`` says no more than the status does. ``person`` is who stands in the way and ``at`` since when,
    ``limit`` the most characters that are taken, ``scope`` the one that the token lacks.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    task: str | None = None
    person: int | None = None
    at: datetime | None = None
    limit: int | None = None
    scope: str | None = None


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail or problem.title)
        self.problem = problem
        self.headers = headers

    def answer(self) -> web.Response:
        """The response that shows it."""
        body = black_out(json.encode(self.problem).decode())
        return web.Response(
            body=body.encode(), status=self.problem.status, content_type=CONTENT_TYPE, headers=self.headers
        )


def trouble(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> ProblemError:
    """A problem that its status describes."""
    problem = Problem(type="about:blank", title=status.phrase, status=status, detail=detail)
    return ProblemError(problem, headers)


def problem_details(clock: Clock) -> Middleware:
    """A middleware that lets no error leave in any other form, and none with its inside out."""
    inside = OncePerMinute(log, clock)

    @web.middleware
    async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ProblemError as error:
            return error.answer()
        except web.HTTPException as error:
            return _plain(request, error).answer()
        except web.RequestPayloadError:
            return trouble(HTTPStatus.BAD_REQUEST, "The body broke off, or is not encoded as its headers say.").answer()
        except Unavailable:
            detail = "The storage can't be used now. The same request, with the same Idempotency-Key, is done once."
            return trouble(HTTPStatus.SERVICE_UNAVAILABLE, detail, {"Retry-After": RETRY_AFTER}).answer()
        except Exception as error:  # noqa: BLE001 - it is logged, once a minute
            inside.fails(f"{request.method} {request.path}", error)
            return trouble(
                HTTPStatus.INTERNAL_SERVER_ERROR, "It failed here, and the operators' log says why."
            ).answer()

    return answered


def _plain(request: web.Request, error: web.HTTPException) -> ProblemError:
    """Refusals of aiohttp itself: no such address, no such method, a body that is too long."""
    status = HTTPStatus(error.status)
    match error:
        case web.HTTPNotFound():
            return trouble(status, f"Nothing is at {request.path}.")
        case web.HTTPMethodNotAllowed():
            allowed = ", ".join(sorted(error.allowed_methods))
            return trouble(status, f"{request.path} takes {allowed}.", {"Allow": allowed})
        case _:  # aiohttp's other refusals say all that there is to say
            return trouble(status, error.text or error.reason)
