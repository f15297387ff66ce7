"""Offers to somebody who calls for help: the question goes on to the next one at once."""

from core.rules.free import is_their_own
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c


def newly_in_danger(before: Task | None, task: Task) -> int | None:
    """The person whose emergency was opened or reopened just now; None where there is none."""
    person = task.alarm.person if task.alarm is not None else task.reporter
    if person is None or (before is not None and not before.state.closed):
        return None
    return person if is_their_own(task, person) else None


def offers_left(person: Person | None) -> tuple[c.ExpireOffer, ...]:
    """The offer that still waits for somebody who is in danger; what they accepted stays theirs."""
    if person is None or person.hold is None:
        return ()
    return (c.ExpireOffer(task=person.hold, agent=person.id, in_danger=True),)
