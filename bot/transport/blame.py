"""Blame for a 400 or a 403: the message, its reader, or nobody (P13)."""

from enum import Enum, auto
from typing import assert_never

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Conditions
from bot.transport.answers import Refused
from bot.transport.mass_content import MassContent, Verdict
from bot.transport.mass_refusal import MassRefusal
from bot.transport.reach import Reach
from core.vocabulary.words import Lane
from storage.schema.tables import OutboxRow

# A message that is refused so often while nothing tells why: its reader is passed, and it is tried again.
PASSED_AT = 2


class Blamed(Enum):
    """Culprit of a refusal."""

    READER = auto()  # they take no messages
    MESSAGE = auto()
    NOBODY = auto()  # it is tried again


class Blame:
    """Judges a refusal by what else is refused and taken; one answer alone silences nobody.

    A call without content, which leaves nothing in the chat, tells whether the reader can be reached. A mark on a
    person that turns out to come from what everybody is given is taken back.
    """

    def __init__(self, reach: Reach, conditions: Conditions, clock: Timepiece) -> None:
        self._reach = reach
        self._mass_refusal = MassRefusal(conditions, clock)
        self._mass_content = MassContent(conditions)

    def taken(self, row: OutboxRow, method: str) -> None:
        """Telegram took it."""
        self._mass_content.taken(method, row.id)
        if row.chat > 0 and method.startswith("send"):
            self._mass_refusal.taken(row.chat)

    async def of(self, row: OutboxRow, method: str, answer: Refused) -> Blamed:
        """Find whose fault it is; while an alert does not leave for nobody's fault, others are told meanwhile."""
        if not self._reach.provable(row.chat):
            return self._readers(row.chat)
        if answer.code == 403 and not self._mass_refusal.believed(row.chat):
            return Blamed.NOBODY
        match await self._reach.probe(row.chat):
            case True:
                self._mass_refusal.righted(row.chat)
                return await self._messages(row, method, answer)
            case False | None if answer.code == 403:
                return Blamed.READER
            case False:
                return self._readers(row.chat)
            case None:
                return Blamed.NOBODY

    async def set_aside(self, row: OutboxRow) -> None:
        """Pass the reader of a message that is set aside, unless they were passed already."""
        if self._mass_content.refusals(row.id) < PASSED_AT:
            await self._reach.unheard(row)
        self._mass_content.forget(row.id)

    async def make_good(self) -> None:
        """Take back the marks of those who were refused as the first of many."""
        for account in self._mass_refusal.wronged():
            if await self._reach.wronged(account):
                self._mass_refusal.righted(account)

    def _readers(self, account: int) -> Blamed:
        return Blamed.READER if self._mass_refusal.believed(account) else Blamed.NOBODY

    async def _messages(self, row: OutboxRow, method: str, answer: Refused) -> Blamed:
        match self._mass_content.judge(row.id, row.chat, method, answer):
            case Verdict.EVERYBODYS:
                return Blamed.NOBODY
            # A 403 that the call without content contradicts says nothing of the message either.
            case Verdict.OPEN if row.rank == Lane.EMERGENCY or answer.code == 403:
                if self._mass_content.refusals(row.id) == PASSED_AT:
                    await self._reach.unheard(row)
                return Blamed.NOBODY
            case Verdict.OPEN | Verdict.ITS_OWN:
                return Blamed.MESSAGE
            case unknown:
                assert_never(unknown)
