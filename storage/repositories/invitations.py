"""One-time links on disk."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from core.rules.situation import Invitation
from core.vocabulary.words import Role
from storage.engine.locks import of_invitation
from storage.engine.session import Query, Session
from storage.schema.instants import from_ms, to_ms
from storage.schema.invitation_tables import InvitationRow
from storage.schema.rows import col
from storage.schema.tables import table

_invitation = table(InvitationRow)
_keep = Query(insert(_invitation).values({column.name: bindparam(column.name) for column in _invitation.columns}))
_find = Query(select(_invitation).where(col(InvitationRow.digest) == bindparam("digest")), InvitationRow)
_use = Query(_invitation.delete().where(col(InvitationRow.digest) == bindparam("digest")))


async def keep(session: Session, digest: str, invitation: Invitation) -> None:
    """Keep a one-time link."""
    await session.run(
        _keep,
        digest=digest,
        role=int(invitation.role),
        expires_at=to_ms(invitation.expires_at),
        made_by=invitation.made_by,
    )


async def find(session: Session, digest: str) -> Invitation | None:
    """A link that nobody has used, and nobody else uses until the end of the transaction; it may be over."""
    await session.lock(of_invitation(digest))
    row = await session.row(_find, digest=digest)
    if row is None:
        return None
    return Invitation(role=Role(row.role), expires_at=from_ms(row.expires_at), made_by=row.made_by)


async def use(session: Session, digest: str) -> None:
    """It opens no door any more."""
    await session.run(_use, digest=digest)
