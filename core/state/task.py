"""A task, the agents' parts in it, and how an event changes it."""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from core.state.of_few import OfFew
from core.state.parts import Assignment, Telling, able, anywhere, asked, left_after, moved, since
from core.state.rounds import evolve_round
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import rounds as ro
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.alarms import Alarm
from core.vocabulary.codes import code_of, id_of
from core.vocabulary.dispositions import Disposed
from core.vocabulary.escalation_policy import Cause, EscalationPolicy
from core.vocabulary.kinds import Classified
from core.vocabulary.maydays import MaydayHeard
from core.vocabulary.places import Place
from core.vocabulary.words import AssignmentState, Kind, Priority, TaskState, TaskType

__all__ = ["Assignment", "Telling", "code_of", "id_of"]  # beside the task itself


class Task(OfFew, frozen=True, kw_only=True):
    """A piece of work as it stands after ``version`` events that its card shows.

    ``step`` is the next step of the ``policy``, which has run ``repetition`` times. The last ``climb`` is known by the
    version that it made, and has told so many (``notified``): who they are is kept beside the task. ``telling``: climbs
    that are not through with their people. ``answer_in_doubt``: it climbed although an agent has it, whose yes counts
    again with their next sign. ``no_agent_left``: it climbed because no agent was left, and nobody has said yes since.
    ``still_on``: it came late, and its reporter says that it is not over. ``acknowledged_via``: a program's token.
    ``seen_at``: the place is where the reporter was last seen, and that is when.

    ``earlier``: so many emergencies its reporter had open before it; ``program``: the token that reported it.
    ``joined``: so many later reports of theirs are part of it, the last since ``joined_at``; ``taken_from``: it was
    such a part of that one. ``quiet``: its reporter was put out; it rings nobody until taken up. ``seats``: so many go,
    and some of them want a capability (``wants``).
    """

    id: int
    kind: Kind
    type: TaskType
    priority: Priority
    title: str
    state: TaskState
    version: int
    opened_at: datetime
    sent_at: datetime
    reporter: int | None = None
    place: Place | None = None
    seen_at: datetime | None = None
    address: str | None = None
    assignments: tuple[Assignment, ...] = ()
    acknowledged_by: int | None = None
    acknowledged_at: datetime | None = None
    acknowledged_via: str = ""
    unit: int | None = None
    drill: bool = False
    alarm: Alarm | None = None
    policy: EscalationPolicy | None = None
    step: int = 0
    repetition: int = 0
    climb: int = 0
    notified: int = 0
    telling: tuple[Telling, ...] = ()
    answer_in_doubt: bool = False
    no_agent_left: bool = False
    escalations: int = 0
    notes: int = 0
    still_on: bool = False
    earlier: int = 0
    program: str | None = None
    taken_from: int | None = None
    joined: int = 0
    joined_at: datetime | None = None
    quiet: bool = False
    seats: int = 1
    closed_at: datetime | None = None

    @property
    def code(self) -> str:
        """The name that people use: ``T-000123``."""
        return code_of(self.id)

    @property
    def emergency(self) -> bool:
        """Whether this task has a ladder."""
        return self.kind is Kind.EMERGENCY

    @property
    def urgent(self) -> bool:
        """Whether nothing may stand in its way: an emergency that is no drill."""
        return self.emergency and not self.drill

    @property
    def alert(self) -> bool:
        """Whether somebody should take charge: an emergency, or work of which the ladder has told somebody.

        A step that reached nobody is no alert: nobody could take charge of what nobody was told.
        """
        told_a_room = self.policy is not None and self.policy.names_a_room(self.step)
        return self.emergency or self.escalations > 0 or bool(self.notified) or told_a_room

    @property
    def owner(self) -> Assignment | None:
        """The part of the agent who leads: the first who said yes of those who have a seat."""
        return next(iter(self.crew), None)

    @property
    def crew(self) -> tuple[Assignment, ...]:
        """The parts of the agents who have a seat, in the order in which they said yes."""
        return tuple(sorted((part for part in self.assignments if part.state.holds), key=since))

    @property
    def missing(self) -> int:
        """How many seats nobody has."""
        return max(self.seats - sum(part.state.holds for part in self.assignments), 0)

    @property
    def offers(self) -> tuple[Assignment, ...]:
        """The parts that wait for an agent's answer."""
        return tuple(part for part in self.assignments if part.state is AssignmentState.OFFERED)

    @property
    def silent(self) -> bool:
        """Whether nobody may hear of it who might give it away: people are told one by one, groups never."""
        return self.alarm is not None and self.alarm.silent

    def hides_from(self, person: int | None) -> bool:
        """Whether it is a silent alarm for this person, who may be watched."""
        return self.silent and self.alarm is not None and self.alarm.person == person

    def part_of(self, agent: int | None) -> Assignment | None:
        """This agent's part, whatever its state."""
        return next((part for part in self.assignments if part.agent == agent), None)


