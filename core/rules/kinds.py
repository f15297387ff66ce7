"""Kinds of work: which of the agency's own a report is, how many go then, and what its end needs."""

import re
from datetime import datetime

from core.rules.capabilities import asked_already
from core.rules.seats import fill
from core.rules.situation import Rules, Situation
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.folding import folded
from core.vocabulary.kinds import UNSAID, Classified, Classify, Work, WorkKind
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.seats import SeatsSet
from core.vocabulary.words import Priority, Role

_WORD = re.compile(r"\w+")


def named(rules: Rules, name: str) -> WorkKind | None:
    """The kind of this name, however it is written."""
    return next((kind for kind in rules.kinds if folded(kind.work.name) == folded(name)), None)


def said_in(rules: Rules, text: str) -> WorkKind | None:
    """The kind that is said first in a text, by its name or by one of its words; of two at one place the longer."""
    line = _line(text)
    found = [
        (line.find(phrase), -len(phrase), kind)
        for kind in rules.kinds
        for phrase in map(_line, (kind.work.name, *kind.words))
        if phrase.strip() and phrase in line
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None


def usual_priority(kind: WorkKind | None) -> Priority:
    """The priority of ordinary work of this kind, where nobody says another."""
    return (kind.priority if kind is not None else None) or Priority.MEDIUM


def of_emergency(rules: Rules, command: c.OpenEmergency) -> WorkKind | None:
    """The kind that the report's own words say; an alarm of the desk's has none."""
    return said_in(rules, command.title) if command.alarm is None else None


def seats_of(rules: Rules, command: c.OpenEmergency) -> int:
    """How many go: as the report says, or its kind, or the configuration."""
    kind = of_emergency(rules, command)
    return command.seats or (kind.seats if kind is not None else None) or rules.needs


def work_of(rules: Rules, kind: WorkKind | None) -> Work | None:
    """The kind as a new task keeps it; None where the agency has none of its own."""
    return (kind.work if kind is not None else UNSAID) if rules.kinds else None


def classify(situation: Situation, task: Task, command: Classify, now: datetime) -> tuple[e.TaskEvent, ...] | Refusal:
    """Say or correct the kind: reporter and supervisors. More seats are asked for at once; none is ever taken away.

    The ladder that climbs stays: the alert has left already.
    """
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if situation.caller.role < Role.SUPERVISOR and task.reporter != situation.caller.id:
        return Refusal(reason=Reason.NOT_YOURS, task=task.id)
    kind = named(situation.rules, command.work)
    if kind is None:
        return Refusal(reason=Reason.KIND, task=task.id)
    if task.work == kind.work:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    said, more = Classified(work=kind.work), more_seats(task, kind)
    if more is None:
        return (said,)
    wants = kind.work.capabilities
    grown = SeatsSet(seats=more, wants=wants or None, asked=asked_already(situation, task, wants))
    return (said, grown, *fill(situation, evolve(evolve(task, said, now), grown, now), now))


def more_seats(task: Task, kind: WorkKind | None) -> int | None:
    """How many go to a task once it is of this kind; None: no more than now."""
    if task.drill or kind is None or kind.seats is None or kind.seats <= task.seats:
        return None
    return kind.seats


def unproven(situation: Situation, task: Task) -> Refusal | None:
    """Refuse an agent's end of a kind that wants proof, as long as there is no evidence and no note."""
    if task.drill or task.work is None or not task.work.proof or task.notes > task.joined:
        return None
    return None if situation.caller.role >= Role.SUPERVISOR else Refusal(reason=Reason.PROOF, task=task.id)


def _line(text: str) -> str:
    return f" {' '.join(_WORD.findall(folded(text)))} "
