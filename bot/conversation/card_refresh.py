"""Cards that somebody asked to see, drawn in the transaction that puts them in the outbox.

A card drawn before it, from what was read then, could replace a newer one that has not left yet. With the chat's queue
locked, whoever changes the task has done so and is in the drawing, or comes after it with a newer one.
"""

from datetime import datetime

from bot.cards.card import card, card_name
from bot.conversation.turn import CardWanted, Turn
from bot.transport import payloads
from core.desk.ports import OutgoingMessage
from core.rules.permissions import may_see
from core.vocabulary.words import Lane
from storage.engine.session import Session
from storage.queues import outbox
from storage.repositories.queries import task_file


async def card_refresh(session: Session, turn: Turn, now: datetime) -> list[OutgoingMessage]:
    """The cards that the turn asks for, as the tasks are now; a group reads its own, not one person's."""
    if not turn.cards:
        return []
    await outbox.hold(session, turn.chat)
    letters = [await _drawn(session, turn, wanted, now) for wanted in turn.cards]
    return [letter for letter in letters if letter is not None]


async def _drawn(session: Session, turn: Turn, wanted: CardWanted, now: datetime) -> OutgoingMessage | None:
    file = await task_file(session, wanted.task)
    if file is None or not may_see(turn.caller, file.task) or (file.task.silent and not turn.private):
        return None
    screen = card(file, turn.person if turn.private else None, turn.texts, now)
    return payloads.message(screen, chat=turn.chat, lane=Lane.ROUTINE, card=card_name(wanted.task), ring=wanted.ring)
