"""``/asignar`` and the *Asignar* button with its list of agents."""

from collections.abc import Callable
from functools import partial

from bot.conversation.contents import line_of
from bot.conversation.registry import command, press
from bot.conversation.standings import CARDS, ScreenKind, on_page, opens
from bot.conversation.task_steps import asked_task, pressed_task, seen_file
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.access.named_person import person_meant
from bot.features.tasks.assign_view import NEAREST, assigned, choice, picker
from bot.parsing.mentions import mentions_in
from bot.ui.buttons import Action
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.desk_events import Reading
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

AGENTS_SHOWN = 8

Show = Callable[[Screen], None]


@command("assign", role=Role.SUPERVISOR)
async def assign(turn: CommandTurn) -> None:
    """``/asignar T-000123 @who``; with the code alone, shows whom to choose from."""
    asked = await asked_task(turn, "assign")
    if asked is None:
        return
    _, mentions = mentions_in(*line_of(turn))
    if not mentions and not asked.rest:
        await _choose(turn, asked.task, turn.say)
        return
    file = await seen_file(turn, asked.task)
    if file is None:
        return
    agent = await person_meant(turn, mentions, asked.rest, door=partial(choice, file.task))
    if agent is None:
        return
    outcome = await turn.execute(c.Assign(task=asked.task, agent=agent.id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    else:
        turn.say(assigned(outcome.task, agent, await _crew(turn, outcome.task), turn.texts))


@press(Action.ASSIGN, on_page(ScreenKind.PICKER, words=3), opens(*CARDS, ScreenKind.PICKER), role=Role.SUPERVISOR)
async def assign_button(turn: PressTurn) -> None:
    """*Asignar* on a card opens the list in a message of its own; its page buttons turn its pages."""
    task, _ = pressed_task(turn)
    match turn.press.words[2:]:
        case ():
            await _choose(turn, task, turn.say)
        case (word,) if word == NEAREST:
            await _choose(turn, task, turn.redraw)
        case _:  # the next page begins after a person; `number` refuses any other word
            await _choose(turn, task, turn.redraw, after=turn.press.number(2))


@press(Action.ASSIGN_TO, on_page(ScreenKind.PICKER, words=3), role=Role.SUPERVISOR)
async def assign_to(turn: PressTurn) -> None:
    """The agent that was chosen is asked."""
    task, seen = pressed_task(turn)
    agent_id = turn.press.number(2)
    outcome = await turn.execute(c.Assign(task=task, seen=seen, agent=agent_id))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
        return
    agent = await turn.queries.person(agent_id)
    if agent is not None:
        turn.redraw(assigned(outcome.task, agent, await _crew(turn, outcome.task), turn.texts))


async def _crew(turn: RegisteredTurn, task: Task) -> dict[int, Person]:
    found = [await turn.queries.person(part.agent) for part in task.crew]
    return {person.id: person for person in found if person is not None}


async def _choose(turn: CommandTurn | PressTurn, task_id: int, show: Show, *, after: int | None = None) -> None:
    file = await seen_file(turn, task_id)
    if file is None:
        return
    if file.task.state.closed:
        await turn.refuse(Refusal(reason=Reason.CLOSED, task=task_id, state=file.task.state))
        return
    show(await _page(turn, file.task, after))


async def _page(turn: RegisteredTurn, task: Task, after: int | None) -> Screen:
    """The nearest where the place is known, else by name; ``after`` that person (0: from the first) always by name."""
    if after is None and task.place is not None:
        await turn.services.desk.readings.note(Reading.NEAREST, turn.caller)
        agents = await turn.queries.agents(near=task.place, most=AGENTS_SHOWN)
        return picker(task, agents, near=True, more=None, texts=turn.texts)
    last = await turn.queries.person(after) if after else None
    agents = await turn.queries.agents(after=(last.name, last.id) if last is not None else None, most=AGENTS_SHOWN)
    more = agents[-1].person.id if len(agents) == AGENTS_SHOWN else None
    return picker(task, agents, near=False, more=more, texts=turn.texts)
