"""Callers of the API: programs with a bearer token (RFC 6750), of which the desk knows only the SHA-256."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from http import HTTPStatus

from core.rules.permissions import Caller
from metrics.problems import trouble

SHOWN_DIGITS = 12


class Tokens:
    """The configured tokens, as SHA-256 in hexadecimal. Without any, the API is off: 404 for everybody."""

    def __init__(self, digests: Iterable[str]) -> None:
        self._digests = tuple(bytes.fromhex(digest) for digest in digests)

    def caller(self, authorization: str | None) -> Caller:
        """The program that this header names, an administrator to the desk.

        The record shows it as ``api:`` and the first digits of its token's digest.

        Raises:
            ProblemError: 404 the API is off, 401 no token or an unknown one.
        """
        if not self._digests:
            raise trouble(HTTPStatus.NOT_FOUND, "The API is off: server.api_tokens names no token.")
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            challenge = {"WWW-Authenticate": 'Bearer realm="gad"'}
            raise trouble(HTTPStatus.UNAUTHORIZED, "Send the header Authorization: Bearer <token>.", challenge)
        digest = sha256(token.strip().encode(errors="surrogateescape"))
        # A sum, for it compares with every one: how long it takes says nothing about which was nearly right.
        if not sum(hmac.compare_digest(digest.digest(), known) for known in self._digests):
            challenge = {"WWW-Authenticate": 'Bearer realm="gad", error="invalid_token"'}
            raise trouble(HTTPStatus.UNAUTHORIZED, "No such token is known here.", challenge)
        return Caller(via=f"api:{digest.hexdigest()[:SHOWN_DIGITS]}")
