"""*Clase*: after the alert has left, its reporter or a supervisor says what kind of work it is."""

from bot.conversation.registry import press
from bot.conversation.standings import CARDS, ScreenKind, on_page, opens
from bot.conversation.task_steps import pressed_task, seen_file
from bot.conversation.turn import PressTurn, RegisteredTurn
from bot.features.emergency.kinds_view import kind_screen
from bot.ui.buttons import Action
from bot.ui.kinds import kind_keyed
from core.desk.outcome import Refused
from core.state.task import Task
from core.vocabulary.kinds import Classify
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Lane


def ask_kind(turn: RegisteredTurn, task: Task) -> None:
    """Ask whoever reported it, where the agency has kinds and their words said none."""
    if task.work is not None and not task.work.name:
        turn.say(kind_screen(task, turn.services.rules.kinds, turn.texts), lane=Lane.ACTION)


@press(Action.KIND, on_page(ScreenKind.ANSWER, words=3), opens(*CARDS))
async def kind(turn: PressTurn) -> None:
    """The button of the card asks; a kind's own button says it, and more seats are asked for at once."""
    task, seen = pressed_task(turn)
    kinds = turn.services.rules.kinds
    if not turn.press.words[2:]:
        file = await seen_file(turn, task)
        if file is None:
            return
        if file.task.state.closed:
            await turn.refuse(Refusal(reason=Reason.CLOSED, task=task, state=file.task.state))
        else:
            turn.say(kind_screen(file.task, kinds, turn.texts), lane=Lane.ACTION)
        return
    chosen = kind_keyed(kinds, turn.press.words[2])
    name = chosen.work.name if chosen is not None else ""
    outcome = await turn.execute(Classify(task=task, seen=seen, work=name))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.redraw(kind_screen(outcome.task, kinds, turn.texts))
