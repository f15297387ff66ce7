"""Programs' tokens on disk."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.desk.ports import Record
from core.queries.tokens import ApiToken
from core.vocabulary.scopes import Scope
from core.vocabulary.token_events import TokenCreated, TokenRevoked
from storage.audit import record
from storage.engine.session import Query, Session, const
from storage.schema.instants import from_ms, maybe_from_ms, maybe_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import table
from storage.schema.token_tables import TokenRow

_token = table(TokenRow)
_by_digest = Query(select(_token).where(col(TokenRow.digest) == bindparam("digest")), TokenRow)
_all = Query(select(_token).order_by(col(TokenRow.name)), TokenRow)
_some = Query.value(
    select(col(TokenRow.name))
    .where(
        col(TokenRow.revoked_at).is_(None),
        or_(col(TokenRow.expires_at).is_(None), col(TokenRow.expires_at) > bindparam("now")),
    )
    .limit(const(1))
)
_add = Query(
    insert(_token).values({column.name: bindparam(column.name) for column in _token.columns}).on_conflict_do_nothing()
)
_named = col(TokenRow.name) == bindparam("who")
_revoke = Query(update(_token).where(_named, col(TokenRow.revoked_at).is_(None)).values(revoked_at=bindparam("at")))
_use = Query(update(_token).where(_named).values(last_used=bindparam("at")))


async def find(session: Session, digest: str) -> ApiToken | None:
    """The token whose SHA-256 this is."""
    row = await session.row(_by_digest, digest=digest)
    return _token_of(row) if row is not None else None


async def every(session: Session) -> list[ApiToken]:
    """All of them by name, revoked ones too."""
    return [_token_of(row) for row in await session.rows(_all)]


async def some(session: Session, now: datetime) -> bool:
    """Whether any token counts."""
    return await session.row(_some, now=to_ms(now)) is not None


async def create(session: Session, token: ApiToken, digest: str, now: datetime) -> bool:
    """Keep a new token, and record it; False: its name is taken, perhaps by one that was revoked."""
    added = await session.touched(
        _add,
        name=token.name,
        digest=digest,
        scopes=",".join(_ordered(token.scopes)),
        calls=token.calls,
        seconds=token.seconds,
        created_at=to_ms(now),
        created_by=token.created_by,
        expires_at=maybe_ms(token.expires_at),
        last_used=None,
        revoked_at=None,
    )
    if not added:
        return False
    event = TokenCreated(
        name=token.name, scopes=tuple(_ordered(token.scopes)), by=token.created_by, expires_at=token.expires_at
    )
    await record.add(session, [Record(at=now, event=event, by=None, via="cli")])
    return True


async def revoke(session: Session, name: str, by: str, now: datetime) -> bool:
    """Revoke a token, and record it; False: none that counts has this name."""
    if not await session.touched(_revoke, who=name, at=to_ms(now)):
        return False
    await record.add(session, [Record(at=now, event=TokenRevoked(name=name, by=by), by=None, via="cli")])
    return True


async def used(session: Session, name: str, now: datetime) -> None:
    """Keep when a token was used last."""
    await session.run(_use, who=name, at=to_ms(now))


def _ordered(scopes: Iterable[Scope]) -> list[Scope]:
    chosen = set(scopes)
    return [scope for scope in Scope if scope in chosen]


def _token_of(row: TokenRow) -> ApiToken:
    return ApiToken(
        name=row.name,
        scopes=frozenset(Scope(word) for word in row.scopes.split(",") if word),
        calls=row.calls,
        seconds=row.seconds,
        created_at=from_ms(row.created_at),
        created_by=row.created_by,
        expires_at=maybe_from_ms(row.expires_at),
        last_used=maybe_from_ms(row.last_used),
        revoked_at=maybe_from_ms(row.revoked_at),
    )
