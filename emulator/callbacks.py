"""Presses of inline buttons, and the answers that stop the button from spinning."""

from collections import OrderedDict
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from emulator.errors import bad_request
from emulator.messages import Message
from emulator.people import Bot, Person

_REMEMBERED = 10_000


class Answer(NamedTuple):
    """Answer as the person sees it: a line at the top, or an alert; empty text just stops the spinning."""

    text: str
    alert: bool


class CallbackQuery:
    """One press. ``answered`` is None until the bot answers; ``at`` is in seconds since the epoch."""

    __slots__ = ("answered", "at", "bot", "data", "id", "message", "person")

    def __init__(self, query_id: str, person: Person, bot: Bot, message: Message, data: str, at: float) -> None:
        self.id = query_id
        self.person = person
        self.bot = bot
        self.message = message
        self.data = data
        self.at = at
        self.answered: Answer | None = None

    def __repr__(self) -> str:
        return f"<{self.person.full_name} pressed {self.data!r} under {self.message!r}>"


class CallbackQueries:
    """The presses of one world; each can be answered once, within `answer_within` seconds."""

    def __init__(self, now: Callable[[], float], answer_within: float) -> None:
        self._now = now
        self._within = answer_within
        self._numbers = count(1)
        self._queries: OrderedDict[str, CallbackQuery] = OrderedDict()

    def press(self, person: Person, bot: Bot, message: Message, data: str) -> CallbackQuery:
        number = next(self._numbers)
        query = CallbackQuery(f"{person.id}{number:09d}", person, bot, message, data, self._now())
        self._queries[query.id] = query
        if len(self._queries) > _REMEMBERED:
            self._queries.popitem(last=False)
        return query

    def answer(self, bot: Bot, query_id: str, answer: Answer) -> CallbackQuery:
        """Settle a press.

        Raises:
            ApiError: 400 when it is unknown, another bot's, too old or answered already.
        """
        query = self._queries.get(query_id)
        stale = query is None or query.bot is not bot or self._now() - query.at > self._within
        if query is None or stale or query.answered is not None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answered = answer
        return query
