"""``/misdatos``: what the desk keeps of whoever asks, as a file, page by page (P15)."""

from typing import Any

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.access.my_data_view import (
    TaskPart,
    about_person,
    erase_screen,
    erasure_asked_screen,
    my_data_file,
    my_data_screen,
    task_data,
    whole,
)
from bot.ui.buttons import Action
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.desk.ports import OutgoingMessage
from core.queries.queries import Which
from core.rules.permissions import may_see
from core.vocabulary.access_commands import Forget
from core.vocabulary.contents import TextFile
from core.vocabulary.desk_events import Reading
from core.vocabulary.words import Lane, Role

TASKS = 40
EVENTS = 1_000


@command("mydata", role=Role.AGENT)
async def my_data(turn: CommandTurn) -> None:
    """The first page, in the person's own chat wherever it was asked for."""
    await _send(turn, 0)
    if not turn.private:
        turn.say(Screen(text=turn.texts("said-aside")))


@press(Action.MY_DATA, on_page(ScreenKind.DATA, words=1, private=True, asked=True))
async def more(turn: PressTurn) -> None:
    """Older work of whoever presses, whose button it was."""
    await _send(turn, turn.press.number(0))


@press(Action.ERASE_DATA, on_page(ScreenKind.DATA, words=0, private=True, asked=True))
async def ask_whether(turn: PressTurn) -> None:
    """*Borrar mis datos*: what goes and what stays; nothing happens yet."""
    turn.say(erase_screen(turn.texts))


@press(Action.ASK_ERASURE, on_page(ScreenKind.DATA, words=0, private=True, asked=True))
async def ask_erasure(turn: PressTurn) -> None:
    """*Pedir que se borren*: an administrator is asked."""
    outcome = await turn.execute(Forget(person=turn.person.id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(erasure_asked_screen(turn.texts))


async def _send(turn: RegisteredTurn, after: int) -> None:
    """A file, and what is in it; reading one's own data is in the record too."""
    await turn.services.desk.readings.note(Reading.OWN_DATA, turn.caller)
    page = await turn.queries.tasks_of(turn.person.id, Which.ALL, after=after or None, most=TASKS)
    shown = [task for task in page.tasks if may_see(turn.caller, task)]
    parts = [TaskPart(task, await turn.queries.history(task.id)) for task in shown]
    tasks = [task_data(part, turn.person.id, turn.texts) for part in parts]
    about: dict[str, Any] = {} if after else await _about(turn)
    file = my_data_file(whole(about, tasks, turn.now, turn.texts), turn.person, turn.texts)
    _post(turn, my_data_screen(len(tasks), first=not after, more=page.after, texts=turn.texts))
    _post(turn, file)


async def _about(turn: RegisteredTurn) -> dict[str, Any]:
    """Data of the person besides their work."""
    person = await turn.queries.person(turn.person.id) or turn.person
    return about_person(
        person,
        await turn.queries.unit(person.unit) if person.unit is not None else None,
        await turn.queries.check_in(person.account),
        await turn.queries.history_of(person.id, most=EVENTS),
        turn.texts,
    )


def _post(turn: RegisteredTurn, content: Screen | TextFile) -> None:
    turn.pass_on([OutgoingMessage(to=turn.person.destination, lane=Lane.ROUTINE, content=content)])
