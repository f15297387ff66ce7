"""*Voy* and *No puedo*: the first to say yes has it."""

from bot.conversation.registry import press
from bot.conversation.standings import of_task
from bot.conversation.task_steps import press_step, pressed_task
from bot.conversation.turn import PressTurn
from bot.features.tasks.reopening_view import done_screen
from bot.ui.buttons import Action
from core.vocabulary import commands as c
from core.vocabulary.words import Lane


@press(Action.ACCEPT, of_task(own=True))
async def accept(turn: PressTurn) -> None:
    """*Voy*."""
    task, seen = pressed_task(turn)
    await press_step(turn, c.Accept(task=task, seen=seen))


@press(Action.DECLINE, of_task(own=True))
async def decline(turn: PressTurn) -> None:
    """*No puedo*, to an offer or later."""
    task, seen = pressed_task(turn)
    done = await press_step(turn, c.Decline(task=task, seen=seen))
    if done is not None:
        turn.say(done_screen("task-declined", done, turn.services.rules.undo_window, turn.texts), lane=Lane.ACTION)
