"""Intake of updates: on disk before Telegram is told that they arrived (P1)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct, ValidationError, convert, field
from telegram.constants import LocationLimit

from bot.parsing.typed_command import command_in
from bot.runtime.clock import Timepiece
from bot.transport.callback_answers import PressAnswerer, PressWords, no_words, told_in_press
from bot.transport.fingerprints import fingerprint, fingerprint_of_text
from bot.transport.intake_numbers import whole
from bot.transport.mending import mended
from bot.transport.pressed import pressed_in
from bot.transport.waiting_words import WaitingWords
from bot.ui.buttons import SEPARATOR, Action
from bot.ui.emergency_names import is_emergency
from core.state.checkins import Sighting
from core.vocabulary.places import Place, Position, on_earth
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import inbox
from storage.repositories import checkins, people
from storage.schema.instants import from_ms

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
)
URGENT_PRESSES = frozenset(
    {
        Action.ACCEPT,
        Action.DECLINE,
        Action.ACKNOWLEDGE,
        Action.ESCALATE,
        Action.UNDO,
        Action.REOPEN,
        Action.FINE,
        Action.NEED_HELP,
        Action.MAYDAY,
        Action.CALL,
    }
)

# https://core.telegram.org/bots/api#sendlocation
LIVE_FOR_EVER = int(LocationLimit.LIVE_PERIOD_FOREVER)

# Quotes in a text are escaped, so that only Telegram writes this.
_PRIVATE_CHAT = re.compile(r'"chat"\s*:\s*\{\s*"id"\s*:\s*([1-9]\d{0,17})\s*[,}]')

Raw = Mapping[str, Any]


class _Spot(Struct):
    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: Annotated[int, Meta(ge=0, le=LIVE_FOR_EVER)] | None = None


class _Sender(Struct):
    id: Annotated[int, Meta(ge=1, le=2**63 - 1)]


class _Step(Struct):
    """The fields that are read of an ``edited_message``; ``date`` and ``edit_date`` in seconds, within the calendar."""

    location: _Spot
    sender: _Sender = field(name="from")
    edit_date: Annotated[int, Meta(ge=0, lt=2**37)]
    date: Annotated[int, Meta(ge=0, lt=2**37)] | None = None


class Intake:
    """Keeps updates.

    ``waiting`` knows what is not kept yet. After the commit ``arrived`` is called with how many there were, and
    ``missed`` when a live location ended whose owner must be asked whether they are well. ``moved`` is called when the
    bot's place in a group changed. ``bot`` is its number.
    """

    def __init__(
        self,
        store: Store,
        clock: Timepiece,
        presses: PressAnswerer,
        waiting: WaitingWords,
        arrived: Callable[[int], None],
        missed: Callable[[], None] = lambda: None,
        words: PressWords = no_words,
        moved: Callable[[], None] = lambda: None,
        bot: str = "",
    ) -> None:
        self._store = store
        self._clock = clock
        self._presses = presses
        self._waiting = waiting
        self._arrived = arrived
        self._missed = missed
        self._words = words
        self._moved = moved
        self._bot = bot
        self._received = 0

    def received(self) -> int:
        """How many updates have arrived since the start, those that came before among them."""
        return self._received

    async def newest(self) -> int:
        """Number of the newest update on disk, whichever process took it; 0 when there is none.

        Raises:
            StorageError: it can't be read.
        """
        return await self._store.read(inbox.newest)

    async def receive(self, updates: Sequence[object]) -> int | None:
        """Commit them all; when this returns, Telegram may forget them. The number of the last one, None for none.

        A moving live location is not kept as an update: it becomes where the person is, in the same transaction.
        What is no update at all, which Telegram never sends, is passed over.

        Raises:
            StorageError: none of them is kept.
        """
        raws = [raw for raw in updates if isinstance(raw, dict) and whole(raw.get("update_id")) is not None]
        moves: list[tuple[int, Sighting]] = []
        arrivals: list[inbox.Arrival] = []
        for raw in raws:
            move = move_of(raw)
            if move is not None:
                moves.append(move)
            else:
                mark = fingerprint(self._bot, raw)
                arrivals.append(inbox.arrival(raw, line=str(chat_of(raw)), urgent=is_urgent(raw), fingerprint=mark))

        presses = {raw["update_id"]: press for raw in raws if (press := pressed_in(raw)) is not None}
        words, waits = dict[int, str](), set[int]()

        async def unit(session: Session) -> tuple[int, bool]:
            new = await inbox.receive(session, arrivals, self._clock.now())
            earlier = await checkins.follow(session, moves) if moves else False
            for number, press in presses.items():
                person = None if press.private else await people.by_account(session, press.sender)
                words[number] = "" if press.private else self._words(press, person)
                waits.update({number} if told_in_press(press, person) else ())
            return new, earlier

        if raws:
            self._waiting.asked(raws)
            try:
                new, earlier = await self._store.write(unit)
            except BaseException:
                self._waiting.refused(raws)
                raise
            self._waiting.kept(raws, new=new == len(arrivals))
            self._received += len(raws)
            self._arrived(new)
            if earlier:
                self._missed()
        for raw in raws:
            said = words.get(raw["update_id"], "")
            if said or raw["update_id"] not in waits:  # what became of any other is said when it is handled
                self._presses.answer(raw, said)
            if "my_chat_member" in raw and chat_of(raw) < 0:
                self._moved()
        return whole(raws[-1]["update_id"]) if raws else None

    async def receive_unreadable(self, number: int, content: bytes) -> None:
        """Commit an update that can't be read: without its spoilt letters, or as it came.

        In the latter case the worker sets it aside, and its sender is told.

        Raises:
            StorageError: it is not kept.
        """
        text, update = mended(content)
        if update is not None:
            await self.receive([update])
            return
        mark = fingerprint_of_text(self._bot, text)
        line = str(sender_in(text))
        arrival = inbox.Arrival(update_id=number, line=line, urgent=False, payload=text, fingerprint=mark)
        self._arrived(await self._store.write(lambda session: inbox.receive(session, [arrival], self._clock.now())))


def sender_in(text: str) -> int:
    """The person in whose chat an update that can't be read was said; 0 for what shows none."""
    found = _PRIVATE_CHAT.search(text)
    return int(found[1]) if found is not None else 0


