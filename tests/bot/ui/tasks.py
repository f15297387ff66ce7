"""Tasks, and who has to do with them, for the tests of what people see."""

from datetime import timedelta

from msgspec.structs import replace

from core.notifications.notifications import TaskContext
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary import events as e
from core.vocabulary.places import Place, Position
from core.vocabulary.words import AssignmentState, Kind, Membership, Priority, TaskState, TaskType
from tests.bot.ui.people import ANA, NOW, SONIA

PARK = Place(lat=-2.1862, lon=-79.8885)
JUAN = Person(id=5, account=500, name="Juan Pérez", username="juan", membership=Membership.ACTIVE)
BETO = replace(ANA, id=8, account=800, name="Beto Salas", username="beto")
PEOPLE = {person.id: person for person in (ANA, BETO, JUAN, SONIA)}

ROBBERY = Task(
    id=12,
    kind=Kind.EMERGENCY,
    type=TaskType.INTERVENTION,
    priority=Priority.CRITICAL,
    title="Robo en la farmacia",
    state=TaskState.SCHEDULED,
    version=4,
    opened_at=NOW,
    sent_at=NOW,
    reporter=JUAN.id,
    place=PARK,
    assignments=(
        Assignment(agent=ANA.id, state=AssignmentState.OFFERED, since=NOW, distance=350.0),
        Assignment(agent=BETO.id, state=AssignmentState.OFFERED, since=NOW, distance=1_240.0),
    ),
)
OPENED = e.Opened(
    kind=ROBBERY.kind, task_type=ROBBERY.type, priority=ROBBERY.priority, title=ROBBERY.title, sent_at=NOW
)
PATROL = replace(
    ROBBERY,
    id=13,
    kind=Kind.TASK,
    type=TaskType.PATROL,
    priority=Priority.HIGH,
    title="Patrullaje zona norte",
    place=None,
    address="Av. Amazonas y Colón",
    assignments=(Assignment(agent=ANA.id, state=AssignmentState.OFFERED, since=NOW, by=JUAN.id),),
)


def file_of(task: Task, *, caller: Person | None = None) -> TaskContext:
    """The task with its people; ``caller`` is who has just done something."""
    return TaskContext(task=task, people=PEOPLE, caller=caller.id if caller is not None else None)


def taken(task: Task, owner: Person = ANA, state: AssignmentState = AssignmentState.ACCEPTED) -> Task:
    """The task after the owner's yes: the others are released, an emergency begins."""
    parts = tuple(
        replace(part, state=state if part.agent == owner.id else AssignmentState.RELEASED, since=NOW)
        for part in task.assignments
    )
    begun = TaskState.IN_PROGRESS if task.emergency else task.state
    return replace(task, assignments=parts, state=begun)


def seen_at(person: Person, place: Place, *, minutes: float) -> Person:
    """The person, seen there so many minutes ago."""
    return replace(person, position=Position(place=place, at=NOW - timedelta(minutes=minutes)))
