"""Put out on PostgreSQL, while another process carries out what they, or others, do at that instant (P14, P7)."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from functools import partial

import pytest

from core.desk.outcome import Outcome, PersonDone, TaskDone
from core.desk.put_out import UNDER_WAY
from core.rules.permissions import DESK, caller_of
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import access_commands as ac
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary.refusals import Reason
from core.vocabulary.words import Membership, Role
from storage.engine.store import is_postgresql
from storage.repositories.people_by_id import several
from tests.cluster.test_side_by_side import NOW, PARK, Clock, Side
from tests.support.desks.disk import asks
from tests.support.outcomes import refusal_of
from tests.support.servers.fixtures import KINDS

ROUNDS = 4
PENDING = (
    "SELECT count(*) FROM assignment JOIN person ON person.id = assignment.agent"
    " WHERE assignment.standing = 2 AND person.membership <> 'active'"
)
HELD = "SELECT count(*) FROM person WHERE membership <> 'active' AND (hold IS NOT NULL OR lat IS NOT NULL)"
CHARGED = (
    "SELECT count(*) FROM task JOIN person ON person.id = task.acknowledged_by"
    " WHERE task.open = 1 AND person.membership <> 'active'"
)
CHECKED = "SELECT count(*) FROM check_in JOIN person USING (telegram_id) WHERE person.membership <> 'active'"
FORGOTTEN = (
    "SELECT count(*) FROM task WHERE open = 1 AND alerting = 1"
    " AND NOT EXISTS (SELECT 1 FROM timer WHERE timer.task = task.id AND timer.kind IN ('climb', 'search', 'offer'))"
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sides(served: str, clock: Clock) -> AsyncIterator[list[Side]]:
    both = [Side(served, clock) for _ in range(2)]
    for side in both:
        await side.store.start()
    yield both
    for side in both:
        await side.store.stop()


async def test_p14_of_two_administrators_who_put_each_other_out_one_stays(sides: list[Side], served: str) -> None:
    here, there = sides
    for number in range(ROUNDS):
        one, other = [await here.member(100 + 2 * number + each, Role.ADMIN) for each in range(2)]
        done = await asyncio.gather(
            here.desk.execute(c.Disable(person=other.id), caller=caller_of(one)),
            there.desk.execute(c.Disable(person=one.id), caller=caller_of(other)),
        )
        assert sorted(type(each).__name__ for each in done) == ["PersonDone", "Refused"], done
        assert _reasons(done) == [Reason.DISABLED]
    left = await asks(served, "SELECT count(*) FROM person WHERE role = 3 AND membership = 'active'")
    assert left == [(ROUNDS,)]
    # All that are left at one instant, by the desk itself: one of them stays, whichever came first.
    admins = [person for (person,) in await asks(served, "SELECT id FROM person WHERE membership = 'active'")]
    cuts = (sides[n % 2].desk.execute(c.Disable(person=one), caller=DESK) for n, one in enumerate(admins))
    assert _reasons(await asyncio.gather(*cuts)) == [Reason.LAST_ADMIN]
    assert await asks(served, "SELECT count(*) FROM person WHERE role = 3 AND membership = 'active'") == [(1,)]


@pytest.mark.parametrize("database", KINDS, indirect=True)
async def test_p14_of_two_administrators_who_freeze_each_other_one_stays_on_either_database(
    database: str, clock: Clock
) -> None:
    """The one whose word comes first stays: the other's is refused, for it is a frozen person's by then."""
    sides = [Side(database, clock) for _ in range(2 if is_postgresql(database) else 1)]  # a file is one process's
    here, there = sides[0], sides[-1]
    for side in sides:
        await side.store.start()
    for number in range(ROUNDS):
        one, other = [await here.member(100 + 2 * number + each, Role.ADMIN) for each in range(2)]
        first: c.Disable | ac.Freeze = c.Disable(person=other.id) if number % 2 else ac.Freeze(person=other.id)
        done = await asyncio.gather(
            here.desk.execute(first, caller=caller_of(one)),
            there.desk.execute(ac.Freeze(person=one.id), caller=caller_of(other)),
        )
        assert sorted(type(each).__name__ for each in done) == ["PersonDone", "Refused"], done
        found = await here.store.read(partial(several, ids=(one.id, other.id)))
        stays, out = sorted(found.values(), key=lambda person: not person.active)
        assert (stays.active, out.active) == (True, False), "not both are out, and not both are in"
        if out.membership is Membership.FROZEN:
            lifted = await there.desk.execute(ac.Thaw(person=out.id), caller=caller_of(stays))
            assert isinstance(lifted, PersonDone), "nothing waits for whoever is out"
    for side in sides:
        await side.store.stop()


async def test_p14_an_administrator_who_approves_anothers_erasure_is_not_put_out_by_them_meanwhile(
    sides: list[Side], served: str
) -> None:
    here, there = sides
    for number in range(ROUNDS):
        one, other = [await here.member(100 + 2 * number + each, Role.ADMIN) for each in range(2)]
        await here.desk.execute(ac.Forget(person=one.id), caller=caller_of(one))
        ((rise,),) = await asks(served, "SELECT max(id) FROM rise")
        done = await asyncio.gather(
            here.desk.execute(ac.ConfirmRise(rise=rise), caller=caller_of(other)),
            there.desk.execute(c.Disable(person=other.id), caller=caller_of(one)),
        )
        assert _reasons(done) == [Reason.DISABLED], "one of the two stays"
    assert await asks(served, "SELECT count(*) FROM person WHERE membership = 'active'") == [(ROUNDS,)]


def _reasons(done: Iterable[Outcome]) -> list[Reason]:
    refusals = map(refusal_of, done)
    return [refusal.reason for refusal in refusals if refusal is not None]


async def _open(side: Side, reporter: Person, ana: Person) -> Task:
    opened = await side.desk.execute(
        c.OpenEmergency(title=f"Robo {ana.id}", sent_at=NOW, place=PARK), caller=caller_of(reporter)
    )
    assert isinstance(opened, TaskDone)
    return opened.task


@pytest.mark.parametrize("what", ["goes", "is asked", "is asked by hand", "takes charge", "begins a check-in"])
async def test_p7_p14_whatever_meets_the_cut_is_before_it_or_after_it(
    sides: list[Side], served: str, clock: Clock, what: str
) -> None:
    """The other process is as far with its unit as chance has it; nothing stays with whoever is out."""
    here, there = sides
    admin, reporter = await here.member(1, Role.ADMIN), await here.member(2, Role.SUPERVISOR)
    for number in range(ROUNDS):
        role = Role.SUPERVISOR if what == "takes charge" else Role.AGENT
        ana = await here.member(10 + number, role)
        task = await _open(here, reporter, ana) if what in ("goes", "takes charge") else None
        done = await asyncio.gather(_other(there, what, ana, reporter, task), _cut(here, admin, ana, number))
        assert isinstance(done[1], PersonDone)
        clock.moment += UNDER_WAY
        while await here.desk.fire_due():
            pass
        for nothing in (PENDING, HELD, CHARGED, CHECKED, FORGOTTEN):
            assert await asks(served, nothing) == [(0,)], nothing


async def _cut(side: Side, admin: Person, ana: Person, late: int) -> Outcome:
    for _ in range(4 * late):
        await asyncio.sleep(0)
    return await side.desk.execute(c.Disable(person=ana.id), caller=caller_of(admin))


async def _other(side: Side, what: str, ana: Person, reporter: Person, task: Task | None) -> Outcome:
    me = caller_of(ana)
    match what:
        case "goes":
            assert task is not None
            return await side.desk.execute(c.Accept(task=task.id), caller=me)
        case "takes charge":
            assert task is not None
            return await side.desk.execute(c.Acknowledge(task=task.id), caller=me)
        case "is asked":
            return TaskDone(task=await _open(side, reporter, ana))
        case "is asked by hand":
            work = c.OpenTask(title="Ronda", sent_at=NOW, assignee=ana.id)
            return await side.desk.execute(work, caller=caller_of(reporter))
        case _:
            return await side.desk.execute(cc.StartCheckIn(person=ana.id, every=timedelta(minutes=30)), caller=me)
