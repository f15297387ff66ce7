"""The ways in, in SQL: the part of the repository that keeps one-time links."""

from core.rules.situation import Invitation
from storage.engine.session import Session
from storage.repositories import invitations


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

    async def invitations_of(self, person_id: int) -> tuple[str, ...]:
        return await invitations.made_by(self._session, person_id)
