"""Free agents: the one notion behind offers, *Asignar*, the lists, ``/plan`` and the API's nearest.

``storage.repositories.free`` asks the same of the database; a property test holds the two equal.
"""

from typing import assert_never

from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary.words import AssignmentState, Role


def is_free(person: Person, *, in_danger: bool, part: Assignment | None = None, again: bool = False) -> bool:
    """Whether an agent may be asked to go: no seat and no offer anywhere, not in danger, no refusal of this task.

    ``in_danger``: an open emergency is their own. ``again``: a time to answer that ran out is no refusal.
    """
    return person.role is Role.AGENT and person.free and not in_danger and not spoken_for(part, again=again)


def spoken_for(part: Assignment | None, *, again: bool = False) -> bool:
    """Whether this part says that its agent need not be asked: a refusal, an offer, a seat.

    What the desk or a supervisor withdrew is no refusal.
    """
    if part is None:
        return False
    match part.state:
        case AssignmentState.RELEASED:
            return False
        case AssignmentState.EXPIRED:
            return not again
        case AssignmentState.DECLINED | AssignmentState.OFFERED:
            return True
        case AssignmentState.ACCEPTED | AssignmentState.EN_ROUTE | AssignmentState.ON_SCENE:
            return True
        case _:
            assert_never(part.state)


def is_their_own(task: Task, person: int) -> bool:
    """Whether an open emergency is this person's: they reported it, or it is an alarm in their name. No drill is."""
    names = (task.reporter, task.alarm.person if task.alarm is not None else None)
    return task.urgent and not task.state.closed and person in names
