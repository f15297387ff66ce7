"""Mayday: whoever is on scene calls for help for themselves. Pure."""

from core.rules.situation import Situation
from core.state.task import Task
from core.vocabulary import checkin_events as k
from core.vocabulary.alarms import UNANSWERED
from core.vocabulary.maydays import MaydayHeard, TellCrew
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState


def is_on(task: Task, person: int) -> bool:
    """Whether the person has a seat in this open task; a drill asks nobody to be anywhere."""
    part = task.part_of(person)
    return part is not None and part.state.holds and not task.state.closed and not task.drill


def on_scene(task: Task) -> tuple[int, ...]:
    """The agents who are at the place of an open task."""
    there = (part.agent for part in task.crew if part.state is AssignmentState.ON_SCENE)
    return tuple(agent for agent in there if is_on(task, agent))


def call(situation: Situation) -> tuple[k.MaydayCalled, ...] | Refusal:
    """One open emergency for one call; an alarm for want of an answer climbs, for now they have spoken."""
    raised, task = situation.raised, situation.task
    if raised is not None and raised.alarm is not None and raised.alarm.trigger not in UNANSWERED:
        return Refusal(reason=Reason.DUPLICATE, task=raised.id)
    return (k.MaydayCalled(task=task.id if task is not None else None),)


def tell_crew(situation: Situation, task: Task, command: TellCrew) -> tuple[MaydayHeard, ...] | Refusal:
    """The caller's Mayday, on the card of those who go and those who lead."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    caller = situation.caller.id
    if caller is None or not is_on(task, caller):
        return Refusal(reason=Reason.NOT_YOURS, task=task.id)
    return (MaydayHeard(agent=caller, alarm=command.alarm),)
