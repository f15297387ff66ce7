"""Search finds just the tasks that have all the words, newest first, whichever set it walks."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.queries.queries import TaskPage
from core.state.person import Person
from core.state.task import Task, evolve, opened
from core.vocabulary import events as e
from core.vocabulary.search_terms import words_of
from core.vocabulary.words import Kind, Membership, Priority, TaskType
from storage.engine.session import Session
from storage.repositories import people, search, tasks
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ANA, BETO, SARA = 1, 2, 3


def entry(number: int, title: str, reporter: int = SARA, *asked: int) -> Task:
    event = e.Opened(
        kind=Kind.TASK, task_type=TaskType.PATROL, priority=Priority.LOW, title=title, sent_at=NOON, reporter=reporter
    )
    task = opened(number, event, NOON)
    for agent in asked:
        task = evolve(task, e.Offered(agent=agent), NOON)
    return task


def shelve(direct: Direct, entries: list[Task]) -> None:
    async def unit(session: Session) -> None:
        for account in (ANA, BETO, SARA):
            if await people.by_account(session, account) is None:
                await people.save(session, None, Person(id=0, account=account, name="", membership=Membership.ACTIVE))
        for task in entries:
            await tasks.save(session, None, task)

    direct.run(unit)


def look(direct: Direct, text: str, seen_by: int | None = None, after: int | None = None, most: int = 3) -> TaskPage:
    return direct.run(lambda session: search.search(session, text, seen_by, after, most))


def find(direct: Direct, text: str, seen_by: int | None = None, most: int = 3) -> list[int]:
    """The numbers on all pages."""
    numbers: list[int] = []
    after: int | None = None
    while True:
        page = look(direct, text, seen_by, after, most)
        assert len(page.tasks) <= most
        numbers += [task.id for task in page.tasks]
        if page.after is None:
            return numbers
        assert after is None or page.after < after, "each page goes on below the last"
        after = page.after


def has(task: Task, text: str) -> bool:
    there, (*whole, beginning) = words_of(task.title), words_of(text)
    return set(whole) <= set(there) and any(word.startswith(beginning) for word in there)


def sees(task: Task, person: int | None) -> bool:
    return person is None or task.reporter == person or task.part_of(person) is not None


@pytest.fixture
def shelved(direct: Direct) -> Direct:
    titles = ["Ronda por la Mañana", "ronda nocturna", "Robo en Bolívar y Sucre", "Ronda sucre <b>", "Vigilancia"]
    shelve(direct, [entry(number, title, ANA if number == 2 else SARA) for number, title in enumerate(titles, 1)])
    return direct


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ronda", [4, 2, 1]),
        ("RONDA sucre", [4]),
        ("sucre ronda", [4]),
        ("ron", [4, 2, 1]),
        ("r", [4, 3, 2, 1]),
        ("manana", [1]),
        ("mañ", [1]),
        ("bolivar", [3]),
        ("ron sucre", []),
        ("ronda ronda", [4, 2, 1]),
        ("nada", []),
        ("<b>", [4, 3]),
        ("…", []),
        ("", []),
        ("\u202e🚨", []),
    ],
)
def test_all_the_words_are_there_whatever_their_accents_and_the_last_may_be_a_beginning(
    shelved: Direct, text: str, found: list[int]
) -> None:
    assert find(shelved, text) == found


def test_p9_an_agent_finds_only_what_is_theirs(shelved: Direct) -> None:
    shelve(shelved, [entry(6, "Ronda sur", SARA, ANA), entry(7, "Ronda sur", SARA, BETO)])
    assert find(shelved, "ronda", ANA) == [6, 2]
    assert find(shelved, "ronda", BETO) == [7]
    assert find(shelved, "ronda sur", 99) == []


def test_a_long_text_is_searched_by_its_last_words(shelved: Direct) -> None:
    assert find(shelved, "x " * 50 + "a b c d e f g ronda") == []
    assert find(shelved, "primera vez en bolivar y sucre robo en bolivar y sucre") == []
    assert find(shelved, "vez " + "en bolivar y robo sucre ".strip()) == []
    assert find(shelved, "en bolivar y robo sucre") == [3]


WORDS = ["a", "ab", "abc", "abcd", "b", "ba", "c"]
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
entries = st.lists(
    st.tuples(titles, st.sampled_from([ANA, SARA]), st.lists(st.sampled_from([ANA, BETO]), max_size=2, unique=True)),
    max_size=40,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries, titles, st.sampled_from([None, ANA, BETO]), st.integers(1, 4), st.integers(1, 12), st.integers(0, 3))
def test_p11_whatever_is_walked_and_however_little_is_looked_at_nothing_is_missed(
    monkeypatch: pytest.MonkeyPatch,
    made: list[tuple[str, int, list[int]]],
    text: str,
    person: int | None,
    most: int,
    looked_at: int,
    begun: int,
) -> None:
    monkeypatch.setattr(search, "LOOKED_AT", looked_at)
    monkeypatch.setattr(search, "MOST_BEGUN", begun)
    shelf = [entry(number, title, reporter, *asked) for number, (title, reporter, asked) in enumerate(made, 1)]
    with tempfile.TemporaryDirectory() as folder:
        direct = Direct(Path(folder))
        shelve(direct, shelf)
        found = find(direct, text, person, most)
        direct.close()

    assert found == [task.id for task in reversed(shelf) if has(task, text) and sees(task, person)]
