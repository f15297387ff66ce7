"""*Mayday* and ``/mayday``: whoever is in danger themselves has an emergency in their name at once."""

from bot.conversation.registry import command, press
from bot.conversation.standings import of_whoever_goes
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.ui.buttons import Action
from bot.ui.forms import said
from core.desk.outcome import Refused
from core.vocabulary import checkin_commands as cc
from core.vocabulary.words import Lane, Role


@command("mayday", role=Role.AGENT)
async def mayday(turn: CommandTurn) -> None:
    """``/mayday``: whatever is written after it is not waited for."""
    await _call(turn, None)


@press(Action.MAYDAY, of_whoever_goes())
async def mayday_on_scene(turn: PressTurn) -> None:
    """*Mayday*, under the card of the task that they are on: however old the card, it counts."""
    await _call(turn, turn.press.number(0))


async def _call(turn: RegisteredTurn, task: int | None) -> None:
    """The card in private says what became of it; who has called already is told which one it is."""
    outcome = await turn.execute(cc.CallMayday(person=turn.person.id, task=task))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(said("mayday-sent", turn.texts), lane=Lane.EMERGENCY)
