"""Words, a photo or a voice that no form waits for: in the middle of an emergency they belong to it."""

from bot.conversation.contents import evidence_in, text_of
from bot.conversation.turn import MessageTurn, RegisteredTurn
from bot.features.access.help import hint
from bot.features.tasks.notes import add_note
from bot.ui.forms import said
from core.desk.outcome import Refused
from core.queries.queries import Which
from core.rules.reporting import TITLE_LIMIT
from core.state.task import Task
from core.vocabulary import commands as c

LOOKED_AT = 10


async def spoken(turn: MessageTurn) -> None:
    """A note to the emergency that the person holds or reported; with none open, a hint at what can be sent.

    Nobody who runs or hides types a code first.
    """
    task = await emergency_of(turn)
    if task is None:
        await hint(turn)
        return
    if not text_of(turn.message).strip() and evidence_in(turn.message) is None:
        turn.say(said("note-no-such", turn.texts, code=task.code))
        return
    outcome = await add_note(turn, task.id)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(said("note-taken-up", turn.texts, code=task.code))
        await _name(turn, task)


async def _name(turn: MessageTurn, task: Task) -> None:
    """Take the reporter's first words as the title of an emergency that was called without any."""
    words = " ".join(text_of(turn.message).split())
    if task.title or task.alarm is not None or task.reporter != turn.caller.id:
        return
    if words and len(words) <= TITLE_LIMIT:
        await turn.execute(c.Revise(task=task.id, title=words))


async def emergency_of(turn: RegisteredTurn) -> Task | None:
    """The one they hold, else the newest that they reported; never a silent alarm about themselves."""
    person = turn.person
    page = await turn.queries.tasks_of(person.id, Which.OPEN, most=LOOKED_AT)
    emergencies = [task for task in page.tasks if task.emergency and not task.hides_from(person.id)]
    held = (task for task in emergencies if task.id == person.hold)
    reported = (task for task in emergencies if task.reporter == person.id)
    return next(held, None) or next(reported, None)
