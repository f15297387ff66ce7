"""Cards that somebody asked to see, drawn in the transaction that puts them in the outbox.

A card drawn earlier, from what was read then, could replace a newer one that has not left yet. With the chat's queue
locked, a change of the task is either in the drawing already, or comes after it with a newer card.
"""

from datetime import datetime

from bot.cards.card import card
from bot.conversation.arrival import Arrival, CardWanted
from core.desk.ports import OutgoingMessage
from core.rules.permissions import caller_of, may_see
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import outbox
from storage.repositories.queries import task_file


async def card_refresh(session: Session, arrival: Arrival, now: datetime) -> list[OutgoingMessage]:
    """The cards that a turn asks for, as the tasks are now; a group reads its own, not one person's."""
    cards = arrival.results.cards
    if not cards:
        return []
    await outbox.hold(session, arrival.chat)
    messages = [await _drawn(session, arrival, wanted, now) for wanted in cards]
    return [message for message in messages if message is not None]


async def _drawn(session: Session, arrival: Arrival, wanted: CardWanted, now: datetime) -> OutgoingMessage | None:
    file = await task_file(session, wanted.task)
    if file is None or not may_see(caller_of(wanted.reader), file.task) or (file.task.silent and not arrival.private):
        return None
    screen = card(file, wanted.reader if arrival.private else None, arrival.services.texts, now)
    name = task_card(wanted.task)
    return OutgoingMessage(to=arrival.here, lane=Lane.ROUTINE, content=screen, card=name, notify=wanted.notify)
