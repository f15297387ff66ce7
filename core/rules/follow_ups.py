"""Acts of the desk itself when a time has come: escalate, look whether an answer is followed, look for an agent."""

from datetime import datetime

from core.rules import escalation
from core.rules.escalation import climb, escalates, has_climbed_to
from core.rules.offers import more_offers
from core.rules.situation import Situation
from core.rules.timers import searching, watched
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState

Answer = tuple[e.TaskEvent, ...] | Refusal


def escalate_due(situation: Situation, task: Task, command: c.EscalateDue, now: datetime) -> Answer:
    """Escalate when no answer came in time, or when none of the notified can hear it.

    A broadcast does not begin anew while its last round is still leaving.
    """
    if not escalates(task):
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    if not command.silenced and situation.round_waits:
        return Refusal(reason=Reason.NOBODY_FREE, task=task.id)
    if not command.silenced:
        return _or_the_end(climb(task, situation.directory, now, Cause.TIME), task)
    if command.unheard is not None and (task.policy is None or task.step >= len(task.policy.steps)):
        # A broadcast that can't be said would otherwise be repeated without a pause.
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    if not task.notified or situation.others_hear:
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    return _or_the_end(climb(task, situation.directory, now, Cause.SILENCED), task)


def check_progress(situation: Situation, task: Task, command: c.CheckProgress, now: datetime) -> Answer:
    """An answer that nothing followed is none: the climb begins again. Each sign of progress put this check off."""
    if not watched(task):
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    return _or_the_end(climb(task, situation.directory, now, Cause.UNACKNOWLEDGED), task)


def search(situation: Situation, task: Task, command: c.Search, now: datetime) -> Answer:
    """Ask whoever is free by now; with nobody there, the search goes on.

    Where some go already, those who lead hear it once: the alert had stopped with the first yes.
    """
    if not searching(task):
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    asked = more_offers(situation, task, now)
    untold = task.owner is not None and not task.no_agent_left and task.acknowledged_at is None
    if not asked and untold and not task.offers:
        return _or_the_end(climb(task, situation.directory, now, Cause.NOBODY), task)
    return asked or Refusal(reason=Reason.NOBODY_FREE, task=task.id)


def tell_again(situation: Situation, task: Task, command: c.TellAgain) -> Answer:
    """Ring somebody who comes back for an offer that waits, or an alert whose steps so far would have told them."""
    person = situation.agent
    if person is None or not person.active or not person.reachable or task.hides_from(person.id):
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    waits = escalates(task) and has_climbed_to(task, person, on_duty=situation.on_duty)
    part = task.part_of(person.id)
    offered = part is not None and part.state is AssignmentState.OFFERED and not task.state.closed
    if not waits and not offered:
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    return (e.Reached(person=person.id, told=waits and not situation.told),)


def notify_more(situation: Situation, task: Task, command: n.NotifyMore) -> Answer:
    """Tell the next of those whom a step names, as long as nobody has answered."""
    more = escalation.notify_more(task, situation.directory)
    return (more,) if more is not None else Refusal(reason=Reason.ANSWERED, task=task.id)


def _or_the_end(events: tuple[e.TaskEvent, ...], task: Task) -> Answer:
    """A ladder of ordinary work may end; that of an emergency never does."""
    return events or Refusal(reason=Reason.NOBODY_FREE, task=task.id)
