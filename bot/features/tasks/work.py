"""The buttons of an agent's own task, and ``/finalizar``."""

from bot.conversation.registry import PressHandler, command, press
from bot.conversation.standings import ScreenKind, of_task, on_page
from bot.conversation.task_steps import asked_task, press_step, pressed_task
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.tasks.reopening_view import completed_screen
from bot.ui.buttons import Action, word_key
from bot.ui.dispositions import disposition_in
from bot.ui.forms import said
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.rules.lifecycle import OwnStep
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.dispositions import Dispose
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Lane, Role

WORDS_LIMIT = 500

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
    """``/finalizar T-000123 falsa alarma, era el viento``: how it ended, and words for the record."""
    asked = await asked_task(turn, "complete")
    if asked is None:
        return
    if len(asked.rest) > WORDS_LIMIT:
        await turn.refuse(Refusal(reason=Reason.TOO_LONG, task=asked.task, limit=WORDS_LIMIT))
        return
    word = disposition_in(asked.rest, turn.services.rules.dispositions, turn.texts)
    outcome = await turn.execute(c.Complete(task=asked.task, disposition=word), reason=asked.rest)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(_completed(turn, outcome.task), lane=Lane.ACTION)


@press(Action.DISPOSE, on_page(ScreenKind.ANSWER, words=3))
async def dispose(turn: PressTurn) -> None:
    """*Falsa alarma*, under the answer to an end: the same answer says it, and takes another."""
    task, seen = pressed_task(turn)
    known = turn.services.rules.dispositions
    word = next((one for one in known if word_key(one) == turn.press.words[2]), "")
    outcome = await turn.execute(Dispose(task=task, seen=seen, disposition=word))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.redraw(_completed(turn, outcome.task))


def _completed(turn: RegisteredTurn, task: Task) -> Screen:
    if task.drill:
        return said("task-completed", turn.texts, code=task.code)
    return completed_screen(task, turn.services.rules, turn.now, turn.texts)
