"""One-time links on disk."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from core.rules.situation import Invitation
from core.vocabulary.words import Role
from storage.engine.locks import of_invitation
from storage.engine.session import Query, Session, const
from storage.schema.instants import from_ms, to_ms
from storage.schema.invitation_tables import InvitationRow
from storage.schema.rows import col
from storage.schema.tables import table

_invitation = table(InvitationRow)
_keep = Query(insert(_invitation).values({column.name: bindparam(column.name) for column in _invitation.columns}))
_find = Query(select(_invitation).where(col(InvitationRow.digest) == bindparam("digest")), InvitationRow)
_use = Query(_invitation.delete().where(col(InvitationRow.digest) == bindparam("digest")))

_confirm = Query(
    _invitation.update().where(col(InvitationRow.digest) == bindparam("digest")).values(confirmed=const(1))
)
_open = Query(
    select(_invitation)
    .where(
        tuple_(col(InvitationRow.expires_at), col(InvitationRow.digest)) > tuple_(bindparam("ends"), bindparam("after"))
    )
    .order_by(col(InvitationRow.expires_at), col(InvitationRow.digest))
    .limit(bindparam("most", type_=Integer)),
    InvitationRow,
)
_of_maker = Query.value(
    select(col(InvitationRow.digest))
    .where(col(InvitationRow.made_by) == bindparam("maker"))
    .order_by(col(InvitationRow.expires_at).desc())
    .limit(bindparam("most", type_=Integer))
)
LEFT = 100


async def keep(session: Session, digest: str, invitation: Invitation) -> None:
    """Keep a one-time link."""
    await session.run(
        _keep,
        digest=digest,
        role=int(invitation.role),
        expires_at=to_ms(invitation.expires_at),
        made_by=invitation.made_by,
        made_with=invitation.made_with,
        confirmed=int(invitation.confirmed),
    )


async def find(session: Session, digest: str) -> Invitation | None:
    """A link that nobody has used, and nobody else uses until the end of the transaction; it may be over."""
    await session.lock(of_invitation(digest))
    row = await session.row(_find, digest=digest)
    return invitation_of(row) if row is not None else None


def invitation_of(row: InvitationRow) -> Invitation:
    """A link from its row."""
    return Invitation(
        role=Role(row.role),
        expires_at=from_ms(row.expires_at),
        made_by=row.made_by,
        made_with=row.made_with,
        confirmed=bool(row.confirmed),
    )


async def page(session: Session, ends: datetime, after: str, most: int) -> list[InvitationRow]:
    """Links that nobody has used, the first to end first: those that follow this moment and digest."""
    return await session.rows(_open, ends=to_ms(ends), after=after, most=most)


async def made_by(session: Session, person: int) -> tuple[str, ...]:
    """Digests of the links that a person made, the last to end first: a hundred."""
    return tuple(await session.rows(_of_maker, maker=person, most=LEFT))


async def confirm(session: Session, digest: str) -> None:
    """It may open the door."""
    await session.run(_confirm, digest=digest)


async def use(session: Session, digest: str) -> None:
    """It opens no door any more."""
    await session.run(_use, digest=digest)
