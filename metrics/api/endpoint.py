"""One shape for every address of the API: a function from a call to a reply, and what it takes and gives.

The same declaration makes the route and its part of `/openapi.json`, so that neither can say more than the other.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from inspect import getdoc
from typing import Any, Generic, TypeVar

from aiohttp import hdrs, web
from msgspec import Struct, json

from core.desk.desk import Desk
from core.desk.ports import Clock
from core.queries.queries import Queries
from core.rules.permissions import Caller
from core.vocabulary.scopes import Scope
from metrics.api.reading import read_body, read_code, read_key, read_query, read_version
from metrics.api.requests import Nothing
from metrics.joint_reading import JointReading
from metrics.tokens import Tokens

Q = TypeVar("Q", bound=Struct)
B = TypeVar("B", bound=Struct)


class Services(Struct, frozen=True, kw_only=True):
    """Services of every call."""

    desk: Desk
    queries: Queries
    clock: Clock
    tokens: Tokens


class Call(Struct, Generic[Q, B], frozen=True, kw_only=True):
    """A request that was read: who sent it, its query, its body, and the task that its address names.

    ``key`` is its idempotency key, ``version`` that of the task for which alone it is meant.
    """

    services: Services
    caller: Caller
    scopes: frozenset[Scope]
    query: Q
    body: B
    task: int = 0
    key: str | None = None
    version: int | None = None

    @property
    def sees_silent(self) -> bool:
        """Whether there are silent alarms for the caller."""
        return Scope.DURESS in self.scopes

    @property
    def sees_places(self) -> bool:
        """Whether the caller may read where people and tasks are."""
        return Scope.POSITIONS in self.scopes


class Reply(Struct, frozen=True, kw_only=True):
    """An answer of the API."""

    body: Struct
    headers: Mapping[str, str] = {}
    status: HTTPStatus | None = None  # another than the usual one, as declared


class Written(Struct, frozen=True, kw_only=True):
    """A reply with its body as it leaves."""

    reply: Reply
    body: bytes


Act = Callable[[Call[Q, B]], Awaitable[Reply]]


class Endpoint(Struct, Generic[Q, B], frozen=True, kw_only=True):
    """An address with a method. ``summary`` and ``description`` come from the docstring of what it does."""

    method: str
    path: str
    scope: Scope
    act: Act[Q, B]
    query: type[Q]
    body: type[B]
    answer: type[Struct]
    status: HTTPStatus
    other: HTTPStatus | None
    limited: bool
    joint: bool
    name: str
    summary: str
    description: str


def endpoint(
    method: str,
    path: str,
    *,
    scope: Scope,
    answer: type[Struct],
    query: type[Q] = Nothing,  # type: ignore[assignment]  # a default can't bind a type variable
    body: type[B] = Nothing,  # type: ignore[assignment]
    status: HTTPStatus = HTTPStatus.OK,
    other: HTTPStatus | None = None,
    limited: bool = True,
    joint: bool = False,
) -> Callable[[Act[Q, B]], Endpoint[Q, B]]:
    """Declare what a function answers to a token with this scope.

    ``{code}`` in the path is a task's; ``other``: the status where it did less; ``limited``: no more often than
    the token may; ``joint``: who asks the same with the same scopes at the same time gets one answer.
    """

    def declare(act: Act[Q, B]) -> Endpoint[Q, B]:
        summary, _, description = (getdoc(act) or "").partition("\n")
        return Endpoint(
            method=method,
            path=path,
            scope=scope,
            act=act,
            query=query,
            body=body,
            answer=answer,
            status=status,
            other=other,
            limited=limited,
            joint=joint,
            name=getattr(act, "__name__", path),
            summary=summary.rstrip("."),
            description=description.strip(),
        )

    return declare


def bind(declared: Endpoint[Any, Any], services: Services) -> web.RouteDef:
    """The route that reads a request, calls the function, and writes its reply."""
    readings = JointReading[Written]()

    async def write(call: Call[Any, Any]) -> Written:
        reply = await declared.act(call)
        return Written(reply=reply, body=json.encode(reply.body))

    async def handle(request: web.Request) -> web.Response:
        headers = request.headers
        sent = headers.get(hdrs.AUTHORIZATION)
        bearer = await services.tokens.bearer(sent, request.remote, declared.scope, limited=declared.limited)
        call = Call(
            services=services,
            caller=bearer.caller,
            scopes=bearer.scopes,
            query=read_query(request, declared.query),
            body=await read_body(request, declared.body),
            task=read_code(request),
            key=read_key(headers.get("Idempotency-Key")) if declared.method == hdrs.METH_POST else None,
            version=read_version(headers.get(hdrs.IF_MATCH)) if declared.method == hdrs.METH_PATCH else None,
        )
        asked = (call.scopes, call.query, call.task)
        written = await (readings.get(asked, lambda: write(call)) if declared.joint else write(call))
        return web.Response(
            body=written.body,
            status=written.reply.status or declared.status,
            content_type="application/json",
            headers={hdrs.CACHE_CONTROL: "no-store", **written.reply.headers},
        )

    if declared.method == hdrs.METH_GET:
        return web.get(declared.path, handle)
    return web.route(declared.method, declared.path, handle)
