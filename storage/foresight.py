"""What is on disk of what will happen (``core.plan``): due times, agents to ask, and who is on duty at any moment."""

from datetime import datetime

from core import commands as c
from core import plan
from core.directory import Directory
from core.person import Person
from core.places import Place
from core.plan import Foresight, Plan
from core.refusals import Refusal
from core.situate import directory_at
from core.situation import Rules
from core.task import Task
from storage import nearest, people, tasks, timers
from storage.ledger import SqlLedger
from storage.session import Session

POOL = 50


async def of_task(session: Session, task_id: int, rules: Rules, group: int | None, now: datetime) -> Plan | None:
    """How an open task goes on; None where there is no such task."""
    task = await tasks.find(session, task_id)
    if task is None:
        return None
    pool: tuple[Person, ...] = ()
    if task.emergency:
        # Whoever is asked now and does not answer is free again.
        asked = await people.several(session, [part.agent for part in task.offers])
        free = await _free(session, task.place, rules, now, task=task.id, reporter=task.reporter)
        pool = (*asked.values(), *free)
    foresight = _foresight(session, rules, group, pool)
    return await plan.plan_of(foresight, task, await timers.of_task(session, task_id), now)


async def of_opening(
    session: Session, opening: c.OpenEmergency, rules: Rules, group: int | None, at: datetime, *, agents: bool
) -> Plan | Refusal:
    """What follows when it is reported at this moment; ``agents``: those who are free now are those who are asked."""
    pool = await _free(session, opening.place, rules, at) if agents else ()
    return await plan.plan_opening(_foresight(session, rules, group, pool), opening, at)


def _foresight(session: Session, rules: Rules, group: int | None, pool: tuple[Person, ...]) -> Foresight:
    ledger = SqlLedger(session)

    async def look(moment: datetime, task: Task | None) -> Directory:
        asked = tuple(part.agent for part in task.assignments) if task is not None else ()
        return await directory_at(ledger, group, moment, asked)

    return Foresight(rules=rules, look=look, pool=pool)


async def _free(
    session: Session, place: Place | None, rules: Rules, now: datetime, *, task: int = 0, reporter: int | None = None
) -> tuple[Person, ...]:
    found = await nearest.free_agents(
        session,
        place,
        seen_after=now - rules.location_max_age,
        task=task,
        reporter=reporter,
        most=POOL,
        again=True,
    )
    return tuple(candidate.person for candidate in found)
