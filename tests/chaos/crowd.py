"""People who never pause: they report, move, and press what they are shown, whether the desk is there or not."""

from __future__ import annotations

import asyncio
import random
import re
from itertools import count

from emulator import Bot, Impossible, Message, MessageEdited, MessageSent, Person
from emulator.chats import PrivateChat
from tests.chaos.site import Site

EMERGENCY, WORK = "Herido", "Asunto"
TITLE = re.compile(rf"(?:{EMERGENCY}|{WORK}) \d{{6}}")
# Acts on a card, and how likely each is: the rest of the times people do nothing.
ANSWERS = {
    "Recibido": 0.6,
    "Voy": 0.6,
    "No puedo": 0.5,
    "Llegué": 0.9,
    "Finalizar": 0.9,
    "En camino": 0.3,
    "Iniciar": 0.3,
    "Pausar": 0.1,
}
SLOWEST = 3.0  # seconds until a button is pressed
# No act adds to it while so much waits (updates and messages, looked at every so many acts) or so many alerts are open.
QUEUE, CHECK, UNANSWERED = 400, 20, 12
_WAITING = """
    SELECT (SELECT count(*) FROM inbox WHERE state < 3) + (SELECT count(*) FROM outbox WHERE state < 3)
"""
CITY = (-2.19, -79.89)


class Crowd:
    """The people of a site.

    ``said`` is the reporter of each title; ``acts`` counts the updates that must be handled, ``steps`` those of live
    locations, which need not be.
    """

    def __init__(self, site: Site, chance: random.Random, rate: float) -> None:
        self.said: dict[str, int] = {}
        self.acts = 0
        self.steps = 0
        self._site = site
        self._telegram = site.telegram
        self._chance = chance
        self._pause = 1 / rate
        self._numbers = count(1)
        self._live: dict[int, Message] = {}
        self._unanswered: set[str] = set()
        site.telegram.listen(self._sees)
        self._tired = False

    async def run(self) -> None:
        """Until cancelled: somebody does something, ``rate`` times a second; fewer where the machine can't keep up."""
        everything = (self._reports, self._reports, self._reports, self._calls, self._shares, self._moves, self._comes)
        for number in count():
            if number % CHECK == 0:
                while self._site.unconfirmed + (await self._site.asks(_WAITING))[0][0] > QUEUE:  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
            self._chance.choice(everything)(self._chance.choice(self._site.agents))
            await asyncio.sleep(self._pause)

    def tire(self) -> None:
        """From now on nobody does anything by themselves."""
        self._tired = True

    def look_through(self) -> None:
        """Everybody presses one of the buttons that they have left lying."""
        for person in (*self._site.agents, *self._site.bosses):
            asking = [message for message in self._telegram.messages(person) if self._labels(message)]
            if asking:
                message = self._chance.choice(asking[-10:])
                self._presses(person, message, self._chance.choice(self._labels(message)))

    def _reports(self, who: Person) -> None:
        self._says(who, "/nueva", WORK)

    def _calls(self, who: Person) -> None:
        # Everybody is told of each that nobody answers, again and again.
        if len(self._unanswered) < UNANSWERED:
            self._unanswered.add(self._says(who, "/emergencia", EMERGENCY))

    def _says(self, who: Person, command: str, word: str) -> str:
        title = f"{word} {next(self._numbers):06}"
        self.said[title] = who.id
        self._telegram.say(who, f"{command} {title}")
        self.acts += 1
        return title

    def _comes(self, who: Person) -> None:
        self._telegram.say(who, "/disponible")
        self.acts += 1

    def _shares(self, who: Person) -> None:
        live = self._chance.random() < 0.5
        message = self._telegram.send_place(who, *self._somewhere(), live_period=3600 if live else None)
        if live:
            self._live[who.id] = message
        self.acts += 1

    def _moves(self, who: Person) -> None:
        if who.id in self._live:
            self._telegram.move(who, self._live[who.id], *self._somewhere())
            self.steps += 1

    def _somewhere(self) -> tuple[float, float]:
        return CITY[0] + self._chance.gauss(0, 0.05), CITY[1] + self._chance.gauss(0, 0.05)

    def _sees(self, event: object) -> None:
        if isinstance(event, MessageSent | MessageEdited) and isinstance(event.message.sender, Bot):
            self._considers(event.message)

    def _considers(self, message: Message) -> None:
        labels = self._labels(message)
        if labels and isinstance(message.chat, PrivateChat):
            label = self._chance.choice(labels)
            if self._chance.random() < ANSWERS[label]:
                slow = SLOWEST * self._chance.random()
                asyncio.get_running_loop().call_later(slow, self._reacts, message.chat.person, message, label)

    def _labels(self, message: Message) -> list[str]:
        return [button.text for row in message.keyboard for button in row if button.text in ANSWERS]

    def _reacts(self, who: Person, message: Message, label: str) -> None:
        if not self._tired:
            self._presses(who, message, label)

    def _presses(self, who: Person, message: Message, label: str) -> None:
        try:
            self._telegram.press(who, message, label)
        except (LookupError, Impossible):
            return  # the card has changed meanwhile: there is no such button any more
        self.acts += 1
        if label in ("Recibido", "Voy"):
            self._unanswered -= set(TITLE.findall(message.text))
