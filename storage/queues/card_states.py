"""States of one card in one chat: what waits, what is being sent, and how a newer one takes the place of the older.

The chats are locked. What the messages of a unit meet there is asked for once for all of them: their chats are held
until the commit, and everybody else who has something to say there waits.
"""

import sys
from collections import Counter
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import NamedTuple

from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import cards
from storage.queues import outbox_statements as statements
from storage.queues.addressed_call import AddressedCall
from storage.queues.outbox_rows import Place, line_of, queue, with_words
from storage.queues.outbox_statements import InHand, Unsent
from storage.queues.queue import State
from storage.schema.tables import OutboxRow


class Met(NamedTuple):
    """States of a card in a chat: unsent, in hand, and whether a message shows it."""

    unsent: Sequence[Unsent] = ()
    in_hand: InHand | None = None
    stands: bool = False


NOTHING = Met()
_States = tuple[Awaitable[list[Unsent]], Awaitable[list[InHand]], Awaitable[list[cards.InChat]]]


def side_by_side(calls: Iterable[AddressedCall], first: frozenset[Place]) -> list[list[AddressedCall]]:
    """The calls in their order, cut where one would meet what another of them did.

    In each part a chat has at most one call that may meet older states of its card.
    """
    parts: list[list[AddressedCall]] = [[]]
    chats: set[int] = set()
    places: set[Place] = set()
    for call in calls:
        alone = call.card is None or (call.card, call.chat) in first
        pin = (pin_of(call.card), call.chat) if call.card is not None and call.superseded else None
        if not alone and (call.chat in chats or pin in places):
            parts.append([])
            chats, places = set(), set()
        if not alone:
            chats.add(call.chat)
        places.add((call.card, call.chat))
        parts[-1].append(call)
    return parts


def ask_states(session: Session, calls: Iterable[AddressedCall]) -> Awaitable[dict[Place, Met]]:
    """Ask for each call's card in its chat as it is now, in one exchange.

    A row that a sender is taking at this moment is in hand once it is read: the unsent ones are read first.
    """
    chats: dict[str, dict[int, None]] = {}
    for call in calls:
        if call.card is not None:
            chats.setdefault(call.card, {})[call.chat] = None
            if call.superseded:
                chats.setdefault(pin_of(call.card), {})[call.chat] = None
    return _met([(card, [*where], _states(session, card, [*where])) for card, where in chats.items()])


async def _met(asked: Iterable[tuple[str, list[int], _States]]) -> dict[Place, Met]:
    found: dict[Place, Met] = {}
    for card, where, (waiting, sending, standing) in asked:
        unsent, in_hand, shown = await waiting, {row.chat: row for row in await sending}, await standing
        messages = {row.chat: row.message_id for row in shown}
        for chat in where:
            rows = [row for row in unsent if row.chat == chat]
            found[card, chat] = Met(rows, in_hand.get(chat), stands=messages.get(chat) is not None)
    return found


def meet_nothing(calls: Iterable[AddressedCall], met: Mapping[Place, Met]) -> frozenset[Place]:
    """Cards and chats where no state of the card (nor its pin, where that is asked for) waits or is being sent."""
    places = Counter((call.card, call.chat) for call in calls if call.card is not None)
    asked = ((card, chat) for (card, chat), count in places.items() if card and count == 1 and (card, chat) in met)
    return frozenset((card, chat) for card, chat in asked if not _busy(met, card, chat))


def _busy(met: Mapping[Place, Met], card: str, chat: int) -> bool:
    states = (met[card, chat], met.get((pin_of(card), chat), NOTHING))
    return any(each.unsent or each.in_hand is not None for each in states)


def _states(session: Session, card: str, chats: Sequence[int]) -> _States:
    return (
        statements.unsent_in.ask(session, chats, card=card),
        session.ask(statements.in_hand, card=card),
        cards.messages.ask(session, chats, card=card),
    )


async def line_behind(session: Session, call: AddressedCall, met: Met) -> str:
    """Line up a state of a card behind an older one that is in flight, whatever their lanes.

    The state that Telegram is told last is the one that stays. Once it is answered, the older one rings no more if it
    has to be sent again.
    """
    if met.in_hand is None:
        return line_of(call)
    if call.superseded:
        await session.run(statements.hush, row=met.in_hand.id)
    return met.in_hand.line


