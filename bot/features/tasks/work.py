"""The buttons of an agent's own task, and ``/finalizar``."""

from bot.conversation.registry import PressHandler, command, press
from bot.conversation.standings import of_task
from bot.conversation.task_steps import asked_task, press_step, pressed_task
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.tasks.reopening_view import done_screen
from bot.ui.buttons import Action
from bot.ui.forms import said
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.rules.lifecycle import OwnStep
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.words import Lane, Role

# The buttons that are a step of an agent's own; the other actions have handlers of their own.
STEPS: dict[Action, type[OwnStep]] = {
    Action.DEPART: c.Depart,
    Action.ARRIVE: c.Arrive,
    Action.START: c.Start,
    Action.PAUSE: c.Pause,
    Action.RESUME: c.Resume,
    Action.COMPLETE: c.Complete,
}

# Steps that another button undoes count only on the card as it stands: a late tap must not do them over again.
THERE_AND_BACK = (Action.START, Action.PAUSE, Action.RESUME)


def _step(action: Action) -> PressHandler:
    async def take(turn: PressTurn) -> None:
        task, seen = pressed_task(turn)
        done = await press_step(turn, STEPS[action](task=task, seen=seen, exact=action in THERE_AND_BACK))
        if done is not None and action is Action.COMPLETE and not done.drill:
            turn.say(_completed(turn, done), lane=Lane.ACTION)

    return take


for _action in STEPS:
    # A supervisor ends a drill on the group's card; what else is on it is no step of an agent's.
    _stands = of_task(alert_late=False) if _action is Action.COMPLETE else of_task(own=True)
    press(_action, _stands)(_step(_action))


@command("complete", role=Role.AGENT)
async def complete(turn: CommandTurn) -> None:
    """``/finalizar T-000123``."""
    asked = await asked_task(turn, "complete", alone=True)
    if asked is None:
        return
    outcome = await turn.execute(c.Complete(task=asked.task))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(_completed(turn, outcome.task), lane=Lane.ACTION)


def _completed(turn: RegisteredTurn, task: Task) -> Screen:
    if task.drill:
        return said("task-completed", turn.texts, code=task.code)
    return done_screen("task-completed", task, turn.services.rules.undo_window, turn.texts)
