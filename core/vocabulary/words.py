"""The words of the desk: every closed set of values that the rules speak in.

Values are what is stored and what the HTTP API shows; what people read comes from the message catalogue.
"""

from enum import IntEnum, StrEnum


class Role(IntEnum):
    """Level of a person's rights; each role includes the one below."""

    AGENT = 1
    SUPERVISOR = 2
    ADMIN = 3


class Membership(StrEnum):
    """Whether the desk knows a person. ``FROZEN``: out, until an administrator confirms or lifts it."""

    PENDING = "pending"
    ACTIVE = "active"
    DISABLED = "disabled"
    FROZEN = "frozen"
    FORGOTTEN = "forgotten"


class Availability(StrEnum):
    """Whether an agent can be sent somewhere. Only ``AVAILABLE`` agents are offered emergencies."""

    AVAILABLE = "available"
    ON_TASK = "on_task"
    OFF_DUTY = "off_duty"
    UNAVAILABLE = "unavailable"


class Kind(StrEnum):
    """A piece of work, or an emergency: work that has a ladder and never ends in silence."""

    TASK = "task"
    EMERGENCY = "emergency"


class TaskType(StrEnum):
    """Kinds of work."""

    PATROL = "patrol"
    INVESTIGATION = "investigation"
    SURVEILLANCE = "surveillance"
    INTERVENTION = "intervention"
    ADMINISTRATIVE = "administrative"
    TRAINING = "training"


class Priority(IntEnum):
    """The importance of a task, in order."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    URGENT = 4
    CRITICAL = 5


class TaskState(StrEnum):
    """The state of a task."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def closed(self) -> bool:
        """Nothing can be done on a closed task any more."""
        return self in (TaskState.COMPLETED, TaskState.CANCELLED)


class AssignmentState(StrEnum):
    """The state of one agent's part in one task."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    RELEASED = "released"

    @property
    def holds(self) -> bool:
        """The agent has said yes and is not done: the task is theirs."""
        return self in (AssignmentState.ACCEPTED, AssignmentState.EN_ROUTE, AssignmentState.ON_SCENE)

    @property
    def waits(self) -> bool:
        """The agent was asked and has not answered."""
        return self is AssignmentState.OFFERED


class Lane(IntEnum):
    """The urgency of a message. Starts at 1, so that no lane is falsy."""

    EMERGENCY = 1
    ACTION = 2
    ROUTINE = 3
