"""The ways in, in SQL: the part of the repository that keeps one-time links and what waits for a second person."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select

from core.rules.guesses import Guesses
from core.rules.situation import Invitation
from core.state.lost_word import LostWord
from core.state.rises import Rise
from storage.engine.locks import REQUESTS
from storage.engine.session import Query, Session, const
from storage.repositories import invitations, lost_words, rises
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

    async def lost_word(self, person_id: int) -> LostWord | None:
        return await lost_words.find(self._session, person_id)

    async def keep_lost_word(self, person_id: int, word: LostWord) -> None:
        await lost_words.keep(self._session, person_id, word)

    async def guesses(self, whose: Iterable[str]) -> dict[str, Guesses]:
        return await lost_words.guesses(self._session, whose)

    async def keep_guesses(self, whose: str, guesses: Guesses, now: datetime) -> None:
        await lost_words.count(self._session, whose, guesses, now)
