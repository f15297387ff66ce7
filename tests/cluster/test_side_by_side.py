"""Two processes on one database: whatever they do at the same instant, it is as if one had come after the other."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.notifications.composer import Composer
from bot.transport.rendering import render
from bot.ui.texts import Texts
from core.desk import ports
from core.desk.desk import Desk
from core.desk.outcome import TaskDone
from core.rules.permissions import caller_of
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Lane, Membership, Role
from storage.engine.session import Session
from storage.engine.store import Store
from storage.ops.migrate import schema_suits, upgrade
from storage.queues import inbox, jobs, outbox
from storage.queues.addressed_call import AddressedCall
from storage.repositories import counters, people
from storage.repositories.unit_of_work import StoreUnitOfWork
from storage.schema.tables import OutboxRow
from tests.support.desks.disk import asks
from tests.support.outcomes import refusal_of
from tests.support.servers.postgresql import PostgresqlServer

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)
PARK = Place(lat=-0.18, lon=-78.48)
HEADS = "SELECT line FROM {0} WHERE state IN (1, 2) GROUP BY line HAVING count(*) > 1"
HEADLESS = "SELECT line FROM {0} WHERE state < 3 GROUP BY line HAVING count(*) FILTER (WHERE state IN (1, 2)) = 0"


class Clock:
    moment = NOW

    def now(self) -> datetime:
        return self.moment


class Side:
    """One process's part: a store and a desk."""

    def __init__(self, url: str, clock: ports.Clock) -> None:
        self.store = Store(url)
        texts = Texts("es", ZoneInfo("America/Guayaquil"))
        self.desk = Desk(
            units=StoreUnitOfWork(self.store, render), clock=clock, composer=Composer(texts), rules=Rules()
        )

    async def member(self, number: int, role: Role = Role.AGENT) -> Person:
        person = Person(
            id=0,
            account=1_000 + number,
            name=f"Nº {number:03}",
            role=role,
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
            position=Position(place=PARK, at=NOW),
        )
        return await self.store.write(lambda session: people.save(session, None, person))


@pytest.fixture
async def sides(served: str) -> AsyncIterator[list[Side]]:
    clock = Clock()
    both = [Side(served, clock) for _ in range(2)]
    for side in both:
        await side.store.start()
    yield both
    for side in both:
        await side.store.stop()


async def _sent(row: OutboxRow, session: Session) -> None:
    await outbox.sent(session, row, NOW, NOW)


async def test_p2_a_line_has_one_head_whoever_adds_and_finishes_at_the_same_time(
    sides: list[Side], served: str
) -> None:
    async def adds(side: Side, chat: int) -> None:
        letters = [
            AddressedCall(chat=chat + n % 2, lane=Lane.ACTION, method="sendMessage", payload={}) for n in range(3)
        ]
        await side.store.write(lambda session: outbox.post(session, letters[::-1] if chat % 2 else letters, NOW))

    async def finishes(side: Side) -> int:
        rows = await side.store.write(lambda session: outbox.take(session, Lane.ACTION, NOW, LEASE, 5))
        for row in rows:
            await side.store.write(partial(_sent, row))
        return len(rows)

    finished = 0
    for _ in range(10):
        work = [adds(side, chat) for side in sides for chat in range(4)]
        done = await asyncio.gather(*work, *(finishes(side) for side in sides for _ in range(3)))
        finished += sum(number for number in done if number is not None)
        assert await asks(served, HEADS.format("outbox")) == []
        assert await asks(served, HEADLESS.format("outbox")) == []
    while more := sum(await asyncio.gather(*(finishes(side) for side in sides))):
        finished += more
    assert finished == 10 * 8 * 3, "each of them once"


