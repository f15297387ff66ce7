"""``/nueva``: with words it is one line, without any the form."""

from bot.conversation.contents import line_of
from bot.conversation.registry import command
from bot.conversation.turn import CommandTurn
from bot.features.access.named_person import person_meant
from bot.features.tasks.critical import open_critical
from bot.features.tasks.new_task_form import start
from bot.features.tasks.notes import keep_evidence
from bot.parsing.one_line import one_line
from bot.ui import user_text
from bot.ui.forms import said
from core.desk.outcome import Refused
from core.rules.kinds import said_in
from core.vocabulary import commands as c
from core.vocabulary.words import Priority, Role, TaskType

WORD_SHOWN = 40


@command("new", role=Role.AGENT)
async def new_task(turn: CommandTurn) -> None:
    """``/nueva Patrullaje zona norte !alta @beto``."""
    if not turn.words.strip():
        await start(turn)
        return
    line = one_line(*line_of(turn))
    if line.unknown is not None:
        turn.say(said("priority-unknown", turn.texts, word=user_text.user_text(line.unknown, WORD_SHOWN)))
    elif len(line.priorities) > 1:
        turn.say(said("priority-one", turn.texts))
    elif not line.title:
        turn.say(said("title-missing", turn.texts, example=turn.texts("example-new")))
    elif line.priorities == (Priority.CRITICAL,) and not line.mentions:
        await open_critical(turn, line.title)
    else:
        assignee = await person_meant(turn, line.mentions) if line.mentions else None
        if assignee is not None or not line.mentions:
            kind = said_in(turn.services.rules, line.title)
            priority = line.priorities[0] if line.priorities else None
            await open_task(
                turn,
                c.OpenTask(
                    title=line.title,
                    sent_at=turn.sent_at,
                    type=line.type or TaskType.PATROL,
                    work=kind.work.name if kind is not None else "",
                    priority=priority,
                    assignee=assignee.id if assignee is not None else None,
                ),
            )


async def open_task(turn: CommandTurn, command: c.OpenTask) -> None:
    """Its reporter gets the card, which says that it was created; a group is told so here."""
    outcome = await turn.execute(command)
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    await keep_evidence(turn, outcome.task.id)
    if not turn.private:
        turn.say(said("task-created", turn.texts, code=outcome.task.code))
