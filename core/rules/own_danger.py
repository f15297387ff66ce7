"""Offers to somebody who calls for help: the question goes on to the next one at once."""

from core.rules.free import is_their_own
from core.rules.situation import Situation
from core.state.task import Task
from core.vocabulary import commands as c


def offers_left(before: Task | None, task: Task, situation: Situation) -> tuple[c.ExpireOffer, ...]:
    """The offer that still waits for whoever this new emergency is about; what they accepted stays theirs."""
    person = situation.agent if task.alarm is not None else situation.caller.person
    if before is not None or person is None or person.hold is None:
        return ()
    if not is_their_own(task, person.id):
        return ()
    return (c.ExpireOffer(task=person.hold, agent=person.id, in_danger=True),)
