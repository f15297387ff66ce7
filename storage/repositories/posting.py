"""Messages of one unit: chats are locked last and in one call, and those of whoever is out are cleared first."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.desk.ending_port import CardShown
from core.desk.ports import OutgoingMessage
from core.state.person import Person
from core.vocabulary.destinations import Destination
from storage.engine.locks import of_chat
from storage.engine.session import Session
from storage.queues import outbox
from storage.queues import put_out as chats
from storage.queues.addressed_call import AddressedCall, Render, address_of
from storage.repositories import lost_words, put_out
from storage.repositories.access import SqlAccess


class Posting(SqlAccess):
    """Messages of a unit, kept until they are posted; and what ends with somebody's access (P14)."""

    def __init__(self, session: Session, render: Render) -> None:
        super().__init__(session)
        self._render = render
        self._calls: list[tuple[AddressedCall, datetime]] = []
        self._taken_back: dict[int, datetime] = {}
        self._dropped: list[tuple[int, Sequence[CardShown]]] = []

    async def post(self, messages: Iterable[OutgoingMessage], now: datetime) -> None:
        self._calls += [(self._render(message), now) for message in messages]

    async def reported(self, person_id: int) -> tuple[int, ...]:
        return await put_out.reported(self._session, person_id)

    async def let_go(self, person: Person) -> None:
        await put_out.drop_forms(self._session, person.id, person.account)
        await put_out.forget_place(self._session, person.id)
        if person.out:
            await lost_words.drop(self._session, person.id)

    async def take_back(self, to: Destination, now: datetime) -> None:
        self._taken_back[address_of(to)] = now

    async def in_hand(self, to: Destination) -> bool:
        return await chats.in_hand(self._session, address_of(to))

    async def cards_at(self, to: Destination, most: int) -> tuple[CardShown, ...]:
        return await chats.cards_in(self._session, address_of(to), most)

    async def drop_cards(self, to: Destination, cards: Sequence[CardShown]) -> None:
        self._dropped += [(address_of(to), cards)] if cards else []

    async def _post(self) -> None:
        calls, self._calls = self._calls, []
        if self._taken_back or self._dropped:
            await self._clear([call.chat for call, _ in calls])
        if calls:
            await outbox.post(self._session, [call for call, _ in calls], calls[0][1])

    async def _clear(self, others: Iterable[int]) -> None:
        """Take back what waits for those who are out, before anything is said to them, and drop their cards."""
        gone, self._taken_back = self._taken_back, {}
        dropped, self._dropped = self._dropped, []
        await self._session.lock(*map(of_chat, {*gone, *(chat for chat, _ in dropped), *others}))
        for chat in sorted(gone):
            await chats.take_back(self._session, chat, gone[chat])
        for chat, cards in dropped:
            await chats.drop(self._session, chat, cards)

    async def _settle(self, card: str) -> None:
        """Put in what waits, where a question is about a card that some of it shows."""
        if any(call.card == card for call, _ in self._calls):
            await self._post()
