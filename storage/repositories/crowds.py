"""Crowds of a unit of work, page by page, and the circulars that tell them."""

from core.desk.circular_port import Circular
from core.state.crowd import Crowd
from core.state.person import Person
from core.vocabulary.contents import Screen
from storage.repositories import circulars
from storage.repositories.posting import Posting


class Crowds(Posting):
    """``core.desk.circular_port.Circulars`` over a session."""

    async def crowd(self, crowd: Crowd, *, after: int, most: int) -> tuple[Person, ...]:
        if crowd.card:
            await self._settle(crowd.card)
        return await circulars.page(self._session, crowd, after=after, most=most)

    async def circulate(self, circular: Circular) -> None:
        await circulars.keep(self._session, circular)

    async def circular(self, person: int, unit: int) -> Circular | None:
        return await circulars.first(self._session, person, unit)

    async def circulate_on(self, circular: Circular, after: int | None) -> None:
        await circulars.go_on(self._session, circular, after)

    async def reword_circulars(self, card: str, screen: Screen | None, *, person: int, unit: int) -> None:
        await circulars.reword(self._session, card, screen, person=person, unit=unit)
