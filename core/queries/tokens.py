"""Tokens of programs, as the desk knows them: never the value, which is shown once when it is made."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from core.vocabulary.scopes import Scope


class ApiToken(Struct, frozen=True, kw_only=True):
    """A named token. ``calls`` may be made in ``seconds``; 0 calls: as many as they like."""

    name: str
    scopes: frozenset[Scope]
    calls: int = 0
    seconds: int = 1
    created_at: datetime | None = None
    created_by: str = ""
    expires_at: datetime | None = None
    last_used: datetime | None = None
    revoked_at: datetime | None = None

    def counts_at(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class TokenQueries(Protocol):
    """Reading tokens."""

    async def token(self, digest: str) -> ApiToken | None:
        """The token whose SHA-256 this is, in hexadecimal, revoked ones too."""

    async def has_tokens(self, now: datetime) -> bool:
        """Whether any token counts."""
