"""Telegram, the people and groups in it, and what each of them has ever seen."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping

from emulator import Bot, Chat, Group, Message, MessageEdited, MessageSent, Person, Telegram
from emulator.wire import InlineButton

RECENT = 8


class World:
    """Knows every button that was ever shown and every name that anybody ever had.

    ``breathe`` waits until the desk has answered what it can, ``passes`` lets so many seconds go by, ``restart`` closes
    the desk and opens it again. ``hardships`` are what else may befall it, by name.
    """

    def __init__(
        self,
        telegram: Telegram,
        bot: Bot,
        *,
        breathe: Callable[[], Awaitable[None]],
        passes: Callable[[float], Awaitable[None]],
        restart: Callable[[], Awaitable[None]],
    ) -> None:
        self.telegram = telegram
        self.bot = bot
        self.breathe = breathe
        self.passes = passes
        self.restart = restart
        self.hardships: Mapping[str, Callable[[random.Random], Awaitable[str]]] = {}
        self.people: list[Person] = []
        self.groups: list[Group] = []
        self.live: dict[int, Message] = {}
        self.names: dict[str, int] = {}
        self.buttons: dict[int, list[tuple[Message, InlineButton]]] = defaultdict(list)
        telegram.listen(self._sees)

    def joins(self, *people: Person) -> None:
        """These people do things from now on."""
        self.people += people
        for person in people:
            self.named(person)

    def named(self, person: Person) -> None:
        """Remember a name: messages may show it after it has changed."""
        self.names[person.full_name] = person.id

    def anonymous(self, text: str) -> str:
        """The text with each name that anybody ever had replaced by whose it is."""
        longest_first = sorted(self.names, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), lambda found: f"<{self.names[found[0]]}>", text)

    def chats(self, who: Person) -> list[Chat]:
        """Where this person reads what the desk writes."""
        return [self.telegram.private(who, self.bot), *(group for group in self.groups if group.has(who))]

    def recent(self, chat: Chat) -> list[Message]:
        """The last messages of the desk in a chat that have buttons, newest last."""
        messages = [m for m in chat.messages.values() if isinstance(m.sender, Bot) and m.keyboard]
        return messages[-RECENT:]

    def _sees(self, event: object) -> None:
        if isinstance(event, MessageSent | MessageEdited) and isinstance(event.message.sender, Bot):
            message = event.message
            self.buttons[message.chat.id] += [(message, button) for row in message.keyboard for button in row]
