"""``/lista``: everybody on scene is asked whether they are well."""

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.task_steps import asked_task, pressed_task
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.safety.rounds_view import round_called
from bot.ui.buttons import Action
from core.desk.outcome import Refused
from core.vocabulary.rounds import CallRound
from core.vocabulary.words import Role


@command("round", role=Role.SUPERVISOR)
async def call_round(turn: CommandTurn) -> None:
    """``/lista T-12``; alone it asks which of those where somebody is on scene."""
    asked = await asked_task(turn, "round", alone=True)
    if asked is not None:
        await _call(turn, asked.task)


@press(Action.ROUND, on_page(ScreenKind.ANSWER, words=2), role=Role.SUPERVISOR)
async def call_chosen(turn: PressTurn) -> None:
    """The task that was meant."""
    await _call(turn, pressed_task(turn)[0])


async def _call(turn: RegisteredTurn, task: int) -> None:
    """The answers stand on the task's card as they come."""
    outcome = await turn.execute(CallRound(task=task))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    people = await turn.queries.people_by_id(part.agent for part in outcome.task.crew)
    turn.say(round_called(outcome.task, people, turn.texts))
