"""The ways in, in SQL: the part of the repository that keeps one-time links and what waits for a second person."""

from sqlalchemy import Integer, bindparam, func, select

from core.rules.situation import Invitation
from core.state.rises import Rise
from storage.engine.locks import REQUESTS
from storage.engine.session import Query, Session, const
from storage.repositories import invitations, rises
from storage.schema.rows import col
from storage.schema.tables import PersonRow

_some = (
    select(col(PersonRow.id))
    .where(col(PersonRow.membership) == const("pending"))
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_waiting = Query.value(select(func.count()).select_from(_some))


class SqlAccess:
    """``core.desk.access_port.AccessRepository`` over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def keep_invitation(self, digest: str, invitation: Invitation) -> None:
        await invitations.keep(self._session, digest, invitation)

    async def invitation(self, digest: str) -> Invitation | None:
        return await invitations.find(self._session, digest)

    async def use_invitation(self, digest: str) -> None:
        await invitations.use(self._session, digest)

    async def waiting(self, most: int) -> int:
        # Side by side, each of a crowd would be among the first few, who have a card of their own.
        await self._session.lock(REQUESTS)
        return await self._session.row(_waiting, most=most) or 0

    async def invitations_of(self, person_id: int) -> tuple[str, ...]:
        return await invitations.made_by(self._session, person_id)

    async def confirm_invitation(self, digest: str) -> None:
        await invitations.confirm(self._session, digest)

    async def keep_rise(self, rise: Rise) -> Rise:
        return await rises.keep(self._session, rise)

    async def rise(self, rise_id: int) -> Rise | None:
        return await rises.find(self._session, rise_id)

    async def decide_rise(self, rise: Rise) -> None:
        await rises.decide(self._session, rise)
