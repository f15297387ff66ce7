"""P11: every statement of the storage is served by an index, so that it costs the same however much is on disk."""

import gc
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import storage
from storage.engine.session import Query
from storage.repositories import search
from tests.support.databases import Direct

TESTS = str(Path(__file__).parents[2])
# Partial indexes that are read from one end to the other: they hold what is in hand, what the reader limits, and
# silent alarms alone, which are few.
HELD = {
    "SCAN inbox USING INDEX inbox_taken",
    "SCAN outbox USING INDEX outbox_taken",
    "SCAN person USING INDEX person_on_shift",
    "SCAN task USING INDEX task_searching",
    "SCAN task USING INDEX task_silent",
    "SCAN task USING INDEX task_unanswered",
}
# Questions that one kind of database answers about itself: they read no table of the desk.
OF_SQLITE, OF_A_SERVER = ("PRAGMA",), ("pg_", "clock_timestamp")
# Read from behind, as many as the statement says; or once, after a restore, because all of it is meant.
FROM_BEHIND = (
    "FROM task ORDER BY task.id DESC LIMIT 50",
    "FROM event ORDER BY event.id DESC LIMIT 1",
    "FROM inbox ORDER BY inbox.id DESC LIMIT 1",
)
AFTER_A_RESTORE = (
    "SELECT DISTINCT outbox.line FROM outbox WHERE outbox.state < 3",
    "UPDATE outbox SET uncertain=1 WHERE outbox.state < 3",
    "DELETE FROM form",
)
# Once for each time that the clock is set back: whatever has a moment too far ahead, wherever it is, is meant. An index
# for it would cost at every write. The due times are those of open tasks and of shifts, never of what is over.
DUE_TIMES_AHEAD = "SELECT timer.task, timer.unit FROM timer WHERE timer.due_at > "
AT_A_SET_BACK = (DUE_TIMES_AHEAD, "SELECT inbox.line FROM inbox WHERE inbox.state < 3 AND (inbox.due_at > ")
# The sorted sets are small: the agents of one task, a set of at most ``search.LOOKED_AT``, what is ahead at a set-back,
# what has not left of one card in the chats of one unit of work.
SORTED = (
    "ORDER BY assignment.position",
    "ORDER BY task_word.task + 0",
    "ORDER BY anon_1.id",
    "AND outbox.state < 2 ORDER BY outbox.id",
    DUE_TIMES_AHEAD,
)


def statements() -> Iterator[Query[Any]]:
    """Every statement that any module of the storage has."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        import_module(module.name)
    for driver, others, own in product(search.Driver, (0, 2), (False, True)):
        search._found(driver, others, own)
    gc.collect()
    tests = [module for module in sys.modules.values() if str(getattr(module, "__file__", "")).startswith(TESTS)]
    ours = {id(each) for module in tests for each in vars(module).values()}
    yield from (each for each in gc.get_objects() if type(each) is Query and id(each) not in ours)


def holds(text: str, *words: str) -> bool:
    """Whether a statement has one of these words."""
    return any(word in text for word in words)


def meant_whole(text: str) -> bool:
    """Whether a statement reads from one end to where it stops, or all because all is meant."""
    line = " ".join(text.split())
    return holds(line, *FROM_BEHIND) or line.startswith(AT_A_SET_BACK) or line in AFTER_A_RESTORE


def plan(direct: Direct, text: str) -> list[str]:
    places = dict.fromkeys(re.findall(r":(\w+)", text), 0)
    return [row["detail"] for row in direct.connection.execute(f"EXPLAIN QUERY PLAN {text}", places)]


@pytest.fixture
def plans(direct: Direct) -> dict[str, list[str]]:
    texts = {text for each in statements() if not holds(text := each.sqlite[0], *OF_SQLITE, *OF_A_SERVER)}
    found = {text: plan(direct, text) for text in texts}
    assert len(found) > 80
    return found


def test_p11_no_statement_reads_a_whole_table(plans: dict[str, list[str]]) -> None:
    tables = (
        "person task assignment task_word event answer invitation timer counter card moved_chat form inbox outbox unit"
    )
    whole = re.compile(rf"SCAN ({'|'.join(tables.split())})\b")
    walked = [
        f"{line}: {' '.join(text.split())[:200]}"
        for text, lines in plans.items()
        for line in lines
        if whole.match(line) and line not in HELD and not meant_whole(text)
    ]
    assert not walked


def test_p11_no_statement_sorts_what_grows(plans: dict[str, list[str]]) -> None:
    sorting = [
        " ".join(text.split())[:300]
        for text, lines in plans.items()
        if any("B-TREE FOR ORDER BY" in line for line in lines) and not holds(" ".join(text.split()), *SORTED)
    ]
    assert not sorting


def test_p11_whoever_reported_thousands_of_tasks_costs_no_more_to_find_free(plans: dict[str, list[str]]) -> None:
    own = [
        line
        for statement, lines in plans.items()
        if "task.reporter = " in statement and "task.open = 1 AND task.kind = 'emergency'" in statement
        for line in lines
        if "reporter=?" in line
    ]

    assert own
    assert {line.partition(" (")[0] for line in own} == {"SEARCH task USING INDEX task_own_emergencies"}


def test_p11_nobody_behind_in_a_line_is_looked_at(plans: dict[str, list[str]]) -> None:
    """A chat with 100,000 waiting messages is as quick to add to and to go on with as an empty one."""
    heads = {
        text: [line for line in lines if "_line" in line]
        for text, lines in plans.items()
        if "LIMIT 1" in text and ("outbox.line" in text or "inbox.line" in text)
    }
    assert len(heads) == 4, "to go on and to overtake, in both"
    for text, lines in heads.items():
        assert lines == [f"SEARCH {text.split()[1]} USING INDEX {text.split()[1]}_line (line=?)"], text
    pushes = [lines for text, lines in plans.items() if re.match("INSERT INTO (inbox|outbox).*CASE", text, re.DOTALL)]
    assert len(pushes) == 2
    for lines in pushes:
        assert any("_line (line=? AND rank<?)" in line for line in lines)
        assert any("_taken (line=?)" in line for line in lines)
