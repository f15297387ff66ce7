"""Messages on a phone, for load tests that play people from another process: asked with a wait, like a long poll.

``GET /emulator/phone?as=1001&text=Robo&wait=3`` lists the messages with this text in the person's chat with the first
bot, oldest first, as soon as they are as wanted or when the seconds are over. Wanted is one of them, or ``count=2`` of
them, or one with ``button=Recibido``, or that none has a button any more: ``without=Recibido``. ``and=Ana`` is another
text that they must have.
"""

import asyncio
from contextlib import suppress
from typing import NamedTuple

from aiohttp import web
from msgspec import Struct

from emulator import events
from emulator.errors import Impossible
from emulator.messages import Message
from emulator.people import Person
from emulator.telegram import Telegram

LONGEST = 60.0  # seconds


class Seen(Struct):
    """One message as the phone shows it, with what its buttons read."""

    id: int
    text: str
    buttons: list[str]


class _Wanted(NamedTuple):
    texts: tuple[str, str]
    at_least: int
    button: str
    without: str

    def met(self, seen: list[Seen]) -> bool:
        buttons = [button for message in seen for button in message.buttons]
        there = not self.button or self.button in buttons
        return len(seen) >= self.at_least and there and (not self.without or self.without not in buttons)


async def watch_phone(telegram: Telegram, request: web.Request) -> list[Seen]:
    """The messages with a text, once they are as the query wants them or its wait is over.

    Raises:
        Impossible: nobody has the id.
    """
    query = request.query
    person = telegram.people.get(int(query.get("as", "0")))
    if person is None:
        raise Impossible(f"nobody has the id {query.get('as')}")
    wanted = _Wanted(
        texts=(query.get("text", ""), query.get("and", "")),
        at_least=int(query.get("count", "1")),
        button=query.get("button", ""),
        without=query.get("without", ""),
    )
    with suppress(TimeoutError):
        async with asyncio.timeout(min(float(query.get("wait", "0")), LONGEST)):
            await _met(telegram, person, wanted)
    return _seen(telegram, person, wanted)


async def _met(telegram: Telegram, person: Person, wanted: _Wanted) -> None:
    changed, chat = asyncio.Event(), telegram.private(person)

    def hear(event: events.Event) -> None:
        if isinstance(event, events.MessageSent | events.MessageEdited) and event.message.chat is chat:
            changed.set()

    stop = telegram.listen(hear)
    try:
        while not wanted.met(_seen(telegram, person, wanted)):
            await changed.wait()
            changed.clear()
    finally:
        stop()


def _seen(telegram: Telegram, person: Person, wanted: _Wanted) -> list[Seen]:
    from_bot = [message for message in telegram.messages(person) if message.from_bot]
    return [_shown(message) for message in from_bot if all(text in message.text for text in wanted.texts)]


def _shown(message: Message) -> Seen:
    return Seen(message.id, message.text, [button.text for row in message.keyboard for button in row])
