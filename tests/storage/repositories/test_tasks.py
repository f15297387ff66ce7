"""A task on disk: it comes back as it was, and takes of its agents just what it needs (P7)."""

from datetime import UTC, datetime, timedelta

import pytest

from core.state.person import Person
from core.state.task import Task, evolve, opened
from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from core.vocabulary.places import Place
from core.vocabulary.words import AssignmentState, Availability, Kind, Membership, Priority, TaskType
from storage.repositories import counters, people, tasks
from storage.repositories.holds import HeldElsewhere
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Shelf:
    """Tasks as they are kept, and two agents, ANA (1) and BETO (2)."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        for number, name in enumerate(("Ana", "Beto"), 1):
            agent = Person(
                id=0,
                account=number,
                name=name,
                membership=Membership.ACTIVE,
                availability=Availability.AVAILABLE,
            )
            self.keeps(agent)

    def keeps(self, agent: Person) -> None:
        """One more person."""
        self.direct.run(lambda session: people.save(session, None, agent))

    def opens(self, kind: Kind = Kind.TASK, title: str = "Patrullaje zona norte", **fields: object) -> Task:
        """A new task."""
        number = self.direct.run(lambda session: counters.next_value(session, "task"))
        priority = Priority.CRITICAL if kind is Kind.EMERGENCY else Priority.MEDIUM
        event = e.Opened(
            kind=kind,
            task_type=TaskType.PATROL,
            priority=priority,
            title=title,
            sent_at=NOON,
            reporter=9,
            **fields,  # type: ignore[arg-type]
        )
        task = opened(number, event, NOON)
        self.direct.run(lambda session: tasks.save(session, None, task))
        return task

    def happens(self, task: Task, *events: e.TaskEvent, at: datetime = NOON) -> Task:
        """The task after these events, kept in one step."""
        after = task
        for event in events:
            after = evolve(after, event, at)
        self.direct.run(lambda session: tasks.save(session, task, after))
        assert self.finds(after.id) == after
        return after

    def finds(self, number: int) -> Task | None:
        """As it is on disk."""
        return self.direct.run(lambda session: tasks.find(session, number))

    def agent(self, number: int) -> tuple[int | None, Availability]:
        """Commitments of an agent: the emergency that holds them, and whether they are busy."""
        person = self.direct.run(lambda session: people.by_id(session, number))
        assert person is not None
        return person.hold, person.availability

    def words(self, number: int) -> set[str]:
        """By which words the task is found."""
        rows = self.direct.connection.execute("SELECT word FROM task_word WHERE task = ?", (number,))
        return {row["word"] for row in rows}

    def totals(self, kind: str) -> dict[str, int]:
        """The totals that are kept."""
        kept = self.direct.run(lambda session: counters.totals(session, kind))
        return {name: many for name, many in kept.items() if many}


ANA, BETO = 1, 2
FREE = (None, Availability.AVAILABLE)


@pytest.fixture
def shelf(direct: Direct) -> Shelf:
    return Shelf(direct)


def test_a_task_comes_back_as_it_was(shelf: Shelf) -> None:
    task = shelf.opens(title="Robo <b>ahora</b> 🚨", place=Place(-2.19, -79.88), address="Av. 9 de Octubre")
    assert shelf.finds(task.id) == task
    assert shelf.finds(99) is None
    later = NOON + timedelta(minutes=1)
    task = shelf.happens(task, e.Offered(agent=ANA, by=5, distance=812.5), e.Offered(agent=BETO), at=later)
    task = shelf.happens(task, e.Declined(agent=ANA), e.Noted(text="?"), e.Acknowledged(person=5))
    task = shelf.happens(task, e.Accepted(agent=BETO), e.Started(), e.Paused())
    shelf.happens(task, e.Resumed(), e.Completed(), at=later)


def test_the_order_in_which_agents_were_asked_is_kept(shelf: Shelf) -> None:
    task = shelf.opens(Kind.EMERGENCY)
    task = shelf.happens(task, e.Offered(agent=ANA), e.Offered(agent=BETO))
    task = shelf.happens(task, e.Expired(agent=ANA))
    task = shelf.happens(task, e.Offered(agent=ANA))
    assert [part.agent for part in task.assignments] == [BETO, ANA]


def test_p7_an_emergency_holds_whom_it_asks_until_they_are_out_of_it(shelf: Shelf) -> None:
    task = shelf.opens(Kind.EMERGENCY)
    task = shelf.happens(task, e.Offered(agent=ANA), e.Offered(agent=BETO))
    assert (shelf.agent(ANA), shelf.agent(BETO)) == ((task.id, Availability.AVAILABLE),) * 2

    task = shelf.happens(task, e.Accepted(agent=ANA), e.Released(agent=BETO), e.Started())
    assert shelf.agent(ANA) == (task.id, Availability.ON_TASK)
    assert shelf.agent(BETO) == FREE

    shelf.happens(task, e.Completed())
    assert shelf.agent(ANA) == FREE


def test_p7_two_emergencies_never_hold_the_same_agent(shelf: Shelf) -> None:
    first, second = shelf.opens(Kind.EMERGENCY), shelf.opens(Kind.EMERGENCY)
    shelf.happens(first, e.Offered(agent=ANA))
    with pytest.raises(HeldElsewhere):
        shelf.happens(second, e.Offered(agent=ANA))

    assert shelf.finds(second.id) == second, "nothing of it was kept"
    assert shelf.agent(ANA) == (first.id, Availability.AVAILABLE)


NO_MORE = (
    "UPDATE person SET availability = 'off_duty' WHERE id = 1",
    "UPDATE person SET reachable = 0 WHERE id = 1",
    "UPDATE person SET membership = 'disabled' WHERE id = 1",
    "UPDATE person SET role = 2 WHERE id = 1",
    "UPDATE person SET hold = 99 WHERE id = 1",
    "UPDATE task SET reporter = 1 WHERE id = 1",
    "INSERT INTO duress (person, salt, digest, alarm) VALUES (1, '', '', 1)",
)


@pytest.mark.parametrize("meanwhile", NO_MORE)
def test_p7_whoever_is_free_no_more_since_they_were_chosen_is_not_asked(shelf: Shelf, meanwhile: str) -> None:
    shelf.opens(Kind.EMERGENCY)
    second = shelf.opens(Kind.EMERGENCY)
    shelf.direct.connection.execute(meanwhile)
    with pytest.raises(HeldElsewhere):
        shelf.happens(second, e.Offered(agent=BETO), e.Offered(agent=ANA))

    assert shelf.finds(second.id) == second, "nothing of it was kept"
    assert shelf.agent(BETO) == FREE
    shelf.happens(second, e.Offered(agent=BETO))


def test_whoever_is_named_or_takes_their_no_back_is_held_though_they_are_off_duty(shelf: Shelf) -> None:
    task = shelf.opens(Kind.EMERGENCY)
    task = shelf.happens(task, e.Offered(agent=ANA))
    task = shelf.happens(task, e.Declined(agent=ANA, was=AssignmentState.OFFERED))
    shelf.direct.connection.execute("UPDATE person SET availability = 'off_duty'")
    back = r.DeclineUndone(agent=ANA, part=AssignmentState.OFFERED, until=NOON)
    shelf.happens(task, back, e.Offered(agent=BETO, by=5, by_hand=True))
    assert [shelf.agent(one)[0] for one in (ANA, BETO)] == [task.id] * 2


def test_ordinary_work_holds_nobody_and_keeps_busy_only_while_it_runs(shelf: Shelf) -> None:
    first, second = shelf.opens(), shelf.opens()
    first = shelf.happens(first, e.Offered(agent=ANA), e.Accepted(agent=ANA))
    second = shelf.happens(second, e.Offered(agent=ANA), e.Accepted(agent=ANA))
    assert shelf.agent(ANA) == FREE

    first, second = shelf.happens(first, e.Started()), shelf.happens(second, e.Started())
    assert shelf.agent(ANA) == (None, Availability.ON_TASK)
    first = shelf.happens(first, e.Paused())
    assert shelf.agent(ANA) == (None, Availability.ON_TASK), "the other still runs"
    shelf.happens(second, e.Completed())
    assert shelf.agent(ANA) == FREE


def test_who_is_off_duty_stays_so_whatever_their_tasks_do(shelf: Shelf) -> None:
    shelf.direct.connection.execute("UPDATE person SET availability = 'off_duty' WHERE id = 1")
    task = shelf.happens(shelf.opens(), e.Offered(agent=ANA), e.Accepted(agent=ANA), e.Started())
    shelf.happens(task, e.Completed())
    assert shelf.agent(ANA) == (None, Availability.OFF_DUTY)


def test_p11_totals_follow_every_change(shelf: Shelf) -> None:
    assert shelf.totals("agents") == {"available": 2}
    task = shelf.happens(shelf.opens(), e.Offered(agent=ANA), e.Accepted(agent=ANA), e.Started())
    shelf.opens(Kind.EMERGENCY)
    assert shelf.totals("tasks") == {"in_progress:2": 1, "scheduled:5": 1}
    assert shelf.totals("agents") == {"available": 1, "on_task": 1}

    task = shelf.happens(task, e.Revised(priority=Priority.HIGH))
    assert shelf.totals("tasks") == {"in_progress:3": 1, "scheduled:5": 1}
    shelf.happens(task, e.Cancelled())
    assert shelf.totals("tasks") == {"cancelled:3": 1, "scheduled:5": 1}
    assert shelf.totals("agents") == {"available": 2}


def test_a_task_is_found_by_the_words_that_it_has_now(shelf: Shelf) -> None:
    task = shelf.opens(title="Ronda de la mañana", address="Calle Bolívar")
    assert shelf.words(task.id) == {"ronda", "de", "la", "manana", "calle", "bolivar"}
    task = shelf.happens(task, e.Revised(title="Ronda nocturna"))
    shelf.happens(task, e.Located(address="Parque"))
    assert shelf.words(task.id) == {"ronda", "nocturna", "parque"}


def test_p2_a_twin_is_an_open_task_of_the_same_person_with_the_same_words(shelf: Shelf) -> None:
    def duplicate_of(
        reporter: int = 9, kind: Kind = Kind.TASK, title: str = "Patrullaje zona norte", ago: int = 30
    ) -> int | None:
        since = NOON + timedelta(seconds=10 - ago)
        return shelf.direct.run(lambda session: tasks.duplicate_of(session, reporter, kind, title, since))

    task = shelf.opens()
    assert duplicate_of() == task.id
    assert duplicate_of(reporter=8) is None
    assert duplicate_of(kind=Kind.EMERGENCY) is None
    assert duplicate_of(title="Patrullaje zona sur") is None
    assert duplicate_of(ago=5) is None
    shelf.happens(task, e.Cancelled())
    assert duplicate_of() is None, "who cancelled it means the next one"


def test_a_number_is_given_once(shelf: Shelf) -> None:
    assert [shelf.opens().code, shelf.opens().code] == ["T-000001", "T-000002"]
