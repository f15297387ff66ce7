"""A person with a phone: what they do, and what they see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any

from emulator import Bot, Message, Telegram
from tests.story.pages import readable

Step = Callable[[], Awaitable[None]]


class Doing:
    """Things that one person does one after another; nothing happens before it is awaited."""

    def __init__(self, phone: Phone, step: Step) -> None:
        self._phone = phone
        self._steps = [step]

    def at(self, lat: float, lon: float) -> Doing:
        """Then they send where they are."""
        self._steps.append(lambda: self._phone._send_place(lat, lon))
        return self

    def says(self, text: str) -> Doing:
        """Then they write this."""
        self._steps.append(lambda: self._phone._say(text, None))
        return self

    def presses(self, label: str) -> Doing:
        """Then they press this."""
        self._steps.append(lambda: self._phone._press(label, None))
        return self

    def __await__(self) -> Generator[Any, None, None]:
        return self._run().__await__()

    async def _run(self) -> None:
        for step in self._steps:
            await step()


class Seen:
    """A message that somebody has read."""

    def __init__(self, phone: Phone, message: Message) -> None:
        self.phone = phone
        self.message = message

    @property
    def text(self) -> str:
        """As it reads now."""
        return readable(self.message)

    @property
    def buttons(self) -> list[str]:
        """Their labels, row by row."""
        return [button.text for row in self.message.keyboard or () for button in row]

    def presses(self, label: str) -> Doing:
        """The person presses a button under this very message."""
        return Doing(self.phone, lambda: self.phone._press(label, self.message))

    def holds(self, label: str) -> Doing:
        """Their thumb is on a button: when this is awaited it is pressed, whatever the message has become."""
        assert self.message.keyboard is not None
        button = next(button for row in self.message.keyboard for button in row if button.text == label)
        return self.phone.does(lambda telegram: telegram.press_button(self.phone.user, self.message, button))

    def offers(self, *labels: str) -> Seen:
        """It has just these buttons."""
        assert self.buttons == list(labels), f"{self.phone.name} has the buttons {self.buttons}, not {list(labels)}"
        return self

    def says(self, *fragments: str) -> Seen:
        """It has these words too."""
        for fragment in fragments:
            assert fragment in self.text, f"{self.phone.name} does not read {fragment!r} in:\n{self.text}"
        return self

    def lacks(self, *fragments: str) -> Seen:
        """It has none of these words."""
        for fragment in fragments:
            assert fragment not in self.text, f"{self.phone.name} should not read {fragment!r} in:\n{self.text}"
        return self


class Phone:
    """Somebody's Telegram. ``chat`` is where they look and write: alone with the bot, or a group; ``topic`` as well."""

    def __init__(self, telegram: Telegram, user: Any, settle: Step, chat: Any = None, topic: int | None = None) -> None:
        self._topic = topic
        self._telegram = telegram
        self.user = user
        self._settle = settle
        self._chat = chat
        self._read: set[int] = set()

    @property
    def name(self) -> str:
        """As it stands in Telegram."""
        return str(self.user.full_name)

    def says(self, text: str) -> Doing:
        """They write."""
        return Doing(self, lambda: self._say(text, None))

    def answers(self, seen: Seen, text: str) -> Doing:
        """They write in reply to a message."""
        return Doing(self, lambda: self._say(text, seen.message))

    def edits(self, text: str) -> Doing:
        """They change the last thing that they wrote."""
        return Doing(self, lambda: self._edit(text))

    def is_at(self, lat: float, lon: float, *, live: int | None = None) -> Doing:
        """They send where they are; ``live``: and go on doing so for so many seconds."""
        return Doing(self, lambda: self._send_place(lat, lon, live))

    def does(self, act: Callable[[Telegram], object]) -> Doing:
        """Anything else that a person can do."""
        return Doing(self, lambda: self._do(act))

    def presses(self, label: str) -> Doing:
        """They press the newest button with this label."""
        return Doing(self, lambda: self._press(label, None))

    def sees(self, *fragments: str) -> Seen:
        """A message that they have not read yet has all these words. It is read then, and those are no surprise."""
        for message in self.unread:
            if all(fragment in readable(message) for fragment in fragments):
                self._read.add(message.id)
                return Seen(self, message)
        unread = "\n---\n".join(readable(message) for message in self.unread) or "nothing new"
        raise AssertionError(f"{self.name} does not see {fragments} but:\n{unread}")

    def has(self, *fragments: str) -> Seen:
        """A message in the chat, read or not, has all these words now."""
        for message in reversed(self.messages):
            if all(fragment in readable(message) for fragment in fragments):
                return Seen(self, message)
        chat = "\n---\n".join(readable(message) for message in self.messages)
        raise AssertionError(f"{self.name} has nothing with {fragments} but:\n{chat}")

    def sees_nothing(self) -> None:
        """There is nothing new."""
        assert not self.unread, f"{self.name} sees, and nobody expected it:\n{readable(self.unread[0])}"

    def reads_all(self) -> None:
        """They read whatever is there; for stories that are about something else."""
        self._read |= {message.id for message in self.messages}

    @property
    def messages(self) -> list[Message]:
        """Messages of the bot that are still in this chat, oldest first."""
        chat = self._chat if self._chat is not None else self.user
        found = [m for m in self._telegram.messages(chat) if not m.deleted and isinstance(m.sender, Bot)]
        return [m for m in found if m.topic == self._topic and m.service is None]

    @property
    def unread(self) -> list[Message]:
        """Messages that they have not read."""
        return [message for message in self.messages if message.id not in self._read]

    async def _say(self, text: str, reply_to: Message | None) -> None:
        self._telegram.say(self.user, text, self._chat, reply_to=reply_to, topic=self._topic)
        await self._settle()

    async def _edit(self, text: str) -> None:
        chat = self._chat if self._chat is not None else self.user
        mine = [m for m in self._telegram.messages(chat) if m.sender is self.user]
        self._telegram.edit(self.user, mine[-1], text)
        await self._settle()

    async def _send_place(self, lat: float, lon: float, live: int | None = None) -> None:
        self._telegram.send_place(self.user, lat, lon, self._chat, live_period=live)
        await self._settle()

    async def _do(self, act: Callable[[Telegram], object]) -> None:
        act(self._telegram)
        await self._settle()

    async def _press(self, label: str, message: Message | None) -> None:
        target = message or self._newest_with(label)
        self._telegram.press(self.user, target, label)
        await self._settle()

    def _newest_with(self, label: str) -> Message:
        for message in reversed(self.messages):
            if any(label in button.text for row in message.keyboard or () for button in row):
                return message
        raise AssertionError(f"{self.name} has no button {label!r}")


def all_read(*phones: Phone) -> None:
    """Everybody reads whatever has come."""
    for phone in phones:
        phone.reads_all()
