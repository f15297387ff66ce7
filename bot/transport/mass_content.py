"""Messages to many people that are refused for what they are, one after another: no single one is to blame (P13)."""

from bot.runtime.conditions import Condition, Conditions
from bot.transport.answers import Refused

# One card that Telegram can't read goes to a few people, while others' messages are taken. So many in a row, with
# none of the kind taken between them, are something that befell the way or the Bot API.
PEOPLE = 3


class MassContent:
    """Tells one message that Telegram won't take from a method of which it takes none; says `Condition.SENDING`.

    What belongs to such a spell is tried again: the first that is taken ends it, and then a refusal counts again.
    """

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions
        self._refused: dict[str, set[int]] = {}

    def taken(self, method: str) -> None:
        """Telegram took a call of this method."""
        if len(self._refused.pop(method, ())) >= PEOPLE:
            self._conditions.well(Condition.SENDING, part=method)

    def everybodys(self, address: int, method: str, answer: Refused) -> bool:
        """Whether nobody's are taken; this one, whose reader can be reached, was just refused."""
        people = self._refused.setdefault(method, set())
        people.add(address)
        if len(people) < PEOPLE:
            return False
        why = f"Telegram refuses every {method} ({answer.code} {answer.description}); each is tried again"
        self._conditions.ill(Condition.SENDING, why, part=method)
        return True
