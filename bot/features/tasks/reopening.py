"""*Deshacer* and *Reabrir*: an end that was a slip, and a closed task that is not over."""

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, of_task, on_page
from bot.conversation.task_steps import pressed_task
from bot.conversation.turn import PressTurn
from bot.features.tasks.reopening_view import too_late_screen
from bot.ui.buttons import Action
from bot.ui.call_button import call_button
from bot.ui.forms import said
from bot.ui.refusals import refusal_text
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.queries.allowed_actions import allowed_actions
from core.rules.permissions import may_see
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason


@press(Action.UNDO, on_page(ScreenKind.ANSWER, words=2))
async def undo(turn: PressTurn) -> None:
    """*Deshacer*, under the answer to what was done; too late, that answer says what there is to do instead."""
    task_id, seen = pressed_task(turn)
    outcome = await turn.execute(c.Undo(task=task_id, seen=seen))
    if not isinstance(outcome, Refused):
        turn.redraw(said("task-undone", turn.texts, code=outcome.task.code))
        return
    refusal, task = outcome.refusal, outcome.task
    if refusal.reason is Reason.NOT_YOUR_ACT or task is None or not may_see(turn.caller, task):
        # The answer is somebody else's, and they may still need its button.
        await turn.refuse(refusal)
        return
    who = await turn.queries.person(refusal.person) if refusal.person is not None else None
    instead = allowed_actions(task, turn.person, turn.now, among={c.Reopen, c.Accept})
    turn.redraw(too_late_screen(refusal, who, task, instead, turn.texts))


@press(Action.REOPEN, of_task())
async def reopen(turn: PressTurn) -> None:
    """*Reabrir*: whoever pressed sees the card at once; others are rung."""
    task_id, seen = pressed_task(turn)
    outcome = await turn.execute(c.Reopen(task=task_id, seen=seen))
    if not isinstance(outcome, Refused):
        turn.want_card(task_id, notify=turn.private)
    elif outcome.refusal.reason is Reason.REOPEN_OVER and not turn.quiet:
        call = call_button(turn.person.id, turn.texts)
        turn.say(Screen(text=refusal_text(outcome.refusal, None, turn.texts), buttons=((call,),)))
    else:
        await turn.refuse_step(outcome.refusal, task_id)
