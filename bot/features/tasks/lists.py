"""The lists that people leaf through: each page is found by the key of the one before it."""

from typing import assert_never

from msgspec.structs import replace

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import PressTurn, RegisteredTurn
from bot.features.tasks.assign_view import team
from bot.features.tasks.lists_view import Leaf, List, task_list
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from bot.ui.screen import Screen
from core.queries.queries import TaskPage, Which
from core.vocabulary.desk_events import Reading
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

TASKS_SHOWN = 9
AGENTS_SHOWN = 15
SUPERVISED = (List.OPEN, List.TEAM)


async def page_of(turn: RegisteredTurn, leaf: Leaf) -> Screen:
    """One page of a list."""
    if leaf.list is List.TEAM:
        return await _team(turn, leaf)
    page = await _tasks(turn, leaf)
    # A silent alarm is for those who can help, one by one: not for a group, not for the person in danger.
    shown = tuple(t for t in page.tasks if not t.silent or (turn.private and not t.hides_from(turn.caller.id)))
    return task_list(replace(page, tasks=shown), leaf, turn.texts)


@press(Action.PAGE, on_page(ScreenKind.LIST, ScreenKind.ANSWER, ScreenKind.PICKER, asked=True, owner=1))
async def turn_page(turn: PressTurn) -> None:
    """The page takes the place of the one before; only whoever asked for a list leafs through it."""
    leaf = _leaf(turn)
    if leaf.owner != turn.caller.id:
        turn.say(said("list-foreign", turn.texts))
    elif leaf.list in SUPERVISED and turn.caller.role < Role.SUPERVISOR:
        await turn.refuse(Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR))
    else:
        turn.redraw(await page_of(turn, leaf))


def _leaf(turn: PressTurn) -> Leaf:
    words = turn.press.words
    try:
        asked = words[3] if len(words) > 3 else ""
        leaf = Leaf(list=List(words[0]), owner=turn.press.number(1), after=turn.press.number(2), asked=asked)
        if leaf.list is List.HISTORY:
            Which(asked)
    except (ValueError, IndexError) as error:
        raise NotOurs(turn.press.action.value) from error
    return leaf


async def _tasks(turn: RegisteredTurn, leaf: Leaf) -> TaskPage:
    """The part that this person may see: supervisors see all tasks, agents those they have a part in."""
    queries, me, after = turn.queries, turn.person.id, leaf.after or None
    supervises = turn.caller.role >= Role.SUPERVISOR
    match leaf.list:
        case List.OPEN:
            return await queries.tasks(Which.OPEN, after=after, most=TASKS_SHOWN)
        case List.TO_DO:
            return await queries.to_do(me, after=after, most=TASKS_SHOWN)
        case List.HISTORY if supervises:
            return await queries.tasks(Which(leaf.asked), after=after, most=TASKS_SHOWN)
        case List.HISTORY:
            return await queries.tasks_of(me, Which(leaf.asked), after=after, most=TASKS_SHOWN)
        case List.FOUND:
            seen_by = None if supervises else me
            return await queries.search(leaf.asked, seen_by=seen_by, after=after, most=TASKS_SHOWN)
        case List.TEAM:
            raise ValueError("a team is no list of tasks")
        case _:
            assert_never(leaf.list)


async def _team(turn: RegisteredTurn, leaf: Leaf) -> Screen:
    await turn.services.desk.readings.note(Reading.TEAM, turn.caller)
    last = await turn.queries.person(leaf.after) if leaf.after else None
    after = (last.name, last.id) if last is not None else None
    agents = await turn.queries.agents(after=after, most=AGENTS_SHOWN)
    more = agents[-1].person.id if len(agents) == AGENTS_SHOWN else None
    return team(agents, leaf, more, turn.texts)