def opened(task_id: int, event: e.Opened, at: datetime) -> Task:
    """The task that an ``Opened`` event begins."""
    return Task(
        id=task_id,
        kind=event.kind,
        type=event.task_type,
        priority=event.priority,
        title=event.title,
        state=TaskState.SCHEDULED,
        version=1,
        opened_at=at,
        sent_at=event.sent_at,
        reporter=event.reporter,
        place=event.place,
        seen_at=event.seen_at,
        address=event.address,
        unit=event.unit,
        seats=event.seats,
        work=event.work,
        wants=event.work.capabilities[: event.seats] if event.work is not None else (),
        drill=event.drill,
        alarm=event.alarm,
        outside=event.outside,
        policy=event.policy,
        earlier=event.share.earlier if event.share is not None else 0,
        program=event.share.program if event.share is not None else None,
        taken_from=event.share.taken_from if event.share is not None else None,
    )


def evolve(task: Task, event: e.TaskEvent, at: datetime) -> Task:
    """The task after one more event; the only way in which a task changes.

    Raises:
        ValueError: a task that is there can't be opened again.
    """
    if isinstance(event, n.Notified):
        return _told_more(task, event)
    if isinstance(event, s.Counted):  # no press depends on it: the version stays
        return replace(task, earlier=event.earlier)
    in_doubt = task.answer_in_doubt and not isinstance(event, e.SIGNS)
    task = replace(task, version=task.version + 1, answer_in_doubt=in_doubt)
    match event:
        case e.Opened():
            raise ValueError(f"{task.code} is open already")
        case e.Offered():
            others = tuple(p for p in task.assignments if p.agent != event.agent)
            return replace(task, assignments=(*others, asked(event, at)), quiet=task.quiet and not event.by_hand)
        case e.Accepted():
            return replace(_move(task, event.agent, AssignmentState.ACCEPTED, at), no_agent_left=False, quiet=False)
        case e.Declined() | e.Expired():
            over = AssignmentState.DECLINED if isinstance(event, e.Declined) else AssignmentState.EXPIRED
            return _move(task, event.agent, over, at)
        case e.Released() | e.Vacated():
            return _move(task, event.agent, AssignmentState.RELEASED, at)
        case e.EnRoute() | e.OnScene():
            gone = AssignmentState.EN_ROUTE if isinstance(event, e.EnRoute) else AssignmentState.ON_SCENE
            return _move(task, event.agent, gone, at)
        case e.Started() | e.Resumed():
            return replace(task, state=TaskState.IN_PROGRESS)
        case e.Paused():
            return replace(task, state=TaskState.PAUSED)
        case e.Completed():
            return replace(task, state=TaskState.COMPLETED, closed_at=at, disposition=event.disposition)
        case Disposed():
            return replace(task, disposition=event.disposition)
        case Classified():
            return replace(task, work=event.work)
        case e.Cancelled():
            return replace(task, state=TaskState.CANCELLED, closed_at=at)
        case r.Reopened():
            return _reopened(task, event, at)
        case r.DeclineUndone():
            return replace(_move(task, event.agent, event.part, at), no_agent_left=False)
        case e.Acknowledged():
            charged = replace(task, acknowledged_by=event.person, acknowledged_at=at)
            return replace(charged, acknowledged_via=event.program, quiet=event.quiet)
        case e.Escalated():
            return _climbed(task, event)
        case e.Passed():
            return replace(task, step=event.step + 1, repetition=event.repetition)
        case e.Reached():
            return replace(task, notified=task.notified + 1) if event.told else task
        case e.Noted():
            return replace(task, notes=task.notes + 1, still_on=task.still_on or event.still_on)
        case e.Located():
            # How far away the agents were is how far from the place before.
            parts = task.assignments if event.place == task.place else tuple(map(anywhere, task.assignments))
            return replace(task, place=event.place, seen_at=None, address=event.address, assignments=parts)
        case a.ReporterOut() | MaydayHeard():
            return task  # who reported it is as before, and a Mayday is an emergency of its own
        case e.Revised():
            return replace(task, title=event.title or task.title, priority=event.priority or task.priority)
        case ro.RoundCalled() | ro.RoundMarked():
            return replace(task, round=evolve_round(task.round, event, at))
        case st.SeatsSet():
            parts = tuple(able(part, event) for part in task.assignments) if event.asked else task.assignments
            wants = task.wants if event.wants is None else event.wants
            return replace(task, seats=event.seats, wants=wants, assignments=parts)
        case st.Reserved():
            return _move(task, event.agent, AssignmentState.RELEASED, at, reserve=True)
        case s.ReportJoined():
            return replace(task, joined=task.joined + 1, joined_at=at, notes=task.notes + 1)
        case s.ReportTakenOut():
            return replace(task, joined=task.joined - 1, notes=task.notes - 1)
        case _:
            assert_never(event)


