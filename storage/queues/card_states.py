"""States of one card in one chat: what waits, what is being sent, and how a newer one takes the place of the older.

The chats are locked. What the messages of a unit meet there is asked for once for all of them: their chats are held
until the commit, and everybody else who has something to say there waits.
"""

from collections.abc import Awaitable, Iterable, Sequence
from typing import NamedTuple

from core.vocabulary.card_names import pin_of
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import cards
from storage.queues import outbox_statements as statements
from storage.queues.addressed_call import AddressedCall
from storage.queues.outbox_rows import Place, line_of, queue
from storage.queues.outbox_statements import InHand, Unsent
from storage.queues.queue import State


class Met(NamedTuple):
    """States of a card in a chat: unsent, in hand, and whether a message shows it."""

    unsent: Sequence[Unsent] = ()
    in_hand: InHand | None = None
    stands: bool = False


NOTHING = Met()


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


async def meet(session: Session, calls: Iterable[AddressedCall]) -> dict[Place, Met]:
    """Each call's card in its chat as it is now, asked in one exchange.

    A row that a sender is taking at this moment is in hand once it is read: the unsent ones are read first.
    """
    chats: dict[str, list[int]] = {}
    for call in calls:
        if call.card is not None:
            chats.setdefault(call.card, []).append(call.chat)
            if call.superseded:
                chats.setdefault(pin_of(call.card), []).append(call.chat)
    asked = [(card, where, _states(session, card, where)) for card, where in chats.items()]
    found: dict[Place, Met] = {}
    for card, where, (waiting, sending, standing) in asked:
        unsent, in_hand, shown = await waiting, {row.chat: row for row in await sending}, await standing
        messages = {row.chat: row.message_id for row in shown}
        for chat in where:
            rows = [row for row in unsent if row.chat == chat]
            found[card, chat] = Met(rows, in_hand.get(chat), stands=messages.get(chat) is not None)
    return found


def _states(
    session: Session, card: str, chats: Sequence[int]
) -> tuple[Awaitable[list[Unsent]], Awaitable[list[InHand]], Awaitable[list[cards.InChat]]]:
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


async def took_back(session: Session, call: AddressedCall, met: Met, pin: Met) -> bool:
    """Take back the unsent rings of an answered card and its pin. True: nobody ever saw the card."""
    if call.card is None:
        return False
    pins, rings = [row for row in pin.unsent if row.ring], [row for row in met.unsent if row.ring]
    # It may be there, or be there soon, and would go on asking.
    doubtful = any(row.uncertain for row in rings) or met.in_hand is not None
    await _take_out(session, pins if doubtful else pins + rings)
    if pins and not pin.stands:
        await cards.drop(session, pin_of(call.card), call.chat)
    if doubtful:
        for row in met.unsent:
            await session.run(statements.hush, row=row.id)
        return False
    if not rings or met.stands:
        return False
    await cards.drop(session, call.card, call.chat)
    return True


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
    newest, place = unsent[-1], min(unsent, key=lambda row: (row.rank, row.turn, row.id))
    ring = max(row.ring for row in unsent)
    # The wait for a sound began when it was said first, however often it is said anew.
    began = min(row.created_at for row in unsent) if ring and place.rank == Lane.EMERGENCY else newest.created_at
    words = {"method": newest.method, "payload": newest.payload, "created_at": began}
    # The older state may be there. One that rings again says so; a change in place, or what is routine, would be taken
    # for sent if it were doubted, and these words never left.
    answer_in_doubt = ring and place.rank != Lane.ROUTINE and any(row.uncertain for row in unsent)
    await session.run(statements.rewrite, row=place.id, ring=ring, uncertain=int(answer_in_doubt), **words)
    await _take_out(session, [row for row in unsent if row.id != place.id])


async def _take_out(session: Session, rows: Sequence[Unsent]) -> None:
    """Take rows out of their lines, and then let the next of each line go whose head was among them."""
    await session.run_each(statements.take_out, [{"row": row.id} for row in rows])
    for line in dict.fromkeys(row.line for row in rows if row.state == State.READY):
        await queue.promote(session, line)
