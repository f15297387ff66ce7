"""Rows of the outbox that messages become, and which of many may be put in without a look at what waits already."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import json
from sqlalchemy import bindparam, select

from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Query, Session, const
from storage.queues.addressed_call import CAUSE, AddressedCall
from storage.queues.outbox_statements import BESIDE
from storage.queues.queue import GIVEN, Queue, State
from storage.schema.instants import to_ms
from storage.schema.rows import col, row_class, values_of
from storage.schema.tables import OutboxRow

# More chats than this are a crowd: only whether a card waits anywhere is asked of it at first.
FEW = 32
# Words from a catalogue are a kind of str, which JSON knows nothing of.
encoder = json.Encoder(enc_hook=str)

queue = Queue(OutboxRow, turn=lambda row: row.turn)
_new = row_class(OutboxRow)
_card_or_pin = col(OutboxRow.card).in_([bindparam("card"), bindparam("pin")])
_unsent_in = Query.value(
    select(col(OutboxRow.chat)).where(
        _card_or_pin,
        col(OutboxRow.card).is_not(None),
        col(OutboxRow.state) < const(State.TAKEN),
    )
)
_in_hand_in = Query.value(select(col(OutboxRow.chat)).where(col(OutboxRow.state) == const(State.TAKEN), _card_or_pin))

Place = tuple[str | None, int]


def line_of(call: AddressedCall) -> str:
    """One chat's messages of one lane leave in order."""
    return f"{call.chat}:{int(call.lane)}"


def lines_of(chat: int) -> dict[str, str]:
    """The lines of each lane, and those beside them."""
    lines = {lane.name.lower(): f"{chat}:{int(lane)}" for lane in Lane}
    return lines | {f"{name}{BESIDE}": f"{line}{BESIDE}" for name, line in lines.items()}


def new_row(call: AddressedCall, line: str, now: datetime) -> OutboxRow:
    """The row of a message, at the end of this line."""
    return _new(
        id=GIVEN,
        line=line,
        rank=int(call.lane),
        state=GIVEN,
        due_at=to_ms(call.not_before or now),
        lease_until=None,
        attempts=0,
        ended_at=None,
        error=None,
        created_at=to_ms(now),
        chat=call.chat,
        method=call.method,
        payload=encoder.encode(_with_cause(call)).decode(),
        card=call.card,
        ring=int(call.notify),
        uncertain=0,
        turn=call.turn,
    )


def _with_cause(call: AddressedCall) -> Mapping[str, Any]:
    """The payload and its cause; a message that is posted again keeps the one that it had."""
    payload = call.payload
    return {**payload, CAUSE: call.cause} if call.cause and CAUSE not in payload else payload


def with_words(row: OutboxRow, **words: int) -> OutboxRow:
    """The row, where some of what it says follows from older states of its card."""
    return _new(**{**values_of(row), **words})


def crowds_of(calls: Iterable[AddressedCall]) -> frozenset[str]:
    """Cards that go to more than a few chats."""
    places = {(call.card, call.chat) for call in calls if call.card is not None}
    return frozenset(card for card, count in Counter(card for card, _ in places).items() if card and count > FEW)


async def first_states(session: Session, calls: Iterable[AddressedCall], crowds: Iterable[str]) -> frozenset[Place]:
    """Cards and chats, of crowds alone, where no state of the card (nor its pin) waits or is being sent.

    The chats' lines are locked: nobody puts another one in meanwhile, or takes one back to be sent again.
    """
    places = Counter((call.card, call.chat) for call in calls if call.card is not None)
    found: set[Place] = set()
    named = [(card, {"card": card, "pin": pin_of(card)}) for card in crowds]
    asked = [(card, session.ask(_unsent_in, **names), session.ask(_in_hand_in, **names)) for card, names in named]
    for card, unsent, in_hand in asked:
        busy = {*await unsent, *await in_hand}
        found |= {place for place, count in places.items() if place[0] == card and count == 1 and place[1] not in busy}
    return frozenset(found)
