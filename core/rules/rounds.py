"""Rounds: is everybody on scene well? Who may be asked, and who still is. Pure."""

from core.rules.maydays import on_scene
from core.state.task import Task
from core.vocabulary import rounds as ro
from core.vocabulary.checkin_commands import AskRound
from core.vocabulary.refusals import Reason, Refusal


def call(task: Task) -> tuple[ro.RoundCalled, ...] | Refusal:
    """Ask all who are on scene; never on a silent alarm, where a phone that rings may harm."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if task.silent:
        return Refusal(reason=Reason.SILENT, task=task.id)
    people = on_scene(task)
    if not people:
        return Refusal(reason=Reason.NOBODY_ON_SCENE, task=task.id)
    return (ro.RoundCalled(people=people),)


def mark(task: Task, command: ro.MarkRound) -> tuple[ro.RoundMarked, ...] | Refusal:
    """Keep the word of somebody who was asked."""
    asked = task.round.answers if task.round is not None else ()
    if not any(one.agent == command.agent and one.word is not command.word for one in asked):
        return Refusal(reason=Reason.ALREADY, task=task.id)
    return (ro.RoundMarked(agent=command.agent, word=command.word),)


def asks_of(events: tuple[object, ...], task: Task) -> tuple[AskRound, ...]:
    """The questions that a round sends out."""
    called = (event for event in events if isinstance(event, ro.RoundCalled))
    return tuple(AskRound(person=one, task=task.id) for event in called for one in event.people)
