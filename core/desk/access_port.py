"""The ways in, as the desk reads and writes them in a transaction: a part of `core.desk.ports.Repository`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from core.rules.guesses import Guesses
from core.rules.situation import Invitation
from core.state.lost_word import LostWord
from core.state.rises import Rise


class AccessRepository(Protocol):
    """One-time links, and requests that somebody becomes an administrator."""

    async def keep_invitation(self, digest: str, invitation: Invitation) -> None:
        """Keep a one-time link."""

    async def invitation(self, digest: str) -> Invitation | None:
        """A link that nobody has used."""

    async def use_invitation(self, digest: str) -> None:
        """It opens no door any more."""

    async def waiting(self, most: int) -> int:
        """The number of requests for access that wait: counted to so many."""

    async def invitations_of(self, person_id: int) -> tuple[str, ...]:
        """The digests of links that a person made and nobody has used: the first hundred."""

    async def confirm_invitation(self, digest: str) -> None:
        """A second administrator said that it may open the door."""

    async def keep_rise(self, rise: Rise) -> Rise:
        """Keep a request, which comes back with its number."""

    async def rise(self, rise_id: int) -> Rise | None:
        """A request, locked until the end of the transaction."""

    async def decide_rise(self, rise: Rise) -> None:
        """Keep who decided it, when and how."""

    async def lost_word(self, person_id: int) -> LostWord | None:
        """The word with which the person freezes their own access, as it is stored."""

    async def keep_lost_word(self, person_id: int, word: LostWord) -> None:
        """Keep it in the place of the one before."""

    async def guesses(self, whose: Iterable[str]) -> dict[str, Guesses]:
        """Wrong guesses by account and by person, which nobody else counts until the end of the transaction."""

    async def keep_guesses(self, whose: str, guesses: Guesses, now: datetime) -> None:
        """Keep how many there were."""
