"""Vacancies: what goes on without somebody who lost access or role."""

from datetime import datetime

from core.rules.escalation import climb, escalates
from core.rules.offers import after_a_no
from core.rules.situation import Situation
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import account_events as a
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState

Answer = tuple[e.TaskEvent, ...] | Refusal


def vacate(situation: Situation, task: Task, command: c.Vacate, now: datetime) -> Answer:
    """Go on without somebody: their part is free again, and an alert that was theirs to answer climbs at once.

    Whoever lost a role and not their access keeps the work that an agent may do, and so does whoever takes no messages:
    they may be on their way. That nobody can reach them is an alert where nobody else took charge.
    """
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if command.reported:
        if situation.agent is None or task.reporter != command.person:
            return _over(task)
        return _about_reporter(situation, task, a.ReporterOut(person=command.person, back=situation.agent.active), now)
    if command.moved:
        waits = situation.told and escalates(task) and not situation.told_still
        return climb(task, situation.directory, now, Cause.LOST) if waits else _over(task)
    freed = _part(situation, task, command.person, now)
    if not any(isinstance(event, e.Escalated) for event in freed):
        after = task
        for event in freed:
            after = evolve(after, event, now)
        unheard, part = _unheard(situation.agent), task.part_of(command.person)
        goes = unheard and task.emergency and part is not None and part.state.holds and task.acknowledged_by is None
        if goes or after.acknowledged_by == command.person or _told_alone(situation, after):
            cause = Cause.SILENCED if unheard else Cause.LOST
            freed = (*freed, *climb(after, situation.directory, now, cause))
    return freed or _over(task)


def _about_reporter(situation: Situation, task: Task, event: a.ReporterOut, now: datetime) -> tuple[e.TaskEvent, ...]:
    """The reporter is out, or in again; what fell silent with them rings again then (P4)."""
    if not event.back or not task.quiet:
        return (event,)
    return (event, *climb(evolve(task, event, now), situation.directory, now, Cause.REPORTER_BACK))


def _unheard(person: Person | None) -> bool:
    return person is not None and person.active and not person.reachable


def _over(task: Task) -> Refusal:
    return Refusal(reason=Reason.ANSWERED, task=task.id)


def _part(situation: Situation, task: Task, person_id: int, now: datetime) -> tuple[e.TaskEvent, ...]:
    part, person = task.part_of(person_id), situation.agent
    if part is None or (person is not None and person.active):
        return ()
    if not part.state.holds and part.state is not AssignmentState.OFFERED:
        return ()
    vacated = e.Vacated(agent=person_id, held=part.state.holds)
    return (vacated, *after_a_no(situation, task, person_id, now))


def _told_alone(situation: Situation, task: Task) -> bool:
    """Whether they were told of an alert that nobody has answered, and nobody else who was can hear it."""
    return situation.told and not situation.others_hear and escalates(task)
