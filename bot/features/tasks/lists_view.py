"""Lists of tasks: one line and one button each, paged by key."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from bot.cards import card_lines
from bot.ui import user_text
from bot.ui.buttons import LONGEST, SEPARATOR, Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.queries.queries import TaskPage, Which
from core.state.task import Task

IN_A_ROW = 3
TITLE_SHOWN = 60
FROM_THE_START = 0
_LONGEST_KEY = 2**62


class List(StrEnum):
    """The lists that have pages; the value travels in the buttons."""

    OPEN = "abiertas"
    TO_DO = "mias"
    HISTORY = "todo"
    FOUND = "busca"
    TEAM = "equipo"


class Leaf(Struct, frozen=True, kw_only=True):
    """One page of a list: whose list it is, what they asked for (a ``Which``, or words), and after which key.

    ``after`` is 0 at the beginning.
    """

    list: List
    owner: int
    asked: str = ""
    after: int = FROM_THE_START

    @property
    def words(self) -> tuple[object, ...]:
        """The words of a button that leads to this page."""
        return (self.list.value, self.owner, self.after, *([self.asked] if self.asked else []))

    @property
    def carried(self) -> bool:
        """Tells whether a button can carry what was asked."""
        words = (Action.PAGE.value, self.list.value, str(self.owner), str(_LONGEST_KEY), self.asked)
        return len(SEPARATOR.join(words).encode()) <= LONGEST


def task_list(page: TaskPage, leaf: Leaf, texts: Texts) -> Screen:
    """A page: heading, lines, a button to open each task, and the way on."""
    lines = [_heading(leaf, texts)]
    lines += [_line(task, page, texts) for task in page.tasks] or [texts(f"list-{leaf.list.value}-empty")]
    if page.after is not None and not leaf.carried:
        lines.append(texts("list-too-many"))
    doors = [_door(task, texts) for task in page.tasks]
    rows = [tuple(doors[start : start + IN_A_ROW]) for start in range(0, len(doors), IN_A_ROW)]
    rows += [tuple(_filters(leaf, texts)), tuple(ways(leaf, page.after, texts))]
    return Screen(text="\n".join(lines), buttons=tuple(row for row in rows if row))


def ways(leaf: Leaf, after: int | None, texts: Texts) -> Iterator[Button]:
    """Back to the beginning, and on to the next page."""
    if not leaf.carried:
        return
    if leaf.after != FROM_THE_START:
        first = Leaf(list=leaf.list, owner=leaf.owner, asked=leaf.asked)
        yield button(texts("list-first"), Action.PAGE, *first.words)
    if after is not None:
        following = Leaf(list=leaf.list, owner=leaf.owner, asked=leaf.asked, after=after)
        yield button(texts("list-more"), Action.PAGE, *following.words)


def _heading(leaf: Leaf, texts: Texts) -> Html:
    match leaf.list:
        case List.HISTORY:
            return texts("list-todo", which=texts(f"which-{leaf.asked}"))
        case List.FOUND:
            return texts("list-busca", words=user_text.user_text(leaf.asked, TITLE_SHOWN))
        case List.OPEN | List.TO_DO | List.TEAM:
            return texts(f"list-{leaf.list.value}")


def _line(task: Task, page: TaskPage, texts: Texts) -> Html:
    owner = page.people.get(task.owner.agent) if task.owner is not None else None
    values = {
        "sign": card_lines.sign(task, texts),
        "dot": texts(f"priority-sign-{task.priority.name.lower()}"),
        "code": task.code,
        "title": card_lines.title(task, texts, TITLE_SHOWN),
        "state": card_lines.state(task, texts),
    }
    if owner is None:
        return texts("list-line", **values)
    who = user_text.who(owner)
    if task.seats > 1:
        who = texts("list-crew", who=who, crew=len(task.crew), seats=task.seats)
    return texts("list-line-owned", **values, who=who)


def _door(task: Task, texts: Texts) -> Button:
    return button(texts("list-door", sign=card_lines.sign(task, texts), code=task.code), Action.OPEN_CARD, task.id)


def _filters(leaf: Leaf, texts: Texts) -> Iterator[Button]:
    """The history's other halves."""
    if leaf.list is List.HISTORY:
        for which in Which:
            if which.value != leaf.asked:
                other = Leaf(list=leaf.list, owner=leaf.owner, asked=which.value)
                yield button(texts(f"list-which-{which.value}"), Action.PAGE, *other.words)
