"""A call for help from a frozen phone opens no emergency; administrators hear it at once, beside the two answers."""

from bot.conversation.turn import Turn
from bot.features.access.freeze_view import call_came_screen
from core.desk.outcome import Refused
from core.rules.permissions import DESK
from core.state.person import Person
from core.vocabulary.access_commands import CallFrozen
from core.vocabulary.words import Lane, Membership


async def called_frozen(turn: Turn, person: Person, words: str) -> bool:
    """Pass the call on, where the sender is frozen, and say what it did; whether that is so."""
    if person.membership is not Membership.FROZEN:
        return False
    command = CallFrozen(person=person.id, words=words)
    outcome = await turn.services.desk.execute(command, caller=DESK, key=turn.next_key())
    if not isinstance(outcome, Refused):
        turn.say(call_came_screen(turn.texts), lane=Lane.EMERGENCY)
    return not isinstance(outcome, Refused)
