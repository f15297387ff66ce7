"""Agents to choose from, and the team as a supervisor sees it."""

from bot.features.tasks.lists_view import Leaf, ways
from bot.features.tasks.seats_view import relieve_buttons
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.forms import in_rows
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.queries.queries import AgentLine
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.words import Availability

NEAREST = "cerca"


def picker(task: Task, agents: tuple[AgentLine, ...], *, near: bool, more: int | None, texts: Texts) -> Screen:
    """The agents to choose from: distance, availability and open tasks of each; a press asks them.

    ``near``: these are the nearest; ``more``: the id after which the list by name goes on.
    """
    lines = [texts("picker", code=task.code), *_lines(agents, texts, task)]
    rows = [(_choice(task, agent, texts),) for agent in agents]
    way: list[Button] = []
    if near:
        way.append(button(texts("picker-by-name"), Action.ASSIGN, task.id, task.version, 0))
    elif task.place is not None:
        way.append(button(texts("picker-nearest"), Action.ASSIGN, task.id, task.version, NEAREST))
    if more is not None:
        way.append(button(texts("list-more"), Action.ASSIGN, task.id, task.version, more))
    return Screen(text="\n".join(lines), buttons=tuple(row for row in (*rows, tuple(way)) if row))


def assigned(task: Task, agent: Person, crew: dict[int, Person], texts: Texts) -> Screen:
    """The picker after the choice; where others go already, each of them can be relieved by name."""
    text = texts("picker-done", who=user_text.who(agent), code=task.code)
    if not task.crew:
        return Screen(text=text)
    more = texts("picker-added", crew=len(task.crew), seats=task.seats)
    return Screen(text=f"{text}\n{more}", buttons=relieve_buttons(task, crew, texts))


def team(agents: tuple[AgentLine, ...], leaf: Leaf, more: int | None, texts: Texts) -> Screen:
    """``/equipo``: one page of the agents, by name."""
    way = tuple(ways(leaf, more, texts))
    doors = (button(f"👤 {user_text.who(agent.person)}", Action.MEMBER, agent.person.id) for agent in agents)
    rows = (*in_rows(doors, 2), *((way,) if way else ()))
    return Screen(text="\n".join([texts("list-equipo"), *_lines(agents, texts)]), buttons=tuple(rows))


def _lines(agents: tuple[AgentLine, ...], texts: Texts, task: Task | None = None) -> list[Html]:
    lines = [Html(_line(agent, texts) + _part(agent, task, texts)) for agent in agents]
    return lines or [texts("list-equipo-empty")]


def _part(agent: AgentLine, task: Task | None, texts: Texts) -> str:
    """Their part in the task so far: they reported it, or gave an answer."""
    if task is None:
        return ""
    part = task.part_of(agent.person.id)
    if part is not None:
        return texts("picker-part", part=texts(f"assignment-{part.state.value}"))
    return texts("picker-part", part=texts("picker-reported")) if agent.person.id == task.reporter else ""


def _line(agent: AgentLine, texts: Texts) -> Html:
    person = agent.person
    values: dict[str, str | int] = {
        "dot": texts(_standing(agent, "sign-", "availability-sign-")),
        "who": user_text.who(person),
        "availability": texts(_standing(agent, "", "availability-")),
        "count": agent.open_tasks,
    }
    if agent.distance is None:
        return texts("picker-line", **values)
    return texts("picker-line-far", **values, distance=texts.distance(agent.distance))


def _standing(agent: AgentLine, other: str, plain: str) -> str:
    """The text for why they can't be asked, after ``other``; else for their availability, after ``plain``."""
    person = agent.person
    if agent.in_danger:
        return f"{other}in-danger"
    if not person.reachable:
        return f"{other}unreachable"
    if person.hold is not None and person.availability is Availability.AVAILABLE:
        return f"{other}asked-already"
    return f"{plain}{person.availability.value}"


def _choice(task: Task, agent: AgentLine, texts: Texts) -> Button:
    who = Html(user_text.who(agent.person))  # a button's label is no HTML
    label = texts("picker-choice", who=who)
    if agent.distance is not None:
        label = texts("picker-choice-far", who=who, distance=texts.distance(agent.distance))
    return choice(task, label, agent.person)


def choice(task: Task, label: str, agent: Person) -> Button:
    """A press asks this agent."""
    return button(label, Action.ASSIGN_TO, task.id, task.version, agent.id)
