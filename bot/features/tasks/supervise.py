"""A supervisor's answers to an alert: *Recibido*, *Escalar*, *Cancelar tarea*, and the commands for them."""

from typing import assert_never

from bot.conversation.registry import command, press
from bot.conversation.standings import CARDS, ScreenKind, of_task, on_page, opens
from bot.conversation.task_steps import asked_task, press_step, pressed_task, seen_file
from bot.conversation.turn import CommandTurn, PressTurn
from bot.features.tasks.cancel_view import NO, YES, cancel_screen
from bot.features.tasks.reopening_view import done_screen
from bot.ui.buttons import Action
from bot.ui.forms import said
from bot.ui.refusals import refusal_screen
from core.desk.outcome import Refused, TaskDone
from core.rules.permissions import refuse
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

REASON_LIMIT = 500


@press(Action.ACKNOWLEDGE, of_task(), role=Role.SUPERVISOR)
async def acknowledge(turn: PressTurn) -> None:
    """*Recibido*: this person has taken charge."""
    task, seen = pressed_task(turn)
    await press_step(turn, c.Acknowledge(task=task, seen=seen))


@press(Action.ESCALATE, of_task())
async def escalate_button(turn: PressTurn) -> None:
    """*Escalar*: who reported it may do so too. A second tap finds the task changed, and climbs no further."""
    task, seen = pressed_task(turn)
    await press_step(turn, c.Escalate(task=task, seen=seen, exact=True))


@command("escalate", role=Role.SUPERVISOR)
async def escalate(turn: CommandTurn) -> None:
    """``/escalar T-000123 reason``: the reason stands in the record."""
    asked = await asked_task(turn, "escalate")
    if asked is None:
        return
    reason = " ".join(asked.rest.split())
    if not reason:
        turn.say(said("reason-missing", turn.texts, example=turn.texts("example-escalate")))
    elif len(reason) > REASON_LIMIT:
        await turn.refuse(Refusal(reason=Reason.TOO_LONG, task=asked.task, limit=REASON_LIMIT))
    else:
        outcome = await turn.execute(c.Escalate(task=asked.task), reason=reason)
        if isinstance(outcome, Refused):
            await turn.refuse(outcome.refusal)
        else:
            turn.say(said("task-escalated", turn.texts, code=outcome.task.code))


@press(Action.CANCEL_TASK, on_page(ScreenKind.SURE, asked=True, words=3), opens(*CARDS))
async def cancel_task(turn: PressTurn) -> None:
    """*Cancelar tarea*: asks whether it is meant, in a message of its own; then *Sí* or *No*."""
    task_id, seen = pressed_task(turn)
    match turn.press.words[2:]:
        case (word,) if word == YES:
            await _cancel(turn, task_id, seen)
        case (word,) if word == NO:
            turn.redraw(said("task-not-cancelled", turn.texts))
        case _:  # the button on the card: not answered yet
            file = await seen_file(turn, task_id)
            if file is None:
                return
            refusal = refuse(turn.caller, c.Cancel(task=task_id), file.task)
            if file.task.state.closed:
                await turn.refuse(Refusal(reason=Reason.CLOSED, task=task_id, state=file.task.state))
            elif refusal is not None:
                await turn.refuse(refusal)
            else:
                turn.say(cancel_screen(file.task, turn.texts))


async def _cancel(turn: PressTurn, task_id: int, seen: int) -> None:
    """A task that changed while the question stood is not cancelled: the question is put again."""
    outcome = await turn.execute(c.Cancel(task=task_id, seen=seen))
    match outcome:
        case TaskDone(task=task):
            turn.redraw(done_screen("task-cancelled", task, turn.services.rules.undo_window, turn.texts))
        case Refused(refusal=Refusal(reason=Reason.STALE), task=Task() as task):
            turn.redraw(cancel_screen(task, turn.texts, changed=True))
        case Refused(refusal=refusal):
            turn.redraw(refusal_screen(refusal, None, turn.texts))
        case _:
            assert_never(outcome)
