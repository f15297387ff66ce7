"""Callers of the API: programs with a bearer token (RFC 6750), of which the desk knows only the SHA-256."""

import asyncio
import hmac
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from math import ceil

from msgspec import Struct

from core.desk.ports import Clock, Unavailable
from core.queries.tokens import ApiToken, TokenQueries
from core.rules.permissions import Caller, Program, via_program
from core.vocabulary.scopes import UNNAMED, Scope
from metrics.blackout import SECRETS
from metrics.problems import Problem, ProblemError, trouble
from metrics.strangers import LATER, Strangers, Wrong
from metrics.token_limits import TokenLimits

SHOWN_DIGITS = 12
# The beginning by which secret scanners know a token, then 32 random bytes.
SHAPE = re.compile(rb"gad_[A-Za-z0-9_-]{43}")
PATIENCE = timedelta(seconds=2)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gad"'}
_WRONG = {"WWW-Authenticate": 'Bearer realm="gad", error="invalid_token"'}


class Bearer(Struct, frozen=True, kw_only=True):
    """A program that was let in, and what its token is for."""

    caller: Caller
    scopes: frozenset[Scope]


class Programs(Struct, frozen=True, kw_only=True):
    """Beside the database: the configuration's ``digests``, ``limits`` for all, and whom to tell what was ``used``.

    ``digests`` are asked for at each request.
    """

    digests: Callable[[], Iterable[str]] = tuple
    limits: TokenLimits | None = None
    used: Callable[[str], None] = lambda name: None


class Tokens:
    """Tokens of the configuration, as SHA-256 in hexadecimal, and of the database: those are asked for each time.

    So a token that was made or revoked is so at the next request, at every process. Without any token the API is off.
    """

    def __init__(
        self,
        digests: Callable[[], Iterable[str]],
        strangers: Strangers,
        clock: Clock,
        directory: TokenQueries,
        limits: TokenLimits,
        used: Callable[[str], None],
    ) -> None:
        self._digests = digests
        self._strangers = strangers
        self._clock = clock
        self._directory = directory
        self._limits = limits
        self._used = used

    async def bearer(
        self, authorization: str | None, address: str | None, scope: Scope, *, limited: bool = True
    ) -> Bearer:
        """The program that this header names, an administrator to the desk; ``address`` is where it comes from.

        A call that is not ``limited`` counts, and is heard however many there were: a flood of emergencies is bounded
        by the fair share of whoever reports them (`core.rules.shares`).

        The record shows it as ``api:`` and the name of its token; of one of the configuration, the first digits of its
        digest.

        Raises:
            ProblemError: 404 the API is off, 401 no token or an unknown one, 403 not with this scope, 429 too many.
        """
        token = _token(authorization)
        known = await self._find(token, scope) if token is not None else None
        if token is None or known is None:
            raise await self._stranger(token, address)
        wait = await self._limits.wait(known.name, known.calls, known.seconds) if known.calls else 0.0
        if wait and limited:
            later = {"Retry-After": str(ceil(wait))}
            detail = f"This token may call {known.calls} times in {known.seconds} s."
            raise trouble(HTTPStatus.TOO_MANY_REQUESTS, detail, later)
        if scope not in known.scopes:
            raise _without(scope)
        program = Program(name=known.name, sees_silent=Scope.DURESS in known.scopes)
        return Bearer(caller=Caller(via=via_program(program), program=program), scopes=known.scopes)

    async def allows(self, authorization: str | None, address: str | None, scope: Scope) -> bool:
        """Whether a program with such a token asks; without one, or with a wrong one, it may ask all the same.

        While the database is away, its tokens open nothing.
        """
        token = _token(authorization)
        if token is None:
            return False
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                known = await self._find(token, scope)
        except (Unavailable, TimeoutError):
            return False
        if known is None:
            self._strangers.came(address, Wrong.TOKEN)
        return known is not None and scope in known.scopes

    async def _find(self, token: bytes, scope: Scope) -> ApiToken | None:
        """The token, and told as used; not by health and metrics, which write nothing."""
        digest = sha256(token)
        if self._is_configured(digest.digest()):
            SECRETS.see(token.decode(errors="replace"))
            return ApiToken(name=digest.hexdigest()[:SHOWN_DIGITS], scopes=UNNAMED)
        if not SHAPE.fullmatch(token):
            return None
        SECRETS.see(token.decode())
        known = await self._directory.token(digest.hexdigest())
        if known is None or not known.counts_at(self._clock.now()):
            return None
        if scope is not Scope.METRICS:
            self._used(known.name)
        return known

    async def _stranger(self, token: bytes | None, address: str | None) -> ProblemError:
        if not any(self._digests()) and not await self._directory.has_tokens(self._clock.now()):
            return trouble(HTTPStatus.NOT_FOUND, "The API is off: there is no token. gad tokens create makes one.")
        if token is None:
            return trouble(HTTPStatus.UNAUTHORIZED, "Send the header Authorization: Bearer <token>.", _CHALLENGE)
        if self._strangers.came(address, Wrong.TOKEN):
            detail = "Too many unknown tokens came from this address. One that is known is heard all the same."
            return trouble(HTTPStatus.TOO_MANY_REQUESTS, detail, LATER)
        return trouble(HTTPStatus.UNAUTHORIZED, "No such token is known here.", _WRONG)

    def _is_configured(self, digest: bytes) -> bool:
        # A sum, for it compares with every one: how long it takes says nothing about which was nearly right.
        return bool(sum(hmac.compare_digest(digest, bytes.fromhex(known)) for known in self._digests()))


def _without(scope: Scope) -> ProblemError:
    """RFC 6750, 3.1."""
    problem = Problem(
        type="urn:gad:problem:scope",
        title="The token is not for this",
        status=HTTPStatus.FORBIDDEN,
        detail=f"It needs the scope {scope.value}.",
        scope=scope.value,
    )
    challenge = f'Bearer realm="gad", error="insufficient_scope", scope="{scope.value}"'
    return ProblemError(problem, {"WWW-Authenticate": challenge})


def _token(authorization: str | None) -> bytes | None:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    return token.strip().encode(errors="surrogateescape")
