"""A command without its code, as the menu sends it: the tasks that it can be done to, one button each."""

from bot.cards.card_buttons import open_button, step_button
from bot.conversation.turn import RegisteredTurn
from bot.ui.buttons import Action, button
from bot.ui.call_button import WORK
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html
from core.queries.allowed_actions import ActionType, allowed_actions
from core.queries.queries import Which
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.rounds import CallRound
from core.vocabulary.words import Role

LOOKED_AT, SHOWN = 30, 8
_STEPS: dict[str, ActionType] = {
    "assign": c.Assign,
    "escalate": c.Escalate,
    "complete": c.Complete,
    "note": c.AddNote,
    "round": CallRound,
}
# These show what is over, too.
_SHOWS: dict[str, Action] = {"task": Action.OPEN_CARD, "why": Action.WHY}
# This one is about what somebody is asked to do, or does.
_RADIO = "radio"


async def which_task(turn: RegisteredTurn, command: str, example: Html) -> Screen:
    """The choice; where there is none, the button for new work."""
    rows = [(one,) for task in await _tasks(turn, command) if (one := _button(turn, command, task)) is not None]
    if not rows:
        work = button(turn.texts("button-as-work"), Action.TAKE, turn.person.id, WORK)
        return Screen(text=turn.texts("code-none", example=example), buttons=((work,),))
    return Screen(text=turn.texts("code-which", example=example), buttons=tuple(rows[:SHOWN]))


def _button(turn: RegisteredTurn, command: str, task: Task) -> Button | None:
    if command in _SHOWS:
        return open_button(task, turn.texts, _SHOWS[command])
    if command == _RADIO:
        return open_button(task, turn.texts, Action.ON_BEHALF) if task.owner is not None or task.offers else None
    step = _STEPS.get(command)
    if step is None or step not in allowed_actions(task, turn.person, turn.now, among={step}):
        return None
    return step_button(task, step, turn.texts)


async def _tasks(turn: RegisteredTurn, command: str) -> tuple[Task, ...]:
    """The newest first: a supervisor chooses among all, and completes their own."""
    me, which = turn.person.id, Which.ALL if command in _SHOWS else Which.OPEN
    if turn.caller.role >= Role.SUPERVISOR and command != "complete":
        page = await turn.queries.tasks(which, most=LOOKED_AT)
    else:
        page = await turn.queries.tasks_of(me, which, most=LOOKED_AT)
    return tuple(task for task in page.tasks if not task.hides_from(me) and (turn.private or not task.silent))
