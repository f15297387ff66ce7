"""The end of access, as the desk writes it in a transaction: a part of `core.desk.ports.Repository`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from core.state.person import Person
from core.vocabulary.destinations import Destination


class CardShown(NamedTuple):
    """A message that shows a card, by the card's name and the channel's number of the message."""

    name: str
    message: int


class Erasing(Protocol):
    """The erasing of all that is kept of a person, as the desk does it in a transaction (P15)."""

    async def stands_in_way(self, person_id: int, *, openly: bool) -> int | None:
        """An open task that they reported or have a part in; ``openly``: none that is silent for their sake."""

    async def erasure_waits(self, person_id: int, now: datetime) -> bool:
        """Whether they have asked for it, and nobody has decided yet."""

    async def words_in_chain(self) -> bool:
        """Whether words of the record can't be erased before it is resealed."""

    async def erase_some(self, person_id: int, now: datetime) -> bool:
        """Erase a slice of their words and tasks; False: there was nothing more to erase."""

    async def erasure_approved_by(self, person_id: int) -> int | None:
        """The administrator who approved it."""

    async def forget(self, person_id: int) -> None:
        """Empty their row, and delete what else is kept by their number or account."""


class EndingRepository(Erasing, Protocol):
    """People held while they lose access, accounts that change hands, and what ends with either (P14)."""

    async def hold_people(self, ids: Iterable[int]) -> dict[int, Person]:
        """Several people, by id, as they are until the end of the transaction."""

    async def move_account(self, was: int, account: int, now: datetime) -> None:
        """Take a person's check-in, and the messages to them that have not left, to their other account."""

    async def reported(self, person_id: int) -> tuple[int, ...]:
        """The newest open tasks that a person reported, by task id: a hundred."""

    async def let_go(self, person: Person) -> None:
        """Delete what is kept for somebody who is out: forms and place."""

    async def take_back(self, to: Destination, now: datetime) -> None:
        """Take back all that waits to leave for this destination; what is being sent is not sent again."""

    async def in_hand(self, to: Destination) -> bool:
        """Whether something is being sent there, and nobody knows yet whether it arrived."""

    async def cards_at(self, to: Destination, most: int) -> tuple[CardShown, ...]:
        """The newest cards that are shown there."""

    async def drop_cards(self, to: Destination, cards: Sequence[CardShown]) -> None:
        """Make no cards of these any more, unless another message shows one by now."""
