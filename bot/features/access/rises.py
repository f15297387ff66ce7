"""*Confirmar* and *Rechazar*: a second administrator answers whether somebody becomes one too."""

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, of_card, rise
from bot.conversation.turn import PressTurn, RegisteredTurn
from bot.features.access.rises_view import waits_screen
from bot.ui.buttons import Action
from core.desk.outcome import InviteOutcome, PersonOutcome, Refused
from core.vocabulary import access_commands as ac
from core.vocabulary.account_events import RiseAsked
from core.vocabulary.words import Role


@press(Action.CONFIRM_RISE, of_card(ScreenKind.RISE, rise, words=1, private=True), role=Role.ADMIN)
async def confirm(turn: PressTurn) -> None:
    """*Confirmar*: it happens now; every card of the request says so."""
    await _answer(turn, ac.ConfirmRise(rise=turn.press.number(0)))


@press(Action.REFUSE_RISE, of_card(ScreenKind.RISE, rise, words=1, private=True), role=Role.ADMIN)
async def refuse(turn: PressTurn) -> None:
    """*Rechazar*: it does not happen."""
    await _answer(turn, ac.RefuseRise(rise=turn.press.number(0)))


def say_that_it_waits(turn: RegisteredTurn, outcome: PersonOutcome | InviteOutcome) -> bool:
    """Say so where a second administrator was asked; whether that is so."""
    asked = any(isinstance(event, RiseAsked) for event in outcome.events)
    if asked:
        turn.say(waits_screen(turn.texts), to=turn.person.destination)
    return asked


async def _answer(turn: PressTurn, command: ac.AnswerRise) -> None:
    outcome = await turn.execute(command)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
