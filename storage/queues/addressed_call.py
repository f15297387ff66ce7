"""A message in the form that a channel gave it: what the outbox keeps, and by which address."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, assert_never

from msgspec import Struct, field

from core.desk.ports import OutgoingMessage
from core.vocabulary.causes import cause_now
from core.vocabulary.destinations import Destination, PersonDestination, RoomDestination
from core.vocabulary.words import Lane

# A topic of a group, as a parameter of a call (https://core.telegram.org/bots/api#sendmessage), and the number of the
# one that a call must not name.
THREAD = "message_thread_id"
GENERAL = 1
PROTECTED = "protect_content"
# Of a payload: the line that says it where several messages leave as one. It never leaves itself.
BRIEF = "brief"
# Of a payload: the cause of the message (`core.vocabulary.causes`), for the log. It never leaves either.
CAUSE = "cause"


class AddressedCall(Struct, frozen=True, kw_only=True):
    """A method of the channel that ``chat`` belongs to, with its parameters, which nothing here reads.

    ``card``, ``notify``, ``superseded`` and ``turn`` are as in `core.desk.ports.OutgoingMessage`. ``topic`` is the
    conversation there; None: the one that the room has for the desk, or the one in which its card stands. ``cause``
    is what it comes from.
    """

    chat: int
    lane: Lane
    method: str
    payload: Mapping[str, Any]
    card: str | None = None
    notify: bool = False
    superseded: bool = False
    not_before: datetime | None = None
    topic: int | None = None
    turn: int = 0
    cause: str = field(default_factory=cause_now)


Render = Callable[[OutgoingMessage], AddressedCall]


def address_of(to: Destination) -> int:
    """The address by which rows name a destination."""
    match to:
        case PersonDestination():
            return to.account
        case RoomDestination():
            return to.room
        case _:
            assert_never(to)


def destination_at(address: int, conversation: int | None = None) -> Destination:
    """The destination that an address on disk names: rooms are negative."""
    if address < 0:
        return RoomDestination(room=address, conversation=conversation)
    return PersonDestination(account=address, conversation=conversation)
