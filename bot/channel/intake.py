"""What Telegram tells us: on disk before we say that we have it (P1)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.clock import Timepiece
from bot.views.buttons import SEPARATOR, Action
from core.places import Place, Position, on_earth
from storage import inbox, people
from storage.instants import from_ms
from storage.session import Session
from storage.store import Store

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
)
EMERGENCY = re.compile(r"/(emergencia|emergency)(@\w+)?(\s|$)", re.IGNORECASE)
URGENT_PRESSES = frozenset({Action.ACCEPT, Action.DECLINE, Action.ACKNOWLEDGE, Action.ESCALATE})

Raw = Mapping[str, Any]


class Intake:
    """Keeps updates. ``arrived`` is called after the commit, with how many there were."""

    def __init__(self, store: Store, clock: Timepiece, arrived: Callable[[int], None]) -> None:
        self._store = store
        self._clock = clock
        self._arrived = arrived

    async def receive(self, updates: Iterable[Raw]) -> None:
        """Commit them all; when this returns, Telegram may forget them.

        A moving live location is not kept as an update: it becomes where the person is, in the same transaction.
        """
        moves: list[tuple[int, Position]] = []
        arrivals: list[inbox.Arrival] = []
        for raw in updates:
            move = move_of(raw)
            if move is not None:
                moves.append(move)
            elif isinstance(raw.get("update_id"), int):
                arrivals.append(inbox.arrival(dict(raw), line=str(chat_of(raw)), urgent=is_urgent(raw)))

        async def unit(session: Session) -> int:
            if moves:
                await people.move(session, moves)
            return await inbox.receive(session, arrivals, self._clock.now())

        if arrivals or moves:
            self._arrived(await self._store.write(unit))


def chat_of(raw: Raw) -> int:
    """The chat whose order an update keeps; 0 for what has none."""
    for part in _parts(raw):
        for holder in (part, part.get("message")):
            chat = holder.get("chat") if isinstance(holder, Mapping) else None
            if isinstance(chat, Mapping) and isinstance(chat.get("id"), int):
                return int(chat["id"])
        sender = part.get("from")
        if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return 0


def is_urgent(raw: Raw) -> bool:
    """Whether it goes before all that are not: an emergency, or an answer to one."""
    for name in ("message", "channel_post"):
        message = raw.get(name)
        if isinstance(message, Mapping):
            text = message.get("text") or message.get("caption")
            return isinstance(text, str) and EMERGENCY.match(text) is not None
    query = raw.get("callback_query")
    data = query.get("data") if isinstance(query, Mapping) else None
    return isinstance(data, str) and data.split(SEPARATOR, 1)[0] in URGENT_PRESSES


def move_of(raw: Raw) -> tuple[int, Position] | None:
    """Who moved where, when the update is one step of a live location."""
    message = raw.get("edited_message")
    if not isinstance(message, Mapping):
        return None
    spot, sender, moment = message.get("location"), message.get("from"), message.get("edit_date")
    if not isinstance(spot, Mapping) or not isinstance(sender, Mapping) or not isinstance(moment, int):
        return None
    lat, lon, who, accuracy = (
        spot.get("latitude"),
        spot.get("longitude"),
        sender.get("id"),
        spot.get("horizontal_accuracy"),
    )
    if not isinstance(lat, int | float) or not isinstance(lon, int | float) or not isinstance(who, int):
        return None
    if not on_earth(lat, lon):
        return None
    known = float(accuracy) if isinstance(accuracy, int | float) else None
    return who, Position(place=Place(lat=float(lat), lon=float(lon)), at=from_ms(moment * 1000), accuracy=known)


def _parts(raw: Raw) -> Iterator[Raw]:
    """The objects of an update: it has one besides its number."""
    return (value for value in raw.values() if isinstance(value, Mapping))
