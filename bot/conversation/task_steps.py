"""Steps that all commands and buttons about one task share."""

from msgspec import Struct

from bot.conversation.noted_for import noted_for
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.conversation.which_task import which_task
from bot.parsing.codes import coded
from bot.ui.forms import said
from bot.ui.user_text import user_text
from core.desk.outcome import Refused
from core.notifications.notifications import TaskContext
from core.rules.permissions import may_see, unseen
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason, Refusal

WORD_SHOWN = 40


class Asked(Struct, frozen=True):
    """The task that somebody named, and the words after its code."""

    task: int
    rest: str


def pressed_task(turn: PressTurn) -> tuple[int, int]:
    """The task's id under the button, and the version that it was drawn for."""
    return turn.press.number(0), turn.press.number(1)


async def press_step(turn: PressTurn, command: c.TaskCommand) -> Task | None:
    """A button on a card, and the task after it: the cards change by themselves.

    None: a refusal, which says why and shows the card as it is now.
    """
    outcome = await turn.execute(command)
    if not isinstance(outcome, Refused):
        return outcome.task
    noted = await noted_for(turn, outcome.refusal, command.task)
    if noted is None:
        await turn.refuse_step(outcome.refusal, command.task)
    else:
        turn.say(noted)
        turn.want_card(command.task, notify=False)
    return None


async def show_card(turn: RegisteredTurn, task_id: int) -> None:
    """A new message with the card, or why not."""
    if await seen_file(turn, task_id) is not None:
        turn.want_card(task_id, notify=True)


async def seen_file(turn: RegisteredTurn, task_id: int) -> TaskContext | None:
    """The task, if the person may see it; otherwise says why not."""
    file = await turn.queries.task_file(task_id)
    if file is None:
        await turn.refuse(Refusal(reason=Reason.UNKNOWN_TASK, task=task_id))
    elif not may_see(turn.caller, file.task):
        await turn.refuse(unseen(turn.caller, task_id))
    elif file.task.silent and not turn.private:
        # The person in danger may be in any group.
        await turn.refuse(Refusal(reason=Reason.UNKNOWN_TASK, task=task_id))
    else:
        return file
    return None


async def asked_task(turn: CommandTurn, command: str, *, alone: bool = False) -> Asked | None:
    """The task that the words begin with, and the rest; otherwise says what to send, as in ``example-<command>``.

    ``alone``: nothing may follow the code. In a group only a task that may be spoken of there.
    """
    found = coded(turn.words)
    example = turn.texts(f"example-{command}")
    if not found.word:
        turn.say(await which_task(turn, command, example))
    elif found.task is None:
        turn.say(said("code-unreadable", turn.texts, word=user_text(found.word, WORD_SHOWN), example=example))
    elif alone and found.rest:
        turn.say(said("code-alone", turn.texts, example=example))
    elif turn.private or await seen_file(turn, found.task) is not None:
        return Asked(found.task, found.rest)
    return None
