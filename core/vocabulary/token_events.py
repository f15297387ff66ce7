"""Events of the tokens of programs (``core.vocabulary.desk_events``)."""

from datetime import datetime

from msgspec import Struct

from core.vocabulary.scopes import Scope


class TokenCreated(Struct, frozen=True, kw_only=True, tag_field="type", tag="token_created"):
    """Somebody at the desk's machine made a token; ``expires_at`` None: it goes on until it is revoked."""

    name: str
    scopes: tuple[Scope, ...]
    by: str
    expires_at: datetime | None = None


class TokenRevoked(Struct, frozen=True, kw_only=True, tag_field="type", tag="token_revoked"):
    """Somebody at the desk's machine revoked a token: from then on it opens nothing."""

    name: str
    by: str


TokenEvent = TokenCreated | TokenRevoked
