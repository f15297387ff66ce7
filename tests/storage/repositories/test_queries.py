"""The library: pages that go on where the last one ended, and numbers, as a reader sees them."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from core.desk.ports import Record
from core.queries.queries import Depth, ParkedCause, Queries, TaskPage, Which
from core.state.person import Person
from core.state.task import Task, evolve, opened
from core.vocabulary import events as e
from core.vocabulary.desk_events import DeadLetterKind
from core.vocabulary.escalation_policy import EMERGENCY_POLICY
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Kind, Lane, Membership, Priority, Role, TaskState, TaskType
from storage.audit import record
from storage.engine.session import Session
from storage.engine.store import Store
from storage.queues import inbox, outbox
from storage.queues.addressed_call import AddressedCall
from storage.queues.inbox import Arrival
from storage.repositories import counters, people, tasks
from storage.repositories.queries import SqlQueries

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HERE = Place(-2.19, -79.88)
ANA, BETO, SARA = 1, 2, 3


class Desk:
    """Puts things on the shelves, and the library that reads them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.queries: Queries = SqlQueries(store)

    async def person(self, name: str, role: Role = Role.AGENT, **fields: object) -> Person:
        """One more person, active and available unless said otherwise."""
        given = {"membership": Membership.ACTIVE, "availability": Availability.AVAILABLE, **fields}
        number = await self.store.write(lambda session: counters.next_value(session, "telegram"))
        person = Person(id=0, account=100 + number, name=name, role=role, **given)  # type: ignore[arg-type]
        return await self.store.write(lambda session: people.save(session, None, person))

    async def task(
        self,
        title: str = "Ronda",
        *events: e.TaskEvent,
        kind: Kind = Kind.TASK,
        reporter: int = SARA,
        at: datetime = NOON,
    ) -> Task:
        """A task to which these things happened."""
        emergency = kind is Kind.EMERGENCY
        priority, policy = (Priority.CRITICAL, EMERGENCY_POLICY) if emergency else (Priority.LOW, None)
        event = e.Opened(
            kind=kind,
            task_type=TaskType.PATROL,
            priority=priority,
            title=title,
            sent_at=at,
            reporter=reporter,
            policy=policy,
        )

        async def unit(session: Session) -> Task:
            task = opened(await counters.next_value(session, "task"), event, at)
            for each in events:
                task = evolve(task, each, at)
            await tasks.save(session, None, task)
            return task

        return await self.store.write(unit)


@pytest.fixture
async def desk(store: Store) -> Desk:
    desk = Desk(store)
    for name, role in (("Ana", Role.AGENT), ("Beto", Role.AGENT), ("Sara", Role.SUPERVISOR)):
        await desk.person(name, role)
    return desk


async def all_pages(page: Callable[[int | None], Awaitable[TaskPage]]) -> list[int]:
    """The numbers on all pages, in the order in which they come."""
    numbers: list[int] = []
    after: int | None = None
    while True:
        found = await page(after)
        numbers += [task.id for task in found.tasks]
        after = found.after
        if after is None:
            return numbers


def numbered(found: Iterable[Task]) -> list[int]:
    return [task.id for task in found]


async def test_all_tasks_come_newest_first_by_what_became_of_them_and_by_kind(desk: Desk) -> None:
    made = [
        await desk.task("uno"),
        await desk.task("dos", e.Cancelled()),
        await desk.task("tres", kind=Kind.EMERGENCY),
        await desk.task("cuatro", e.Started(), e.Completed(), kind=Kind.EMERGENCY),
        await desk.task("cinco", e.Started(), e.Paused()),
    ]
    queries = desk.queries
    assert await queries.tasks(Which.ALL) == TaskPage(
        tasks=tuple(reversed(made)),
        people={SARA: await desk.queries.person(SARA)},  # type: ignore[dict-item]
    )
    assert numbered((await queries.tasks(Which.OPEN)).tasks) == [5, 3, 1]
    assert numbered((await queries.tasks(Which.CLOSED)).tasks) == [4, 2]
    assert numbered((await queries.tasks(Which.OPEN, kind=Kind.EMERGENCY)).tasks) == [3]
    assert numbered((await queries.tasks(Which.CLOSED, kind=Kind.TASK)).tasks) == [2]
    assert numbered((await queries.tasks(Which.ALL, kind=Kind.EMERGENCY)).tasks) == [4, 3]


