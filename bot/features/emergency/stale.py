"""*¿Sigue activa?*: what was sent long ago, in an outage, may be over. The alert did not wait for the answer."""

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import PressTurn, RegisteredTurn
from bot.features.emergency.stale_view import NO, YES, stale_screen
from bot.features.tasks.reopening_view import done_screen
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from bot.ui.refusals import refusal_screen
from core.desk.outcome import Refused
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.words import Lane


def ask_if_stale(turn: RegisteredTurn, task: Task) -> None:
    """Ask whoever sent it, when that was long ago."""
    if turn.now - task.sent_at >= turn.services.rules.stale_after:
        turn.say(stale_screen(task, turn.texts, turn.now), lane=Lane.EMERGENCY)


@press(Action.STILL_ON, on_page(ScreenKind.ANSWER, words=2))
async def answer(turn: PressTurn) -> None:
    """*Sí* becomes a note, *Ya no* cancels it, whatever has happened to it meanwhile.

    Raises:
        NotOurs: no button of this version says that.
    """
    task = turn.press.number(0)
    match turn.press.words[1:]:
        case (word,) if word == YES:
            note = c.AddNote(task=task, text=str(turn.texts("stale-note")), still_on=True)
            key, outcome = "stale-on", await turn.execute(note)
        case (word,) if word == NO:
            why = str(turn.texts("stale-reason"))
            key, outcome = "stale-over", await turn.execute(c.Cancel(task=task), reason=why)
        case _:  # no button of the desk's says this
            raise NotOurs(turn.press.action.value)
    if isinstance(outcome, Refused):
        turn.redraw(refusal_screen(outcome.refusal, None, turn.texts))
    elif outcome.task.state.closed:
        turn.redraw(done_screen(key, outcome.task, turn.services.rules.undo_window, turn.texts))
    else:
        turn.redraw(said(key, turn.texts, code=outcome.task.code))
