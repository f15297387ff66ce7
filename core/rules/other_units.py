"""Another unit's supervisor: they see every emergency and help with it, and its own unit hears what they decide.

They may ask agents, climb, note and correct without more. To answer it, to end it or to relieve who goes is its unit's
matter: it is done at once, nobody waits for a permission, and the unit's supervisors on duty are rung and read whose
act it was.
"""

from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.words import Role


def of_another_unit(person: Person | None, task: Task) -> bool:
    """Whether a supervisor of another unit, or of none, acts on a unit's emergency that they have no part in.

    Administrators lead every unit, and whoever reported it or goes to it acts on their own.
    """
    if person is None or person.role is not Role.SUPERVISOR or not task.emergency:
        return False
    part = task.part_of(person.id)
    own = task.reporter == person.id or (part is not None and part.state.holds)
    return task.unit is not None and person.unit != task.unit and not own


def takes_from_unit(events: tuple[e.TaskEvent, ...], person: Person | None, task: Task) -> bool:
    """Whether these events answer or end an emergency in the place of its own unit, or take one of the crew off it."""
    return of_another_unit(person, task) and any(
        isinstance(event, e.Acknowledged | e.Completed | e.Cancelled) or (isinstance(event, e.Released) and event.held)
        for event in events
    )
