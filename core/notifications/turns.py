"""Turns: in which order messages of one lane leave when there are more than the limits let out (P5).

First of each emergency: whoever may go, whoever reported it or answers for it, the rooms, and the first of those whom
its step names. Then one more of each emergency's step at a time, so that a new emergency's first comes before an older
one's fiftieth. Then what stands beside their cards (pins, notes), and at last the copies of a broadcast. Silent changes
of a crowd's cards go by the same order, behind the answers to those who ask something.

Fair shares: of each of these kinds, what is about somebody's later emergency leaves after all that is about the first
ones of others. What joined an emergency leaves after its card, and changes of the card that only count it after all.
"""

from collections.abc import Iterator
from itertools import count

from msgspec.structs import replace

from core.notifications.notifications import Notification, TaskContext, Topic, task_notifications
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.shares import ReportJoined
from core.vocabulary.words import AssignmentState, Lane

FIRST = 0
NEXT = 1
CROWD = 10  # silent changes that leave before routine messages; those of a crowd are routine
BESIDE = 100_000  # more than a step ever names
COPIES = 2 * BESIDE
BESIDE_COPIES = 3 * BESIDE
LATER = BESIDE // 2  # the upper half of each kind
COUNTED = 4 * BESIDE


def in_turn(events: tuple[e.TaskEvent, ...], file: TaskContext, *, said: int = 0) -> Iterator[Notification]:
    """The notifications about a task, each with its turn; ``said``: so many of a crowd had theirs before."""
    task = file.task
    rounds, beside, silent = count(FIRST + said), count(FIRST + said), count(NEXT + said)
    later = LATER if task.earlier and task.urgent else 0
    for one in task_notifications(events, file):
        near, lane = one.reader is None or _has_part(task, one.reader.id), one.lane
        if one.counts:
            turn = COUNTED
        elif one.topic is Topic.NOTE and isinstance(one.event, ReportJoined):
            turn = next(beside) + BESIDE + LATER - later
        elif near:
            turn = FIRST if one.topic is Topic.CARD else NEXT
        elif one.topic is not Topic.CARD:
            # Never before the card that it stands beside, which a broadcast may be about to bring.
            turn = next(beside) + (BESIDE_COPIES if _past_its_steps(task) else BESIDE)
        elif not one.notify:
            turn = next(silent)
            lane = lane if turn <= CROWD else Lane.ROUTINE
        else:
            turn = next(rounds)
            turn += COPIES if turn > FIRST and _repeats(one.event) else FIRST
        turn += later
        yield replace(one, turn=turn, lane=lane) if turn else one


def _has_part(task: Task, person: int) -> bool:
    """Whether the person reported it, answers for it, goes, or is asked to go."""
    part = task.part_of(person)
    asked = part is not None and (part.state.holds or part.state is AssignmentState.OFFERED)
    return asked or person in (task.reporter, task.acknowledged_by)


def _repeats(event: e.AnyEvent | None) -> bool:
    """Whether it is told to everybody because the steps had their time."""
    if not isinstance(event, e.Escalated | n.Notified):
        return False
    return event.step is None and event.cause in (Cause.TIME, Cause.SILENCED)


def _past_its_steps(task: Task) -> bool:
    return task.policy is not None and task.step >= len(task.policy.steps)
