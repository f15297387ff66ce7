"""One person's turn: an update that is being handled, who sent it, and what will come of it.

Handlers get a turn and nothing else. What they say is gathered and committed together with the mark that the update is
handled, so a process that dies in the middle says it once, when the update is handled again (P2).
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, field
from telegram import Message, Update

from bot.conversation.user_rate_limit import UserRateLimit
from bot.transport import payloads
from bot.ui.buttons import Press
from bot.ui.process_status import ProcessStatus
from bot.ui.refusals import refusal_screen
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.desk import Desk, Outcome
from core.desk.ports import OutgoingMessage
from core.queries.queries import Queries
from core.rules.permissions import Caller, caller_of
from core.rules.situation import Rules
from core.state.checkins import CheckIn, Sighting
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.places import Position
from core.vocabulary.refusals import Refusal
from core.vocabulary.words import Lane, Role
from storage.repositories.forms import Form


class Services(Struct, frozen=True, kw_only=True):
    """What every turn may use: the desk, the library, the catalogue, the rules, what is known of the bot itself."""

    desk: Desk
    queries: Queries
    texts: Texts
    rules: Rules
    process_status: Callable[[], ProcessStatus]
    user_rate_limit: UserRateLimit = field(default_factory=UserRateLimit)


class CardWanted(Struct, frozen=True):
    """The card of a task is to be shown: in a new message, or (without ``ring``) in the one that shows it already."""

    task: int
    ring: bool


class Turn:
    """An update in hand.

    ``chat`` is where it came from, ``words`` what follows the command, ``press`` the button. ``sent_at`` is when the
    person sent it, ``now`` when the desk took it up. ``form`` is the one that this person is filling in in this chat,
    ``check_in`` the one that runs for them.
    """

    def __init__(
        self,
        *,
        services: Services,
        update: Update,
        key: str,
        chat: int,
        now: datetime,
        person: Person | None,
        form: Form | None,
        check_in: CheckIn | None = None,
    ) -> None:
        self.services = services
        self.update = update
        self.chat = chat
        self.now = now
        self.person = person
        self.form = form
        self.check_in = check_in
        self.words = ""
        self.press: Press | None = None
        self.letters: list[OutgoingMessage] = []
        self.cards: list[CardWanted] = []
        self.sighting: Sighting | None = None
        self.moved_to: int | None = None
        self.form_changed = False
        self._key = key
        self._commands = 0

    @property
    def key(self) -> str:
        """What the update is known by, however often it comes."""
        return self._key

    @property
    def texts(self) -> Texts:
        """The catalogue."""
        return self.services.texts

    @property
    def queries(self) -> Queries:
        """What may be looked up."""
        return self.services.queries

    @property
    def caller(self) -> Caller:
        """Who asks; only after the guard let them in."""
        assert self.person is not None
        return caller_of(self.person)

    @property
    def role(self) -> Role | None:
        """The person's role, None for who is not registered."""
        return self.person.role if self.person is not None and self.person.active else None

    @property
    def message(self) -> Message | None:
        """The message that was sent, or under which the button is."""
        return self.update.effective_message

    @property
    def private(self) -> bool:
        """Whether the bot is alone with the person: what is shown here nobody else sees."""
        return self.chat > 0

    @property
    def bot_name(self) -> str:
        """The bot's user name, without the @."""
        return self.update.get_bot().username

    @property
    def sent_at(self) -> datetime:
        """When the person sent it; for a button, now."""
        message = self.update.message
        return message.date if message is not None else self.now

    async def execute(self, command: c.AnyCommand, *, reason: str = "", caller: Caller | None = None) -> Outcome:
        """Carry out a command, once however often this update is handled."""
        self._commands += 1
        key = f"{self._key}:{self._commands}"
        return await self.services.desk.execute(command, caller=caller or self.caller, key=key, reason=reason)

    def say(self, screen: Screen, *, lane: Lane = Lane.ROUTINE, chat: int | None = None) -> None:
        """A new message in this chat (or another)."""
        self.letters.append(payloads.message(screen, chat=chat or self.chat, lane=lane))

    async def refuse(self, refusal: Refusal) -> None:
        """Say in one sentence why not."""
        named = await self.queries.person(refusal.person) if refusal.person is not None else None
        self.say(refusal_screen(refusal, named, self.texts))

    def show(self, screen: Screen, card: str, *, lane: Lane = Lane.ROUTINE) -> None:
        """A new message that is from now on the one that shows ``card`` in this chat."""
        self.letters.append(payloads.message(screen, chat=self.chat, lane=lane, card=card, ring=True))

    def change(self, screen: Screen, card: str, *, lane: Lane = Lane.ROUTINE) -> None:
        """A new state of the message that shows ``card`` in this chat."""
        self.letters.append(payloads.message(screen, chat=self.chat, lane=lane, card=card, ring=False))

    def redraw(self, screen: Screen, *, lane: Lane = Lane.ROUTINE) -> None:
        """A new state of the message under which the button was pressed; a new one where Telegram has forgotten it
        (https://core.telegram.org/bots/api#inaccessiblemessage)."""
        if self.message is None:
            self.say(screen, lane=lane)
            return
        self.letters.append(payloads.redrawing(screen, chat=self.chat, message_id=self.message.message_id, lane=lane))

    def keep(self, form: Form) -> None:
        """Keep a form for this person in this chat."""
        self.form, self.form_changed = form, True

    def drop_form(self) -> None:
        """The form is over."""
        self.form, self.form_changed = None, True

    def seen(self, position: Position, *, live_until: datetime | None = None) -> None:
        """Where the person is, and until when they share it."""
        self.sighting = Sighting(position=position, live_until=live_until)

    def secret_word(self) -> str:
        """32 letters that nobody can guess who lacks the bot's token, the same whenever this update is handled (P2)."""
        secret = self.update.get_bot().token.encode()
        return urlsafe_b64encode(hmac.digest(secret, self._key.encode(), "sha256")[:24]).decode()
