"""One person's turn: an update that is being handled, who sent it, and what will come of it.

Handlers get a turn and nothing else, of the kind that they are declared for. What they say is gathered and committed
together with the mark that the update is handled, so a process that dies in the middle says it once, when the update
is handled again (P2).
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import overload

from telegram import Message, Update

from bot.conversation.arrival import Arrival, CardWanted
from bot.conversation.standings import Stand
from bot.ui.buttons import Press
from bot.ui.refusals import refusal_screen, refusal_text
from bot.ui.screen import Screen
from bot.ui.texts import Texts, plain
from core.desk.outcome import CheckInOutcome, InviteOutcome, Outcome, PersonOutcome, TaskOutcome, UnitOutcome
from core.desk.ports import OutgoingMessage
from core.notifications.requests import BELOW_ANSWERS
from core.queries.queries import Queries
from core.rules.permissions import Caller, caller_of
from core.state.checkins import CheckIn, Sighting
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.contents import Redrawing, Removal
from core.vocabulary.destinations import Destination
from core.vocabulary.places import Position
from core.vocabulary.refusals import Refusal
from core.vocabulary.unit_commands import UnitCommand
from core.vocabulary.words import Lane, Role
from storage.repositories.forms import Form


class Turn:
    """The part that every turn has; by itself the turn of somebody who may do nothing but read an answer."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.services = arrival.services
        self.results = arrival.results
        self.chat = arrival.chat
        self.now = arrival.now

    @property
    def update(self) -> Update:
        """The update itself."""
        return self.arrival.update

    @property
    def texts(self) -> Texts:
        """The catalogue."""
        return self.services.texts

    @property
    def queries(self) -> Queries:
        """The desk's queries."""
        return self.services.queries

    @property
    def check_in(self) -> CheckIn | None:
        """The check-in that runs for the sender."""
        return self.arrival.check_in

    @property
    def private(self) -> bool:
        """Tells whether the bot is alone with the person, and nobody else reads along."""
        return self.arrival.private

    @property
    def here(self) -> Destination:
        """Where the update came from, and where its answer goes."""
        return self.arrival.here

    @property
    def bot_name(self) -> str:
        """The bot's user name, without the @."""
        return self.update.get_bot().username

    @property
    def sent_at(self) -> datetime:
        """The time at which the person sent it; for a button, now."""
        return self.arrival.sent_at

    def say(self, screen: Screen, *, lane: Lane = Lane.ROUTINE, to: Destination | None = None) -> None:
        """A new message here, or at another destination."""
        strange = self.arrival.person is None or not self.arrival.person.active
        turn = BELOW_ANSWERS if strange else 0
        self.results.messages.append(OutgoingMessage(to=to or self.here, lane=lane, content=screen, turn=turn))

    def show(self, screen: Screen, card: str, *, lane: Lane = Lane.ROUTINE) -> None:
        """A new message that is from now on the one that shows ``card`` in this chat."""
        self.results.messages.append(OutgoingMessage(to=self.here, lane=lane, content=screen, card=card))

    def change(self, screen: Screen, card: str, *, lane: Lane = Lane.ROUTINE) -> None:
        """A new state of the message that shows ``card`` in this chat."""
        changed = OutgoingMessage(to=self.here, lane=lane, content=screen, card=card, notify=False)
        self.results.messages.append(changed)

    def remove(self, message: Message) -> None:
        """Take a message out of this chat, so that nobody reads it any more."""
        removal = Removal(message.message_id)
        self.results.messages.append(OutgoingMessage(to=self.here, lane=Lane.ACTION, content=removal))

    def pass_on(self, messages: Iterable[OutgoingMessage]) -> None:
        """Messages that were made elsewhere."""
        self.results.messages.extend(messages)

    async def refuse(self, refusal: Refusal) -> None:
        """Say in one sentence why not."""
        named = await self.queries.person(refusal.person) if refusal.person is not None else None
        self.say(refusal_screen(refusal, named, self.texts))

    def next_key(self) -> str:
        """The idempotency key of the next command: the same whenever this update is handled (P2)."""
        self.results.commands += 1
        return f"{self.arrival.key}:{self.results.commands}"


class EntryTurn(Turn):
    """A command that anybody may send, registered or not: ``/start`` and ``/ayuda``."""

    def __init__(self, arrival: Arrival, words: str) -> None:
        super().__init__(arrival)
        self.person = arrival.person
        self.words = words

    @property
    def role(self) -> Role | None:
        """The person's role, None for who is not registered."""
        return self.person.role if self.person is not None and self.person.active else None

    async def enter(self, command: c.Enter) -> PersonOutcome:
        """Ask to be let in, once however often this update is handled."""
        caller = caller_of(self.person) if self.person is not None else Caller(role=Role.AGENT, via="chat")
        return await self.services.desk.execute(command, caller=caller, key=self.next_key())