async def test_a_newer_state_of_a_card_leaves_after_one_that_is_just_being_taken(
    sides: list[Side], served: str
) -> None:
    older = AddressedCall(chat=1, lane=Lane.EMERGENCY, method="sendMessage", payload={"text": "older"}, card="task:1")
    newer = AddressedCall(chat=1, lane=Lane.ACTION, method="sendMessage", payload={"text": "newer"}, card="task:1")
    await sides[0].store.write(lambda session: outbox.post(session, [older], NOW))
    taken, commit = asyncio.Event(), asyncio.Event()

    async def takes(session: Session) -> list[OutboxRow]:
        rows = await outbox.take(session, Lane.EMERGENCY, NOW, LEASE, 1)
        taken.set()
        await commit.wait()
        return rows

    taking = asyncio.create_task(sides[1].store.write(takes))
    await taken.wait()
    posting = asyncio.create_task(sides[0].store.write(lambda session: outbox.post(session, [newer], NOW)))
    while not await asks(served, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"):  # noqa: ASYNC110
        await asyncio.sleep(0)  # the server sets no event here
    commit.set()
    [row] = await taking
    await posting

    assert await sides[0].store.write(lambda session: outbox.take(session, Lane.ACTION, NOW, LEASE, 1)) == []
    await sides[1].store.write(partial(_sent, row))
    [row] = await sides[0].store.write(lambda session: outbox.take(session, Lane.ACTION, NOW, LEASE, 1))
    assert row.payload == '{"text":"newer"}'


async def test_p1_p2_an_update_that_comes_to_both_is_kept_once_and_in_its_order(sides: list[Side], served: str) -> None:
    for number in range(40):
        arrival = inbox.Arrival(update_id=number, line=str(number % 3), urgent=number % 5 == 0, payload="{}")
        notified = [side.store.write(lambda session: inbox.receive(session, [arrival], NOW)) for side in sides]  # noqa: B023
        assert sum(await asyncio.gather(*notified)) == 1
    assert await asks(served, HEADS.format("inbox")) == []
    assert await asks(served, HEADLESS.format("inbox")) == []


async def test_p7_two_emergencies_at_the_same_instant_never_hold_the_same_agent(sides: list[Side], served: str) -> None:
    agents = [await sides[0].member(number) for number in range(8)]
    reporters = [await sides[0].member(100 + number, Role.SUPERVISOR) for number in range(6)]

    async def calls(number: int, reporter: Person) -> None:
        command = c.OpenEmergency(title=f"Herido {number}", sent_at=NOW, place=PARK)
        outcome = await sides[number % 2].desk.execute(command, caller=caller_of(reporter), key=f"update:{number}:1")
        assert refusal_of(outcome) is None

    await asyncio.gather(*(calls(number, reporter) for number, reporter in enumerate(reporters)))

    offered = Counter(agent for (agent,) in await asks(served, "SELECT agent FROM assignment WHERE state = 'offered'"))
    assert offered
    assert set(offered.values()) == {1}, "nobody is asked twice"
    assert len(offered) == len(agents), "and everybody is asked"


async def test_p7_whoever_calls_for_help_meanwhile_is_asked_to_go_nowhere(sides: list[Side], served: str) -> None:
    agents = [await sides[0].member(number) for number in range(6)]

    async def calls(number: int, agent: Person) -> None:
        command = c.OpenEmergency(title=f"Me siguen {number}", sent_at=NOW, place=PARK)
        outcome = await sides[number % 2].desk.execute(command, caller=caller_of(agent), key=f"update:{number}:1")
        assert refusal_of(outcome) is None

    await asyncio.gather(*(calls(number, agent) for number, agent in enumerate(agents)))

    assert await asks(served, "SELECT count(*) FROM task WHERE open = 1 AND kind = 'emergency'") == [(6,)]
    assert await asks(served, "SELECT agent FROM assignment WHERE state = 'offered'") == []


async def test_p7_of_two_who_say_yes_at_the_same_instant_one_has_it(sides: list[Side], served: str) -> None:
    agents = [await sides[0].member(number) for number in range(3)]
    reporter = await sides[0].member(100, Role.SUPERVISOR)
    for round_ in range(5):
        opened = await sides[0].desk.execute(
            c.OpenEmergency(title=f"Herido {round_}", sent_at=NOW, place=PARK), caller=caller_of(reporter)
        )
        assert opened.task is not None
        task = opened.task
        answers = await asyncio.gather(
            *(
                sides[n % 2].desk.execute(c.Accept(task=task.id, seen=task.version), caller=caller_of(agent))
                for n, agent in enumerate(agents)
            )
        )
        assert sum(refusal_of(answer) is None for answer in answers) == 1
        owners = f"SELECT count(*) FROM assignment WHERE task = {task.id} AND state = 'accepted'"  # noqa: S608
        assert await asks(served, owners) == [(1,)]
        latest = next(answer.task for answer in answers if isinstance(answer, TaskDone))
        await sides[0].desk.execute(c.Cancel(task=task.id, seen=latest.version), caller=caller_of(reporter))


async def test_p2_the_same_key_at_the_same_instant_is_one_task(sides: list[Side], served: str) -> None:
    agent = await sides[0].member(1)
    command = c.OpenTask(title="Patrullaje", sent_at=NOW)
    answers = await asyncio.gather(
        *(side.desk.execute(command, caller=caller_of(agent), key="update:1:1") for side in sides * 4)
    )
    assert len({answer.task.id for answer in answers if answer.task is not None}) == 1
    assert await asks(served, "SELECT count(*) FROM task") == [(1,)]


async def test_p8_what_is_due_fires_once_though_all_look_at_the_same_time(sides: list[Side], served: str) -> None:
    reporter = await sides[0].member(100, Role.SUPERVISOR)
    clock = sides[0].desk._clock
    assert isinstance(clock, Clock)
    for number in range(6):
        command = c.OpenEmergency(title=f"Herido {number}", sent_at=NOW, place=PARK)
        await sides[0].desk.execute(command, caller=caller_of(reporter))
    due = await asks(served, "SELECT count(*) FROM timer")
    clock.moment += timedelta(seconds=121)
    fired = [0]
    while number := sum(await asyncio.gather(*(side.desk.fire_due(limit=1) for side in sides * 3))):
        fired.append(number)
        assert len(fired) < 100
    assert sum(fired) >= due[0][0]
    assert max(fired) > 1, "side by side"
    told_twice = "SELECT body FROM event WHERE body LIKE '%Climbed%' GROUP BY task, body HAVING count(*) > 1"
    assert await asks(served, told_twice) == []


async def test_numbers_are_given_once_and_totals_add_up(sides: list[Side]) -> None:
    async def unit(session: Session) -> int:
        await counters.tally(session, None, "agents:available")
        return await counters.next_value(session, "task")

    given = await asyncio.gather(*(side.store.write(unit) for side in sides * 50))
    assert sorted(given) == list(range(1, 101))
    assert await sides[0].store.read(lambda session: counters.totals(session, "agents")) == {"available": 100}


async def test_two_who_change_different_things_of_a_person_both_succeed(sides: list[Side]) -> None:
    agent = await sides[0].member(1)
    admin = await sides[0].member(2, Role.ADMIN)
    for round_ in range(5):
        availability = Availability.OFF_DUTY if round_ % 2 == 0 else Availability.AVAILABLE
        role = Role.SUPERVISOR if round_ % 2 == 0 else Role.AGENT
        await asyncio.gather(
            sides[0].desk.execute(
                c.SetAvailability(person=agent.id, availability=availability), caller=caller_of(agent)
            ),
            sides[1].desk.execute(c.Promote(person=agent.id, role=role), caller=caller_of(admin)),
        )
        now = await sides[0].store.read(lambda session: people.by_id(session, agent.id))
        assert now is not None
        assert (now.availability, now.role) == (availability, role)


async def test_of_many_processes_one_does_what_the_calendar_asks(sides: list[Side]) -> None:
    every = timedelta(minutes=15)

    async def claims(side: Side, now: datetime) -> bool:
        return await side.store.write(lambda session: jobs.claim(session, "sweep", now, every))

    for round_ in range(3):
        now = NOW + round_ * every
        claimed = await asyncio.gather(*(claims(side, now + timedelta(seconds=n)) for n, side in enumerate(sides * 4)))
        assert sum(claimed) == 1


async def test_p1_what_a_dead_process_held_comes_back_when_its_lease_is_over(sides: list[Side], served: str) -> None:
    arrival = inbox.Arrival(update_id=1, line="7", urgent=False, payload="{}")
    letter = AddressedCall(chat=7, lane=Lane.EMERGENCY, method="sendMessage", payload={})
    dead, living = sides
    await dead.store.write(lambda session: inbox.receive(session, [arrival], NOW))
    await dead.store.write(lambda session: outbox.post(session, [letter], NOW))
    await dead.store.write(lambda session: inbox.take(session, NOW, LEASE, 5))
    await dead.store.write(lambda session: outbox.take(session, Lane.EMERGENCY, NOW, LEASE, 5))

    async def back(session: Session, now: datetime) -> tuple[int, int]:
        updates = await inbox.reclaim(session, now, everything=False)
        return updates, await outbox.reclaim(session, now, everything=False)

    assert await living.store.write(lambda session: back(session, NOW + LEASE / 2)) == (0, 0), "it may be alive"
    later = NOW + LEASE + timedelta(seconds=1)
    assert await living.store.write(lambda session: back(session, later)) == (1, 1)
    taken = await living.store.write(lambda session: inbox.take(session, later, LEASE, 5))
    assert [row.update_id for row in taken] == [1]
    assert await asks(served, "SELECT uncertain, state FROM outbox") == [(1, 1)], "nobody knows whether it was sent"


async def test_of_processes_that_start_together_one_makes_the_schema(postgresql: PostgresqlServer) -> None:
    url = postgresql.empty()
    assert not await schema_suits(url)
    await asyncio.gather(*(upgrade(url) for _ in range(4)))
    assert await schema_suits(url)
    postgresql.drop(url)