def chat_of(raw: Raw) -> int:
    """The chat whose order an update keeps; 0 for what has none."""
    for part in _parts(raw):
        for holder in (part, part.get("message")):
            chat = holder.get("chat") if isinstance(holder, Mapping) else None
            if isinstance(chat, Mapping) and (number := whole(chat.get("id"))) is not None:
                return number
        sender = part.get("from")
        if isinstance(sender, Mapping) and (number := whole(sender.get("id"))) is not None:
            return number
    return 0


def is_urgent(raw: Raw) -> bool:
    """Whether it goes before all that are not: an emergency, or an answer to one."""
    for name in ("message", "channel_post"):
        message = raw.get(name)
        if isinstance(message, Mapping):
            text = message.get("text") or message.get("caption")
            return isinstance(text, str) and calls_emergency(text)
    query = raw.get("callback_query")
    data = query.get("data") if isinstance(query, Mapping) else None
    return isinstance(data, str) and data.split(SEPARATOR, 1)[0] in URGENT_PRESSES


def calls_emergency(text: str) -> bool:
    """Whether a text or a caption begins with the emergency's name, however it was typed."""
    typed = command_in(text)
    return typed is not None and is_emergency(typed.name)


def move_of(raw: Raw) -> tuple[int, Sighting] | None:
    """Person and place, when the update is one step of a live location; the last one says that it ended."""
    if "edited_message" not in raw:
        return None
    try:
        step = convert(raw["edited_message"], _Step)
    except ValidationError:
        return None
    spot = step.location
    if not on_earth(spot.latitude, spot.longitude):
        return None
    place, at = Place(lat=spot.latitude, lon=spot.longitude), from_ms(step.edit_date * 1000)
    position = Position(place=place, at=at, accuracy=spot.horizontal_accuracy)
    return step.sender.id, Sighting(position=position, live_until=_live_until(step, at))


def _live_until(step: _Step, at: datetime) -> datetime | None:
    if step.location.live_period is None:
        return at
    return from_ms((step.date + step.location.live_period) * 1000) if step.date is not None else None


def _parts(raw: Raw) -> Iterator[Raw]:
    """The objects of an update: it has one besides its number."""
    return (value for value in raw.values() if isinstance(value, Mapping))
