"""Escalations of alerts: each step and why, what was passed, and silence, of which there must be none (P4)."""

from itertools import product

from prometheus_client import CollectorRegistry, Counter

from core.desk.committed import Happened
from core.desk.ports import Record
from core.rules.permissions import DESK
from core.state.task import answered
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause, Unreached

# The configuration may have more steps: those beyond are told together, for a label has few values.
STEPS = ("1", "2", "3", "4", "5", "6")
LATER, BROADCAST = "later", "broadcast"


class EscalationInstruments:
    """Counts what ladders do, of everything but drills and silent alarms."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._escalations = Counter(
            "gad_escalations",
            "Times that an alert notified people, by the step of its ladder (broadcast: everybody) and by the cause",
            ["step", "cause"],
            registry=registry,
        )
        self._passed = Counter(
            "gad_steps_passed", "Steps of a ladder that reached nobody, by the reason", ["reason"], registry=registry
        )
        self._silent_ends = Counter(
            "gad_silent_ends",
            "Emergencies that stopped climbing, or were closed by the desk itself, before any person answered: none",
            registry=registry,
        )
        for step, cause in product((*STEPS, LATER, BROADCAST), Cause):
            self._escalations.labels(step, cause)
        for reason in Unreached:
            self._passed.labels(reason)

    def happened(self, happened: Happened) -> None:
        """Something was committed."""
        for record in happened.records:
            match record.event:
                case e.Escalated(step=step, cause=cause):
                    self._escalations.labels(step_name(step), cause).inc()
                case e.Passed(why=why):
                    self._passed.labels(why).inc()
                case _:  # no other event is a ladder's
                    pass
        self._silent_ends.inc(ends_silently(happened))


def step_name(step: int | None) -> str:
    """The label of a step, counted from 1 as people do; None is the broadcast."""
    if step is None:
        return BROADCAST
    return STEPS[step] if step < len(STEPS) else LATER


def ends_silently(happened: Happened) -> bool:
    """Whether nobody will hear of an emergency any more that no person has answered."""
    task = happened.task
    if not task.urgent or answered(task):
        return False
    if task.state.closed:
        return any(isinstance(each.event, e.Cancelled | e.Completed) and _by_nobody(each) for each in happened.records)
    climbs = [each.event for each in happened.records if isinstance(each.event, e.Escalated | e.Passed)]
    last = climbs[-1] if climbs else None
    return isinstance(last, e.Escalated) and last.next_at is None and last.after is None


def _by_nobody(record: Record) -> bool:
    """The desk did it by itself; an answer that came in time and was read late is a person's."""
    in_time = isinstance(record.event, e.Cancelled) and record.event.in_time
    return record.by is None and record.via == DESK.via and not in_time