async def take_back(session: Session, call: AddressedCall, met: Met, pin: Met) -> Met | None:
    """Take back the unsent rings of an answered card and its pin; what is left. None: nobody ever saw the card."""
    if call.card is None:
        return met
    pins, rings = [row for row in pin.unsent if row.ring], [row for row in met.unsent if row.ring]
    # It may be there, or be there soon, and would go on asking.
    doubtful = any(row.uncertain for row in rings) or met.in_hand is not None
    await take_out(session, pins if doubtful else pins + rings)
    if pins and not pin.stands:
        await cards.drop(session, pin_of(call.card), call.chat)
    if doubtful:
        for row in met.unsent:
            await session.run(statements.hush, row=row.id)
        return met._replace(unsent=[row._replace(ring=0) for row in met.unsent])
    if not rings or met.stands:
        return met._replace(unsent=[row for row in met.unsent if not row.ring])
    await cards.drop(session, call.card, call.chat)
    return None


async def say_newest(session: Session, unsent: Sequence[Unsent], row: OutboxRow) -> list[Unsent]:
    """Put the newest state of a card in, in the place of those that have not left; the rest, to be taken out.

    They are locked, and so is their chat: nothing else is there to be said.
    """
    newest = _unsent(row)
    place, words = _joined((*unsent, newest))
    if place is newest:
        said = with_words(row, created_at=words.created_at, ring=words.ring, uncertain=words.uncertain)
        await queue.push(session, said)
    else:
        await _rewrite(session, place, words)
    return [each for each in unsent if each.id != place.id]


def _unsent(row: OutboxRow) -> Unsent:
    """A row that is not put in yet: after all that are."""
    return Unsent(
        id=sys.maxsize,
        chat=row.chat,
        line=row.line,
        rank=row.rank,
        turn=row.turn,
        state=State.WAITING,
        ring=row.ring,
        uncertain=row.uncertain,
        method=row.method,
        payload=row.payload,
        created_at=row.created_at,
    )


async def merge_all(session: Session, places: Iterable[tuple[str, int]]) -> None:
    """Say only the newest of the states of each card that have not left."""
    chats: dict[str, list[int]] = {}
    for card, chat in places:
        chats.setdefault(card, []).append(chat)
    asked = [(where, statements.unsent_in.ask(session, where, card=card)) for card, where in chats.items()]
    for where, waiting in asked:
        unsent = await waiting
        for chat in where:
            await _merge(session, [row for row in unsent if row.chat == chat])


async def _merge(session: Session, unsent: Sequence[Unsent]) -> None:
    """Say the newest of these states of a card, in the place of the first of the most urgent."""
    if len(unsent) < 2:
        return
    place, words = _joined(unsent)
    await _rewrite(session, place, words)
    await take_out(session, [row for row in unsent if row.id != place.id])


class _Words(NamedTuple):
    """The message that the states of a card become."""

    method: str
    payload: str
    created_at: int
    ring: int
    uncertain: int


async def _rewrite(session: Session, place: Unsent, words: _Words) -> None:
    await session.run(statements.rewrite, row=place.id, **words._asdict())


def _joined(unsent: Sequence[Unsent]) -> tuple[Unsent, _Words]:
    """The place of the first of the most urgent, and what is said there."""
    newest, place = unsent[-1], min(unsent, key=lambda row: (row.rank, row.turn, row.id))
    ring = max(row.ring for row in unsent)
    # The wait for a sound began when it was said first, however often it is said anew.
    began = min(row.created_at for row in unsent) if ring and place.rank == Lane.EMERGENCY else newest.created_at
    # The older state may be there. One that rings again says so; a change in place, or what is routine, would be taken
    # for sent if it were doubted, and these words never left.
    answer_in_doubt = ring and place.rank != Lane.ROUTINE and any(row.uncertain for row in unsent)
    return place, _Words(newest.method, newest.payload, began, ring, int(answer_in_doubt))


async def take_out(session: Session, rows: Sequence[Unsent]) -> None:
    """Take rows out of their lines, and then let the next of each line go whose head was among them."""
    await session.run_each(statements.take_out, [{"row": row.id} for row in rows])
    for line in dict.fromkeys(row.line for row in rows if row.state == State.READY):
        await queue.promote(session, line)
