"""Updates that can't be read: found one by one, kept as they came, and passed, so that none stops those behind (P13).

JSON that nests too deep, text that is no UTF-8 or half a character, or a number of thousands of digits spoils the whole
answer in which it comes, each time that it is asked for. So what follows is asked for one at a time: what can be read
is handled, and what can't is confirmed by the number that can still be seen in it. An answer without a number, or
one that was cut off, is the fault of no update: it is waited out, and health says so.
"""

import re

from bot.transport.intake import Intake

BATCH = 100
TRIES = 2  # of the update alone: a way that garbles answers now and then is no fault of it
LONGEST = 1_048_576  # bytes of such an update that are kept

_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\s*[,}]')
_LIST = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[(.*)\]\s*\}\s*', re.DOTALL)


def number_in(content: bytes) -> int | None:
    """The number of the first update in an answer or in a push, as far as one can be seen."""
    found = _NUMBER.search(content)
    return int(found[1]) if found is not None else None


class OneByOne:
    """How many updates to ask for, and what to do with an answer that can't be read."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._alone = 0  # polls that still ask for one
        self._number: int | None = None
        self._tries = 0

    @property
    def limit(self) -> int:
        """The most updates that the next answer may have."""
        return 1 if self._alone else BATCH

    def read(self, updates: int) -> None:
        """Note that an answer could be read, with so many updates."""
        self._alone = max(0, self._alone - 1) if updates else 0
        self._tries = 0

    async def unreadable(self, content: bytes) -> int | None:
        """Keep an update that can't be read even alone: its number, from which on it goes on; None: ask again.

        Raises:
            StorageError: it is not kept.
        """
        alone, number, whole = self._alone > 0, number_in(content), _LIST.fullmatch(content)
        self._alone = BATCH
        if not alone or number is None or whole is None:
            return None
        self._tries = self._tries + 1 if number == self._number else 1
        self._number = number
        if self._tries < TRIES:
            return None
        await self._intake.receive_unreadable(number, whole[1][:LONGEST])
        self._alone = 0
        return number
