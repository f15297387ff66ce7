"""A command without its code, as the menu sends it: the tasks that it can be done to, one button each."""

from bot.cards.card_buttons import open_button, step_button
from bot.conversation.turn import RegisteredTurn
from bot.ui.forms import said
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html
from core.queries.allowed_actions import ActionType, allowed_actions
from core.queries.queries import Which
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.words import Role

LOOKED_AT, SHOWN = 30, 8
_STEPS: dict[str, ActionType] = {
    "assign": c.Assign,
    "escalate": c.Escalate,
    "complete": c.Complete,
    "note": c.AddNote,
}
OPENS = "task"


async def which_task(turn: RegisteredTurn, command: str, example: Html) -> Screen:
    """The choice; where there is none, what to write."""
    rows = [(button,) for task in await _tasks(turn, command) if (button := _button(turn, command, task)) is not None]
    if not rows:
        return said("code-missing", turn.texts, example=example)
    return Screen(text=turn.texts("code-which", example=example), buttons=tuple(rows[:SHOWN]))


def _button(turn: RegisteredTurn, command: str, task: Task) -> Button | None:
    if command == OPENS:
        return open_button(task, turn.texts)
    step = _STEPS.get(command)
    if step is None or step not in allowed_actions(task, turn.person, turn.now, among={step}):
        return None
    return step_button(task, step, turn.texts)


async def _tasks(turn: RegisteredTurn, command: str) -> tuple[Task, ...]:
    """Open tasks, the newest first: a supervisor chooses among all, and completes their own."""
    me = turn.person.id
    if turn.caller.role >= Role.SUPERVISOR and command != "complete":
        page = await turn.queries.tasks(Which.OPEN, most=LOOKED_AT)
    else:
        page = await turn.queries.tasks_of(me, Which.OPEN, most=LOOKED_AT)
    return tuple(task for task in page.tasks if not task.hides_from(me) and (turn.private or not task.silent))