def answered(task: Task) -> bool:
    """Whether a person has it: somebody took charge of the alert, or an agent said yes and is not doubted."""
    return task.acknowledged_at is not None or (task.owner is not None and not task.answer_in_doubt)


def _climbed(task: Task, event: e.Escalated) -> Task:
    """An alert that climbs again after it was answered waits for another answer."""
    telling = () if answered(task) else task.telling
    return replace(
        task,
        climb=task.version,
        telling=(*telling, *left_after(event, task.version)),
        step=event.step + 1 if event.step is not None else task.step,
        repetition=event.repetition if event.step is not None else task.repetition,
        notified=len(event.notified),
        answer_in_doubt=task.owner is not None,
        no_agent_left=task.no_agent_left or event.cause is Cause.NOBODY,
        escalations=task.escalations + (event.cause not in (Cause.OPENED, Cause.REOPENED)),
        acknowledged_by=None,
        acknowledged_at=None,
        quiet=False,
    )


def _told_more(task: Task, event: n.Notified) -> Task:
    """No card shows how far the telling is: the version stays."""
    left = tuple(one for one in task.telling if one.climb != event.climb)
    fresh = len(event.people) if event.climb == task.climb else 0
    return replace(task, telling=(*left_after(event, event.climb), *left), notified=task.notified + fresh)


def _reopened(task: Task, event: r.Reopened, at: datetime) -> Task:
    """Open again; ``anew`` nobody has answered yet, and the ladder stands at its first step."""
    for agent in event.released:
        task = _move(task, agent, AssignmentState.RELEASED, at)
    task = replace(task, state=event.state, closed_at=None, disposition="", telling=(), quiet=False)
    if not event.anew:
        return task
    begun = replace(task, step=0, repetition=0, notified=0, answer_in_doubt=False, no_agent_left=False)
    return replace(begun, acknowledged_by=None, acknowledged_at=None)


def _move(task: Task, agent: int, state: AssignmentState, at: datetime, *, reserve: bool = False) -> Task:
    parts = tuple(moved(part, state, at, reserve=reserve) if part.agent == agent else part for part in task.assignments)
    return replace(task, assignments=parts)
