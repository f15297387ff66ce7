"""The authorisation matrix (P9): made of the registries, walked cell by cell, and the same as docs/authorisation.md.

A command or a button that is new has no row there, and a row that says something else than the desk does fails too.
"""

import pytest

from bot.conversation.registry import commands_for, press_of
from bot.features.access.access_view import stranger_screen
from bot.features.loading import load_features
from bot.ui.buttons import Action
from core.vocabulary.words import Role
from tests.bot.features.room import GROUP, Room
from tests.bot.features.walk import TITLE, Walk, above, data, typed
from tests.project.imports import ROOT

load_features()
PAGE = ROOT / "docs" / "authorisation.md"
ROLES = {Role.AGENT: "agent", Role.SUPERVISOR: "supervisor", Role.ADMIN: "administrator"}
NO, YES = "no", "yes"
# For everybody: it asks for access, or says how to, or freezes the access of whoever knows their own word.
OPEN_TO_ALL = {"start", "help", "freeze"}


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of a table of the page: the first cell, and the others."""
    table = PAGE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n") if "| " in line]
    return {first.strip("`"): others for first, *others in cells[1:]}


def refusal_in(texts: list[str], room: Room) -> str:
    """How a press about Sara's task is refused to an agent."""
    if texts == [above(Role.SUPERVISOR, room)]:
        return "no: role"
    return "no: not theirs" if any("no es tuya" in text for text in texts) else "names no task"


def test_every_command_has_its_row() -> None:
    expected = {
        entry.id: ["everybody", YES, YES, YES, YES]
        if entry.role is None
        else [ROLES[entry.role], NO, *(YES if role >= entry.role else NO for role in Role)]
        for entry in commands_for(Role.ADMIN)
    }
    assert {name: cells[:5] for name, cells in rows("Commands").items()} == expected


def test_every_button_has_its_row() -> None:
    expected = {
        action.value: [ROLES[press_of(action)[0]], NO, *(YES if role >= press_of(action)[0] else NO for role in Role)]
        for action in Action
    }
    assert {name: cells[:5] for name, cells in rows("Buttons").items()} == expected


@pytest.mark.parametrize("chat", [None, GROUP])
async def test_p9_whoever_is_not_let_in_is_told_how_to_ask_and_changes_nothing(walk: Walk, chat: int | None) -> None:
    commands = [typed(entry) for entry in commands_for(Role.ADMIN) if entry.id not in OPEN_TO_ALL]
    for who in walk.strangers:
        for what in (*commands, *map(data, Action)):
            known = who if who.id < 10**9 else None
            told = set(await walk.tries(who, what, chat))
            assert told <= {stranger_screen(known, walk.room.texts).text}, what
    await walk.changed_nothing("somebody who is not let in")


@pytest.mark.parametrize("chat", [None, GROUP])
@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
async def test_p9_nobody_acts_above_their_role(walk: Walk, role: Role, chat: int | None) -> None:
    who = walk.people[role]
    needed = [(typed(entry), entry.role) for entry in commands_for(Role.ADMIN) if entry.role and entry.role > role]
    needed += [(data(action), press_of(action)[0]) for action in Action if press_of(action)[0] > role]
    assert len(needed) > 5
    for what, least in needed:
        assert await walk.tries(who, what, chat) == [above(least, walk.room)], what
    await walk.changed_nothing("somebody above their role")


@pytest.mark.parametrize("chat", [None, GROUP])
async def test_p9_no_button_lets_an_agent_touch_or_read_the_task_of_another(walk: Walk, chat: int | None) -> None:
    """A forged button: no card with it was ever shown to them."""
    seen: dict[str, str] = {}
    for action in Action:
        if press_of(action)[0] > Role.AGENT:
            seen[action.value] = "no: role"
            continue
        texts = await walk.tries(walk.people[Role.AGENT], data(action), chat)
        assert TITLE not in " ".join(texts), action
        seen[action.value] = refusal_in(texts, walk.room)
        assert (await walk.state())[1] == walk.before[1], action
    assert {name: cells[5] for name, cells in rows("Buttons").items()} == seen


async def test_p9_in_a_group_an_answer_about_people_goes_to_the_one_who_asked(walk: Walk) -> None:
    seen: dict[str, str] = {}
    for entry in commands_for(Role.ADMIN):
        walk.room.clock.advance(60)
        admin = await walk.room.now(walk.people[Role.ADMIN])
        told = {one.text for one in await walk.room.says(admin, typed(entry), chat=GROUP)}
        seen[entry.id] = "in private" if told == {"🔒 Te respondí en privado."} else "there"
    assert {name: cells[5] for name, cells in rows("Commands").items()} == seen
