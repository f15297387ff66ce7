"""Loads what ``/plan`` simulates: pending timers, free agents, who is on duty at a time (``core.queries.plan``)."""

from datetime import datetime
from functools import partial

from core.desk.asking import Asker
from core.desk.load_situation import directory_of
from core.queries import plan
from core.queries.plan import Plan, PlanInputs
from core.rules.situation import Rules
from core.state.directory import Directory
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.places import Place
from core.vocabulary.refusals import Refusal
from storage.engine.session import Session
from storage.queues import timers
from storage.repositories import nearest, people_by_id, tasks
from storage.repositories.repository import SqlRepository

POOL = 50


async def of_task(session: Session, task_id: int, rules: Rules, group: int | None, now: datetime) -> Plan | None:
    """How an open task goes on; None where there is no such task."""
    task = await tasks.find(session, task_id)
    if task is None:
        return None
    pool: tuple[Person, ...] = ()
    if task.emergency:
        # Agents who are asked now and do not answer are free again.
        asked = await people_by_id.several(session, [part.agent for part in task.offers])
        free = await _free(session, task.place, rules, now, task=task.id, reporter=task.reporter)
        pool = (*asked.values(), *free)
    plan_inputs = _plan_inputs(session, rules, group, pool)
    return await plan.plan_of(plan_inputs, task, await timers.of_task(session, task_id), now)


async def of_opening(
    session: Session, opening: c.OpenEmergency, rules: Rules, group: int | None, at: datetime, *, agents: bool
) -> Plan | Refusal:
    """The plan when it is reported at this moment; ``agents``: those who are free now are those who are asked."""
    pool = await _free(session, opening.place, rules, at) if agents else ()
    return await plan.plan_opening(_plan_inputs(session, rules, group, pool), opening, at)


def _plan_inputs(session: Session, rules: Rules, group: int | None, pool: tuple[Person, ...]) -> PlanInputs:
    repository = SqlRepository(session)

    async def look(task: Task | None) -> Directory:
        asked = tuple(part.agent for part in task.assignments) if task is not None else ()
        return await directory_of(repository, group, asked)

    return PlanInputs(rules=rules, look=look, ask=partial(Asker, repository), pool=pool)


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
