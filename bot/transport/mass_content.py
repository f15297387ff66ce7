"""Messages to many people that are refused for what they are, one after another: no single one is to blame (P13)."""

from collections import Counter
from enum import Enum, auto

from msgspec import Struct

from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import Refused

# One card that Telegram can't read goes to a few people, while others' messages are taken. So many in a row, with
# none of the kind taken between them, are something that befell the way or the Bot API.
PEOPLE = 3
# Messages that were refused and not blamed yet; whoever falls out is doubted anew.
MOST = 10_000


class Verdict(Enum):
    """Verdict on a message that was refused although its reader can be reached."""

    ITS_OWN = auto()  # others of its method were taken since
    OPEN = auto()  # nothing was sent since that could tell
    EVERYBODYS = auto()


class _Suspect(Struct):
    taken: int  # calls of its method that had been taken when it was refused first
    refusals: int = 0


class MassContent:
    """Tells one message that Telegram won't take from a method of which it takes none; says `Condition.SENDING`.

    What belongs to such a spell is tried again: the first that is taken ends it, and then a refusal counts again.
    """

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions
        self._refused: dict[str, set[int]] = {}
        self._taken: Counter[str] = Counter()
        self._suspects: dict[int, _Suspect] = {}

    def taken(self, method: str, message: int) -> None:
        """Telegram took a call of this method."""
        self._taken[method] += 1
        self._suspects.pop(message, None)
        if len(self._refused.pop(method, ())) >= PEOPLE:
            self._conditions.well(Condition.SENDING, part=method)

    def judge(self, message: int, address: int, method: str, answer: Refused) -> Verdict:
        """Judge a message that was just refused, whose reader can be reached."""
        people = self._refused.setdefault(method, set())
        people.add(address)
        if len(people) >= PEOPLE:
            why = f"Telegram refuses every {method} ({answer.code} {answer.description}); each is tried again"
            self._conditions.ill(Condition.SENDING, why, part=method)
            return Verdict.EVERYBODYS
        taken = self._taken[method]
        suspect = self._suspects.setdefault(message, _Suspect(taken))
        suspect.refusals += 1
        if len(self._suspects) > MOST:
            del self._suspects[next(iter(self._suspects))]
        return Verdict.ITS_OWN if taken > suspect.taken else Verdict.OPEN

    def refusals(self, message: int) -> int:
        """How often this message was refused while nothing told whose fault that is."""
        suspect = self._suspects.get(message)
        return suspect.refusals if suspect is not None else 0

    def forget(self, message: int) -> None:
        """The message is set aside."""
        self._suspects.pop(message, None)
