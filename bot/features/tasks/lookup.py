"""Looking things up: one task and its history, one's own, all, those that were, and those with certain words."""

from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, opens
from bot.conversation.task_steps import asked_task, seen_file, show_card
from bot.conversation.turn import CommandTurn, PressTurn
from bot.features.tasks import search_form
from bot.features.tasks.evidence_view import evidence_messages
from bot.features.tasks.history_view import history_screen, named_in
from bot.features.tasks.lists import page_of
from bot.features.tasks.lists_view import Leaf, List
from bot.parsing.names import which_of
from bot.ui import user_text
from bot.ui.buttons import Action
from bot.ui.forms import said
from core.queries.queries import Which
from core.vocabulary.search_terms import words_of
from core.vocabulary.words import Role

WORD_SHOWN = 40


@command("mytasks", role=Role.AGENT)
async def my_tasks(turn: CommandTurn) -> None:
    """``/mistareas``: offers to the person, and tasks that they have taken on."""
    turn.say(await page_of(turn, Leaf(list=List.TO_DO, owner=turn.person.id)))


@command("task", role=Role.AGENT)
async def task(turn: CommandTurn) -> None:
    """``/tarea T-000123``: its card."""
    asked = await asked_task(turn, "task", alone=True)
    if asked is not None:
        await show_card(turn, asked.task)


@command("history", role=Role.AGENT)
async def history_list(turn: CommandTurn) -> None:
    """``/historial [activas|finalizadas|todas]``."""
    which = which_of(turn.words) if turn.words.strip() else Which.ALL
    if which is None:
        turn.say(said("history-unknown", turn.texts, word=user_text.user_text(turn.words, WORD_SHOWN)))
        return
    turn.say(await page_of(turn, Leaf(list=List.HISTORY, owner=turn.person.id, asked=which.value)))


@command("search", role=Role.AGENT)
async def search(turn: CommandTurn) -> None:
    """``/buscar words``."""
    words = " ".join(words_of(turn.words))
    if words:
        turn.say(await search_form.found(turn, words))
    else:
        await search_form.begin(turn)


@command("tasks", role=Role.SUPERVISOR)
async def open_tasks(turn: CommandTurn) -> None:
    """Every task that is open."""
    turn.say(await page_of(turn, Leaf(list=List.OPEN, owner=turn.person.id)))


@command("team", role=Role.SUPERVISOR)
async def team(turn: CommandTurn) -> None:
    """The agents, with what they are doing."""
    turn.say(await page_of(turn, Leaf(list=List.TEAM, owner=turn.person.id)))


@press(Action.OPEN_CARD, opens(ScreenKind.LIST, ScreenKind.ANSWER, ScreenKind.HANDOVER, words=1))
async def open_card(turn: PressTurn) -> None:
    """A line of a list."""
    await show_card(turn, turn.press.number(0))


@press(Action.HISTORY, opens(ScreenKind.CARD, ScreenKind.ALERT, ScreenKind.ANSWER, words=1))
async def history(turn: PressTurn) -> None:
    """*Historia*: what happened, then the newest evidence."""
    file = await seen_file(turn, turn.press.number(0))
    if file is None:
        return
    records = await turn.queries.history(file.task.id)
    people = dict(file.people)
    for person_id in named_in(records) - people.keys():
        person = await turn.queries.person(person_id)
        if person is not None:
            people[person.id] = person
    turn.say(history_screen(file.task, records, people, turn.texts, turn.now))
    turn.pass_on(evidence_messages(file.task, records, people, turn.texts, to=turn.here))
