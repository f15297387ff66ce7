"""``terminé la 3``, ``llegué``, ``voy`` in plain words: the button that does it, for each task that may be meant."""

from bot.cards.card_buttons import step_button
from bot.conversation.turn import RegisteredTurn
from bot.parsing.steps_said import Said, Step, said_in
from bot.ui.screen import Button
from core.queries.allowed_actions import ActionType, allowed_actions
from core.queries.queries import Which
from core.rules.permissions import may_see
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.words import Role

LOOKED_AT, SHOWN = 20, 6
# The first that is possible: whoever is asked and says "voy" accepts; whoever has accepted departs.
_STEPS: dict[Step, tuple[ActionType, ...]] = {
    Step.DECLINE: (c.Decline,),
    Step.GO: (c.Accept, c.Depart),
    Step.ARRIVE: (c.Arrive, c.Accept),
    Step.COMPLETE: (c.Complete,),
    Step.START: (c.Start,),
    Step.PAUSE: (c.Pause,),
    Step.RESUME: (c.Resume, c.Start),
    Step.ACKNOWLEDGE: (c.Acknowledge, c.Accept),
}


async def steps_said(turn: RegisteredTurn, text: str) -> tuple[tuple[Button, ...], ...]:
    """One row for each task; none where the words say no step, or nothing of the kind can be done."""
    said = said_in(text)
    if said is None:
        return ()
    steps = _STEPS[said.step]
    rows: list[tuple[Button, ...]] = []
    for task in await _tasks(turn, said):
        allowed = allowed_actions(task, turn.person, turn.now, among=steps)
        step = next((one for one in steps if one in allowed), None)
        if step is not None:
            rows.append((step_button(task, step, turn.texts),))
    return tuple(rows[:SHOWN])


async def _tasks(turn: RegisteredTurn, said: Said) -> tuple[Task, ...]:
    """The one that was named, else all that are theirs; a supervisor takes charge of any."""
    queries, me = turn.queries, turn.person.id
    if said.task is not None:
        file = await queries.task_file(said.task)
        tasks: tuple[Task, ...] = (file.task,) if file is not None and may_see(turn.caller, file.task) else ()
    else:
        tasks = (await queries.tasks_of(me, Which.OPEN, most=LOOKED_AT)).tasks
        if said.step is Step.ACKNOWLEDGE and turn.caller.role >= Role.SUPERVISOR:
            tasks = (await queries.tasks(Which.OPEN, most=LOOKED_AT)).tasks
    return tuple(task for task in tasks if not task.hides_from(me) and (turn.private or not task.silent))
