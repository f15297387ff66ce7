"""Report of a drill, person by person: read from the record and from the results of the messages."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from core.desk.ports import Record, Repository
from core.rules.drills import Part, Result, SentAlert
from core.rules.escalation import names
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.card_names import task_card

ANSWERS = (e.Accepted, e.Declined, e.Acknowledged)


class Night(Struct, frozen=True, kw_only=True):
    """The drill as it went: its record, the alerts that were sent for it, and the people it concerned."""

    task: Task
    records: tuple[Record, ...]
    sent_alerts: tuple[SentAlert, ...]
    people: dict[int, Person]


async def drill_report(repository: Repository, task: Task, now: datetime) -> tuple[Part, ...]:
    """One part for each person who was told or should have been, in the order in which they were."""
    records = await repository.history(task.id)
    notified = told_at(records)
    deaf = await _deaf(repository, records, task, now)
    people = await repository.people(notified.keys() - {task.reporter})
    alerts = await repository.sent_alerts(task_card(task.id))
    night = Night(task=task, records=records, sent_alerts=alerts, people=people)
    parts = [_part(night, people[person], at) for person, at in notified.items() if person in people]
    missed = (person.id for person in deaf if person.id not in notified)
    return (*parts, *(Part(person=person, result=Result.BLOCKED) for person in dict.fromkeys(missed)))


def told_at(records: Iterable[Record]) -> dict[int, datetime]:
    """When each person was first told or asked."""
    found: dict[int, datetime] = {}
    for record in records:
        match record.event:
            case e.Offered(agent=agent):
                found.setdefault(agent, record.at)
            case e.Escalated(notified=notified) | n.Notified(people=notified):
                for person in notified:
                    found.setdefault(person, record.at)
            case _:  # no other event tells or asks anybody
                pass
    return found


async def _deaf(repository: Repository, records: Iterable[Record], task: Task, now: datetime) -> list[Person]:
    """Everybody named by the steps that were climbed or passed whom no message reaches."""
    reached = [
        r.event.step for r in records if isinstance(r.event, e.Escalated | e.Passed) and r.event.step is not None
    ]
    steps = [task.policy.steps[step] for step in dict.fromkeys(reached)] if task.policy is not None else []
    agents = await repository.people(part.agent for part in task.assignments)
    silent = [person for person in agents.values() if person.active and not person.reachable]
    found: dict[int, Person] = {}
    for person in (*silent, *await repository.silent_leaders()):
        on_duty = await repository.is_on_duty(person, now)
        if any(names(step, task, person, on_duty=on_duty) for step in steps):
            found[person.id] = person
    return list(found.values())


def _part(night: Night, person: Person, notified: datetime) -> Part:
    alerts = [alert for alert in night.sent_alerts if alert.account == person.account]
    taken = min((alert.taken_at for alert in alerts if alert.taken_at is not None), default=None)
    in_time = max(taken - notified, taken - taken) if taken is not None else None
    answer = next((r for r in night.records if r.by == person.id and isinstance(r.event, ANSWERS)), None)
    if answer is not None:
        tag = str(answer.event.__struct_config__.tag)
        return Part(person=person.id, result=Result.PRESSED, answer=tag, after=answer.at - notified, taken=in_time)
    if not person.reachable or any(alert.blocked for alert in alerts):
        return Part(person=person.id, result=Result.BLOCKED)
    if taken is None:
        return Part(person=person.id, result=Result.UNSENT)
    return Part(person=person.id, result=Result.SILENT, after=_needed_until(night, notified) - notified, taken=in_time)


def _needed_until(night: Night, notified: datetime) -> datetime:
    """Until when an answer was wanted of whoever was told then."""
    answers = (r.at for r in night.records if r.at >= notified and isinstance(r.event, e.Accepted | e.Acknowledged))
    ends = (r.at for r in night.records if isinstance(r.event, e.Completed))
    return min((*answers, *ends), default=night.records[-1].at)
