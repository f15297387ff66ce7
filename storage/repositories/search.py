"""Tasks by their words, newest first, at the same cost however common the words are (P11).

Each word, and a person's own tasks, are a set of task numbers. One set drives: its numbers are walked from the newest
down and looked for in the others. A small set drives alone; else the one that reaches furthest back within
``LOOKED_AT`` numbers does, and a page that is not full then says from where to look on.
"""

from enum import Enum, auto
from functools import cache
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import FromClause, Integer, bindparam, exists, func, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from core.queries.queries import TaskPage
from core.vocabulary.search_terms import words_of
from storage.engine.session import Query, Session, const
from storage.repositories.lists import NEWEST, page_of
from storage.schema.rows import col
from storage.schema.tables import AssignmentRow, TaskRow, TaskWordRow, table

LOOKED_AT = 1_000
MOST_WORDS = 8
MOST_BEGUN = 20

Number = ColumnElement[int]
Condition = ColumnElement[bool]

_task, _part, _word = table(TaskRow), table(AssignmentRow), table(TaskWordRow)
_reported = col(TaskRow.reporter) == bindparam("person")
_asked = col(AssignmentRow.agent) == bindparam("person")
_own = union_all(select(col(TaskRow.id)).where(_reported), select(col(AssignmentRow.task)).where(_asked)).subquery()


class Driver(Enum):
    """The set that is walked."""

    WORD = auto()
    BEGINNING = auto()
    OWN = auto()
    EVERYTHING = auto()


def _is_word(number: int, words: FromClause) -> Condition:
    matches: Condition = words.c.word == bindparam(f"word_{number}")
    return matches


def _begins(words: FromClause) -> tuple[Condition, Condition]:
    return words.c.word >= bindparam("beginning"), words.c.word < bindparam("beyond")


def _reach(number: Number, *where: Condition) -> Query[int]:
    """The last number that a walk looks at; no row where the set ends before."""
    walk = select(number.label("id")).where(*where, number < bindparam("after")).order_by(number.desc())
    return Query.value(walk.limit(const(1)).offset(bindparam("looked_at", type_=Integer)))


def _size(of: FromClause, *where: Condition) -> Query[int]:
    """How many there are, counted as far as it matters."""
    some = select(const(1)).select_from(of).where(*where).limit(bindparam("looked_at", type_=Integer)).subquery()
    return Query.value(select(func.count()).select_from(some))


_word_reaches = _reach(col(TaskWordRow.task), _is_word(0, _word))
_everything_reaches = _reach(col(TaskRow.id))
_beginning_size = _size(_word, *_begins(_word))
_own_size = _size(_own)
_first_begun = Query.value(select(func.min(col(TaskWordRow.word))).where(*_begins(_word)))


@cache
def _found(driver: Driver, others: int, own: bool) -> Query[TaskRow]:
    """The tasks in the driving set that have the ``others`` (``word_1``, …) and the beginning and are the person's."""
    number, within = _walk(driver)
    for each in range(1, others + 1):
        other = _word.alias()
        within.append(exists().where(other.c.task == number, _is_word(each, other)))
    if driver is not Driver.BEGINNING:
        other = _word.alias()
        within.append(exists().where(other.c.task == number, *_begins(other)))
    if own and driver is not Driver.OWN:
        task, part = _task.alias(), _part.alias()
        reported = exists().where(task.c.id == number, task.c.reporter == bindparam("person"))
        asked = exists().where(part.c.task == number, part.c.agent == bindparam("person"))
        within.append(or_(reported, asked))
    numbers = select(number).where(*within, number < bindparam("after"), number >= bindparam("down_to"))
    numbers = numbers.distinct().order_by(number.desc()).limit(bindparam("most", type_=Integer))
    return Query(select(_task).where(col(TaskRow.id).in_(numbers)).order_by(col(TaskRow.id).desc()), TaskRow)


