"""The people whom alerts may reach."""

from msgspec import Struct

from core.state.person import Person


class Directory(Struct, frozen=True, kw_only=True):
    """Active supervisors and administrators, and the rest of the people around a task.

    The supervisors on duty (ids), the agents of the task at hand, and the supervisors' room, None where there is none.
    """

    supervisors: tuple[Person, ...] = ()
    admins: tuple[Person, ...] = ()
    assignees: tuple[Person, ...] = ()
    on_duty: frozenset[int] = frozenset()
    group: int | None = None

    def person(self, person_id: int) -> Person | None:
        """Somebody of them."""
        everybody = (*self.supervisors, *self.admins, *self.assignees)
        return next((person for person in everybody if person.id == person_id), None)
