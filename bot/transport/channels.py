"""Channels: the ways to a person, and which of them an address belongs to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from msgspec import json
from telegram.constants import ChatAction

from bot.transport.answers import Answer
from bot.transport.api_call import PROBE, ApiCall
from core.desk.ports import OutgoingMessage
from storage.queues.addressed_call import AddressedCall, address_of
from storage.queues.cards import Shown
from storage.schema.tables import OutboxRow

# Telegram's numbers have at most 52 significant bits (https://core.telegram.org/bots/api#chat): the bits above them
# say which channel an address belongs to.
CHANNEL_BITS = 52


class Channel(Protocol):
    """One way to a person."""

    def render(self, message: OutgoingMessage) -> AddressedCall:
        """The form in which the outbox keeps it. Pure: it runs in the transaction that wants the message."""

    def build_call(self, row: OutboxRow, shown: Shown | None) -> ApiCall | None:
        """The call for a row of the outbox, ``shown`` being its card as it is there; None: nothing need be said."""

    async def send(self, call: ApiCall) -> Answer:
        """Hand it over.

        Raises:
            NotSent: it never left.
            Broken: somebody else answered in its place, and it was not taken.
            Unknown: it left, and no answer came.
        """


Others = Mapping[int, Channel]
NONE: Others = MappingProxyType({})


class Channels:
    """Every channel by its number; Telegram's is 0.

    An address whose channel is not there goes to Telegram, which refuses it: the message is set aside and the
    administrators hear of it.
    """

    def __init__(self, telegram: Channel, others: Others) -> None:
        self._telegram = telegram
        self._others = others

    def of(self, address: int) -> Channel:
        """The channel that an address belongs to."""
        return self._others.get(channel_number(address), self._telegram)

    def probe(self, address: int) -> ApiCall | None:
        """The call that tells whether a person can be reached and leaves nothing in their chat; None: there is none."""
        if address < 0 or channel_number(address):
            return None
        payload = json.encode({"chat_id": address, "action": ChatAction.TYPING.value})
        return ApiCall(method=PROBE, payload=payload, repeatable=True)

    def render(self, message: OutgoingMessage) -> AddressedCall:
        """The message in the form that the channel of its destination carries."""
        return self.of(address_of(message.to)).render(message)


def channel_number(address: int) -> int:
    """Which channel an address belongs to."""
    return abs(address) >> CHANNEL_BITS


def address_on(channel: int, number: int) -> int:
    """The address of a person or a room (negative) whom this channel knows by a number of its own.

    Raises:
        ValueError: the number has more than 52 bits.
    """
    if abs(number) >> CHANNEL_BITS:
        raise ValueError(f"{number} is longer than {CHANNEL_BITS} bits")
    address = channel << CHANNEL_BITS | abs(number)
    return address if number >= 0 else -address