class RegisteredTurn(Turn):
    """The turn of an active person, whom the guard let in. ``caller`` is they, as the desk knows them."""

    def __init__(self, arrival: Arrival, person: Person) -> None:
        super().__init__(arrival)
        self.person = person
        self.caller = caller_of(person)

    @overload
    async def execute(self, command: c.AboutTask, *, reason: str = ...) -> TaskOutcome: ...
    @overload
    async def execute(self, command: c.AboutPerson, *, reason: str = ...) -> PersonOutcome: ...
    @overload
    async def execute(self, command: c.Inviting, *, reason: str = ...) -> InviteOutcome: ...
    @overload
    async def execute(self, command: UnitCommand, *, reason: str = ...) -> UnitOutcome: ...
    @overload
    async def execute(self, command: CheckInCommand, *, reason: str = ...) -> CheckInOutcome: ...

    async def execute(self, command: c.AnyCommand, *, reason: str = "") -> Outcome:
        """Carry out a command, once however often this update is handled."""
        return await self.services.desk.execute(command, caller=self.caller, key=self.next_key(), reason=reason)

    @property
    def waiting_form(self) -> Form | None:
        """The form that waits for an answer when this turn is over, as far as it is known now."""
        return self.results.form if self.results.form_changed else self.arrival.form

    def keep(self, form: Form) -> None:
        """Keep a form for this person in this chat."""
        self.results.form, self.results.form_changed = form, True

    def drop_form(self) -> None:
        """The form is over."""
        self.results.form, self.results.form_changed = None, True

    def want_card(self, task: int, *, notify: bool) -> None:
        """Show the task's card as it is when this turn is committed."""
        self.results.cards.append(CardWanted(task, self.person, notify=notify))

    def seen(self, position: Position, *, live_until: datetime | None = None) -> None:
        """Note where the person is, and until when they share it."""
        self.results.sighting = Sighting(position=position, live_until=live_until)

    def secret_word(self) -> str:
        """32 letters that nobody can guess who lacks the bot's token, the same whenever this update is handled (P2)."""
        secret = self.update.get_bot().token.encode()
        return urlsafe_b64encode(hmac.digest(secret, self.arrival.key.encode(), "sha256")[:24]).decode()


class MessageTurn(RegisteredTurn):
    """A message: words, a place, a picture."""

    def __init__(self, arrival: Arrival, person: Person, message: Message) -> None:
        super().__init__(arrival, person)
        self.message = message


class CommandTurn(MessageTurn):
    """A command; ``words`` are those after its name."""

    def __init__(self, arrival: Arrival, person: Person, message: Message, words: str) -> None:
        super().__init__(arrival, person, message)
        self.words = words


class AnswerTurn(MessageTurn):
    """A message that answers the ``form`` which waits for one."""

    def __init__(self, arrival: Arrival, person: Person, message: Message, form: Form) -> None:
        super().__init__(arrival, person, message)
        self.form = form


class OtherTurn(MessageTurn):
    """A message that is no command and that no form waits for."""


class PressTurn(RegisteredTurn):
    """A button that was pressed."""

    def __init__(self, arrival: Arrival, person: Person, press: Press) -> None:
        super().__init__(arrival, person)
        self.press = press

    @property
    def quiet(self) -> bool:
        """Tells whether others read along, and the press's own answer waits to say what came of it."""
        return not self.private and self.arrival.told_in_press

    async def refuse(self, refusal: Refusal) -> None:
        """Say why not; where others read along in the press itself, when its answer waits for that."""
        if not self.quiet:
            await super().refuse(refusal)
            return
        named = await self.queries.person(refusal.person) if refusal.person is not None else None
        self.results.in_press = plain(refusal_text(refusal, named, self.texts))

    async def refuse_step(self, refusal: Refusal, task: int) -> None:
        """Say why not, and show the card as it is now; where only the press is answered, the card is left alone."""
        await self.refuse(refusal)
        if not self.quiet:
            self.want_card(task, notify=False)

    def redraw(self, screen: Screen, *, lane: Lane = Lane.ROUTINE) -> None:
        """A new state of the message under which the button was pressed.

        A new message where Telegram has forgotten that one (https://core.telegram.org/bots/api#inaccessiblemessage),
        and where it may be another screen's by now.
        """
        message = self.update.effective_message
        if message is None or self.arrival.stand is Stand.LATE:
            self.say(screen, lane=lane)
            return
        redrawing = Redrawing(message.message_id, screen)
        self.results.messages.append(OutgoingMessage(to=self.here, lane=lane, content=redrawing))


AnyTurn = EntryTurn | CommandTurn | AnswerTurn | OtherTurn | PressTurn
"""The kinds of turns that handlers are declared for."""