@pytest.mark.parametrize("many", [0, 1, 3, 4, 6, 7])
async def test_pages_leave_nothing_out_and_show_nothing_twice_however_they_end(desk: Desk, many: int) -> None:
    for _ in range(many):
        await desk.task()
    pages: list[int] = []

    async def page(after: int | None) -> TaskPage:
        found = await desk.queries.tasks(Which.OPEN, after=after, most=3)
        pages.append(len(found.tasks))
        return found

    assert await all_pages(page) == list(range(many, 0, -1))
    assert sum(pages) == many
    assert len(pages) == max(1, -(-many // 3)), "no empty page at the end"


async def test_a_person_sees_what_they_reported_and_what_they_were_asked_to_do(desk: Desk) -> None:
    await desk.task("of ana", reporter=ANA)
    await desk.task("asked", e.Offered(agent=ANA))
    await desk.task("not theirs", e.Offered(agent=BETO))
    await desk.task("both", e.Offered(agent=ANA), e.Accepted(agent=ANA), reporter=ANA)
    await desk.task("said no", e.Offered(agent=ANA), e.Declined(agent=ANA))
    await desk.task("over", e.Offered(agent=ANA), e.Accepted(agent=ANA), e.Completed())

    async def of_ana(which: Which) -> list[int]:
        return await all_pages(lambda after: desk.queries.tasks_of(ANA, which, after=after, most=2))

    assert await of_ana(Which.ALL) == [6, 5, 4, 2, 1]
    assert await of_ana(Which.OPEN) == [5, 4, 2, 1]
    assert await of_ana(Which.CLOSED) == [6]
    assert await all_pages(lambda after: desk.queries.to_do(ANA, after=after, most=1)) == [4, 2]


async def test_a_task_file_names_everybody_whom_the_task_names(desk: Desk) -> None:
    task = await desk.task("Robo", e.Offered(agent=ANA), e.Offered(agent=BETO), kind=Kind.EMERGENCY)
    file = await desk.queries.task_file(task.id)
    assert file is not None
    assert file.task == task
    assert {person.name for person in file.people.values()} == {"Ana", "Beto", "Sara"}
    assert await desk.queries.task_file(99) is None


async def test_history_tells_what_happened_to_a_task(desk: Desk) -> None:
    written = [Record(at=NOON, event=e.Started(), by=ANA, via="chat", task=1)]
    await desk.store.write(lambda session: record.add(session, written))
    assert await desk.queries.history(1) == tuple(written)
    assert await desk.queries.history(2) == ()


async def test_people_are_found_and_come_in_pages_by_name(desk: Desk) -> None:
    await desk.person("Carla", username="carla_x")
    carla = await desk.queries.person_named("@Carla_X")
    assert carla is not None
    assert carla == await desk.queries.person_named("carla_x") == await desk.queries.person_at(carla.account)

    first = await desk.queries.people(membership=Membership.ACTIVE, role=Role.AGENT, most=2)
    assert ([person.name for person in first.people], first.after) == (["Ana", "Beto"], ("Beto", BETO))
    last = await desk.queries.people(membership=Membership.ACTIVE, role=Role.AGENT, after=first.after, most=2)
    assert ([person.name for person in last.people], last.after) == (["Carla"], None)


async def test_agents_to_choose_from_come_nearest_and_free_first_then_the_others(desk: Desk) -> None:
    far, near = Place(-2.5, -79.88), Place(-2.2, -79.88)
    busy = await desk.person(
        "Abel", availability=Availability.ON_TASK, position=Position(place=HERE, at=NOON - timedelta(days=1))
    )
    await desk.person("Carla", position=Position(place=far, at=NOON))
    await desk.person("Dora", position=Position(place=near, at=NOON - timedelta(days=1)))
    await desk.task("asked", e.Offered(agent=busy.id))
    await desk.task("running", e.Offered(agent=busy.id), e.Accepted(agent=busy.id), e.Started())
    await desk.task("over", e.Offered(agent=busy.id), e.Accepted(agent=busy.id), e.Completed())

    lines = await desk.queries.agents(near=HERE)
    assert [line.person.name for line in lines] == ["Dora", "Carla", "Beto", "Ana", "Abel"]
    assert [line.distance is None for line in lines] == [False, False, True, True, False]
    assert [line.open_tasks for line in lines] == [0, 0, 0, 0, 2]
    by_name = await desk.queries.agents(most=2)
    assert [line.person.name for line in by_name] == ["Abel", "Ana"]
    following = await desk.queries.agents(near=HERE, after=("Ana", ANA), most=2)
    assert [line.person.name for line in following] == ["Beto", "Carla"]


async def test_the_nearest_are_free_agents_and_their_distances(desk: Desk) -> None:
    await desk.person("Carla", position=Position(place=HERE, at=NOON))
    found = await desk.queries.nearest(HERE, seen_after=NOON, most=2)
    assert [(one.person.name, one.distance) for one in found] == [("Carla", 0.0), ("Beto", None)]


async def test_p11_the_board_says_how_the_desk_stands(desk: Desk) -> None:
    empty = await desk.queries.board()
    assert set(empty.tasks.values()) == {0}
    assert empty.unanswered == empty.inbox == empty.outbox[Lane.EMERGENCY] == Depth()

    minute = timedelta(minutes=1)
    await desk.task("one", kind=Kind.EMERGENCY, at=NOON - minute)
    await desk.task("two", kind=Kind.EMERGENCY)
    await desk.task("three", e.Acknowledged(person=SARA), kind=Kind.EMERGENCY, at=NOON - 5 * minute)
    await desk.task("four", e.Offered(agent=ANA), e.Accepted(agent=ANA), e.Started())
    letters = [AddressedCall(chat=chat, lane=lane, method="m", payload={}) for chat in (1, 2) for lane in (1, 1, 3)]  # type: ignore[arg-type]
    arrivals = [Arrival(update_id=n, line=str(n % 2), urgent=False, payload="{}") for n in range(3)]

    async def unit(session: Session) -> None:
        await outbox.post(session, letters, NOON)
        await inbox.receive(session, arrivals, NOON)
        (first, *_) = await inbox.take(session, NOON, minute, 1)
        await inbox.park(session, first, NOON, "poison")

    await desk.store.write(unit)
    board = await desk.queries.board()
    assert {key: many for key, many in board.tasks.items() if many} == {
        (TaskState.SCHEDULED, Priority.CRITICAL): 3,
        (TaskState.IN_PROGRESS, Priority.LOW): 1,
    }
    assert board.agents[Availability.AVAILABLE] == 1
    assert board.agents[Availability.ON_TASK] == 1
    assert board.unanswered == Depth(waiting=2, oldest=NOON - minute)
    assert board.outbox[Lane.EMERGENCY] == Depth(waiting=4, oldest=NOON)
    assert board.outbox[Lane.ACTION] == Depth()
    assert board.outbox[Lane.ROUTINE] == Depth(waiting=2, oldest=NOON)
    assert (board.inbox.waiting, board.parked_updates, board.parked_messages) == (2, 1, 0)
    assert board.causes == (ParkedCause(kind=DeadLetterKind.UPDATE, cause="poison", count=1),)


async def test_p11_a_queue_is_counted_no_further_than_matters(desk: Desk, tmp_path: object) -> None:
    async def unit(session: Session) -> None:
        dead_letter = AddressedCall(chat=1, lane=Lane.ROUTINE, method="m", payload={})
        await outbox.post(session, [dead_letter] * 10_050, NOON)

    await desk.store.write(unit)
    depth = (await desk.queries.board()).outbox[Lane.ROUTINE]
    assert (depth.waiting, depth.more) == (10_000, True), "and it says that there are more"


async def test_supervisors_and_administrators_are_counted_without_those_who_are_out(desk: Desk) -> None:
    await desk.person("Marta", Role.ADMIN)
    await desk.person("Sofía", Role.SUPERVISOR, availability=Availability.UNAVAILABLE)
    await desk.person("Saúl", Role.SUPERVISOR, membership=Membership.DISABLED)
    assert await desk.queries.leaders() == 3