def _walk(driver: Driver) -> tuple[Number, list[Condition]]:
    match driver:
        case Driver.WORD:
            return col(TaskWordRow.task), [_is_word(0, _word)]
        case Driver.BEGINNING:
            return col(TaskWordRow.task) + const(0), [*_begins(_word)]  # a sum: found by the words, not by the numbers
        case Driver.OWN:
            return _own.c.id, []
        case Driver.EVERYTHING:
            return col(TaskRow.id), []
        case _:
            assert_never(driver)


class Way(Struct, frozen=True):
    """A way to look.

    Which set is walked, for a word under which ones (any will do), down to which number, and which whole words are left
    to ask about.
    """

    driver: Driver
    walked: tuple[str, ...]
    others: tuple[str, ...]
    down_to: int


async def search(session: Session, text: str, seen_by: int | None, after: int | None, most: int) -> TaskPage:
    """Tasks that have all these words, the last of which may be a beginning; with ``seen_by`` that person's alone."""
    words = words_of(text)[-MOST_WORDS:]
    if not words:
        return TaskPage(tasks=(), people={})
    below = NEWEST if after is None else after
    values: dict[str, Any] = {"beginning": words[-1], "beyond": words[-1] + "\U0010ffff", "person": seen_by}
    way = await _way(session, words[:-1], values, below)
    values |= {f"word_{n}": word for n, word in enumerate(way.others, 1)}
    values |= {"after": below, "down_to": way.down_to, "most": most + 1}
    found = _found(way.driver, len(way.others), seen_by is not None)
    rows = {row.id: row for word in way.walked for row in await session.rows(found, **values, word_0=word)}
    newest = sorted(rows.values(), key=lambda row: row.id, reverse=True)
    page = await page_of(session, newest[:most], more=len(newest) > most)
    return page if page.after or not way.down_to else replace(page, after=way.down_to)


async def _way(session: Session, whole: tuple[str, ...], values: dict[str, Any], below: int) -> Way:
    """A set that is walked to its end, where there is one, else the one that reaches furthest back."""
    begun = await _begun(session, values)
    walks: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        ((word,), tuple(other for other in whole if other != word)) for word in whole
    ]
    if len(begun) <= MOST_BEGUN:
        walks.append((begun, whole))
    ways = [Way(Driver.WORD, words, others, await _furthest(session, words, below)) for words, others in walks]
    if any(way.down_to == 0 for way in ways):
        return min(ways, key=lambda way: way.down_to)
    if await _is_small(session, _beginning_size, values):
        return Way(Driver.BEGINNING, ("",), whole, 0)
    if values["person"] is not None and await _is_small(session, _own_size, values):
        return Way(Driver.OWN, ("",), whole, 0)
    if ways:
        return min(ways, key=lambda way: way.down_to)
    last = await session.row(_everything_reaches, after=below, looked_at=LOOKED_AT - 1)
    return Way(Driver.EVERYTHING, ("",), whole, last or 0)


async def _begun(session: Session, values: dict[str, Any]) -> tuple[str, ...]:
    """The words with this beginning; when there are more than ``MOST_BEGUN``, the first of them and one more."""
    words: list[str] = []
    bounds = {"beginning": values["beginning"], "beyond": values["beyond"]}
    while len(words) <= MOST_BEGUN:
        word = await session.row(_first_begun, **bounds)
        if word is None:
            break
        words.append(word)
        bounds["beginning"] = word + " "  # just after it: no word has a space
    return tuple(words)


async def _furthest(session: Session, words: tuple[str, ...], below: int) -> int:
    """How far down these words can be walked together; 0 for to the end."""
    last = [await session.row(_word_reaches, after=below, word_0=word, looked_at=LOOKED_AT - 1) for word in words]
    return max((number for number in last if number is not None), default=0)


async def _is_small(session: Session, query: Query[int], values: dict[str, Any]) -> bool:
    size = await session.row(query, **values, looked_at=LOOKED_AT + 1)
    return size is not None and size <= LOOKED_AT
