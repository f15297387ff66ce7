"""Callers of the API: programs with a bearer token (RFC 6750), of which the desk knows only the SHA-256."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from http import HTTPStatus

from core.rules.permissions import Caller, Program, via_program
from metrics.blackout import SECRETS
from metrics.problems import trouble
from metrics.strangers import LATER, Strangers, Wrong

SHOWN_DIGITS = 12


class Tokens:
    """The configured tokens, as SHA-256 in hexadecimal. Without any, the API is off: 404 for everybody."""

    def __init__(self, digests: Iterable[str], strangers: Strangers) -> None:
        self._digests = tuple(bytes.fromhex(digest) for digest in digests)
        self._strangers = strangers

    def caller(self, authorization: str | None, address: str | None) -> Caller:
        """The program that this header names, an administrator to the desk; ``address`` is where it comes from.

        The record shows it as ``api:`` and the first digits of its token's digest.

        Raises:
            ProblemError: 404 the API is off, 401 no token or an unknown one, 429 too many unknown ones.
        """
        if not self._digests:
            raise trouble(HTTPStatus.NOT_FOUND, "The API is off: server.api_tokens names no token.")
        token = _token(authorization)
        if token is None:
            challenge = {"WWW-Authenticate": 'Bearer realm="gad"'}
            raise trouble(HTTPStatus.UNAUTHORIZED, "Send the header Authorization: Bearer <token>.", challenge)
        digest = sha256(token)
        if not self._is_known(digest.digest()):
            if self._strangers.came(address, Wrong.TOKEN):
                detail = "Too many unknown tokens came from this address. One that is known is heard all the same."
                raise trouble(HTTPStatus.TOO_MANY_REQUESTS, detail, LATER)
            challenge = {"WWW-Authenticate": 'Bearer realm="gad", error="invalid_token"'}
            raise trouble(HTTPStatus.UNAUTHORIZED, "No such token is known here.", challenge)
        SECRETS.see(token.decode(errors="replace"))
        program = Program(name=digest.hexdigest()[:SHOWN_DIGITS])
        return Caller(via=via_program(program), program=program)

    def known(self, authorization: str | None, address: str | None) -> bool:
        """Whether a program with a token asks; without one, or with a wrong one, it may ask all the same."""
        token = _token(authorization)
        if token is None or not self._digests:
            return False
        known = self._is_known(sha256(token).digest())
        if not known:
            self._strangers.came(address, Wrong.TOKEN)
        return known

    def _is_known(self, digest: bytes) -> bool:
        # A sum, for it compares with every one: how long it takes says nothing about which was nearly right.
        return bool(sum(hmac.compare_digest(digest, known) for known in self._digests))


def _token(authorization: str | None) -> bytes | None:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    return token.strip().encode(errors="surrogateescape")
