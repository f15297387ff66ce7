"""The buttons say what the rules say: a button that is shown works, one that is not would be refused."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.queries.allowed_actions import allowed_actions
from core.rules.decide import decide
from core.rules.permissions import caller_of
from core.rules.situation import Rules, Situation
from core.state.directory import Deserted
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary import commands as c
from core.vocabulary.refusals import Refusal
from core.vocabulary.words import AssignmentState, Availability, Kind, Membership, Priority, Role, TaskState, TaskType

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
AGENT = Person(id=7, account=700, name="Ana", membership=Membership.ACTIVE)
OTHER = replace(AGENT, id=8, account=800, name="Beto", availability=Availability.AVAILABLE)
BOSS = replace(AGENT, id=2, account=200, name="Sara", role=Role.SUPERVISOR)
EMERGENCY = Task(
    id=12,
    kind=Kind.EMERGENCY,
    type=TaskType.INTERVENTION,
    priority=Priority.CRITICAL,
    title="Robo",
    state=TaskState.SCHEDULED,
    version=3,
    opened_at=NOW,
    sent_at=NOW,
    reporter=5,
)
COMMANDS: tuple[c.TaskCommand, ...] = (
    c.Accept(task=12),
    c.Decline(task=12),
    c.Depart(task=12),
    c.Arrive(task=12),
    c.Start(task=12),
    c.Pause(task=12),
    c.Resume(task=12),
    c.Complete(task=12),
    c.Acknowledge(task=12),
    c.Escalate(task=12),
    c.Cancel(task=12),
    c.Assign(task=12, agent=OTHER.id),
    c.AddNote(task=12, text="Visto"),
)
WORK = replace(EMERGENCY, kind=Kind.TASK, type=TaskType.PATROL, priority=Priority.MEDIUM)


def with_part(task: Task, state: AssignmentState, agent: int = AGENT.id) -> Task:
    return replace(task, assignments=(Assignment(agent=agent, state=state, since=NOW),))


def test_an_offer_can_be_taken_or_left() -> None:
    asked = allowed_actions(with_part(EMERGENCY, AssignmentState.OFFERED), AGENT, NOW)
    assert {c.Accept, c.Decline} <= asked
    assert not asked & {c.Acknowledge, c.Assign, c.Cancel}


def test_what_another_took_can_not_be_taken_any_more() -> None:
    taken = replace(
        EMERGENCY,
        state=TaskState.IN_PROGRESS,
        assignments=(
            Assignment(agent=AGENT.id, state=AssignmentState.RELEASED, since=NOW),
            Assignment(agent=OTHER.id, state=AssignmentState.ACCEPTED, since=NOW),
        ),
    )
    assert allowed_actions(taken, AGENT, NOW) == {c.AddNote}


def test_a_late_yes_is_welcome_while_nobody_goes() -> None:
    for state in (AssignmentState.EXPIRED, AssignmentState.DECLINED):
        allowed = allowed_actions(with_part(EMERGENCY, state), AGENT, NOW)
        assert c.Accept in allowed
        assert (c.Decline in allowed) == (state is AssignmentState.EXPIRED), "a no that comes late is a no"


def test_whoever_is_in_another_emergency_is_not_shown_a_yes() -> None:
    busy = replace(AGENT, hold=99)
    assert c.Accept not in allowed_actions(with_part(EMERGENCY, AssignmentState.OFFERED), busy, NOW)


def test_an_emergency_is_never_paused() -> None:
    going = replace(with_part(EMERGENCY, AssignmentState.ACCEPTED), state=TaskState.IN_PROGRESS)
    assert c.Pause not in allowed_actions(going, AGENT, NOW)
    assert c.Pause in allowed_actions(replace(going, kind=Kind.TASK), AGENT, NOW)


def test_supervisors_and_their_group_see_the_same_openings_of_an_alert() -> None:
    for reader in (BOSS, None):
        assert {c.Acknowledge, c.Assign, c.Escalate, c.Cancel} <= allowed_actions(EMERGENCY, reader, NOW)
    acknowledged = replace(EMERGENCY, acknowledged_at=NOW, acknowledged_by=BOSS.id)
    assert c.Acknowledge not in allowed_actions(acknowledged, BOSS, NOW)


def test_a_reporter_may_withdraw_their_own_report() -> None:
    assert {c.Cancel, c.Escalate} <= allowed_actions(replace(WORK, reporter=AGENT.id), AGENT, NOW)
    assert allowed_actions(WORK, AGENT, NOW) == frozenset()


def test_a_closed_task_takes_notes_alone() -> None:
    for state in (TaskState.COMPLETED, TaskState.CANCELLED):
        closed = replace(with_part(EMERGENCY, AssignmentState.ACCEPTED), state=state, closed_at=NOW)
        assert allowed_actions(closed, AGENT, NOW) == {c.AddNote}


@given(
    st.sampled_from([WORK, EMERGENCY]),
    st.sampled_from(TaskState),
    st.sampled_from(AssignmentState),
    st.sampled_from([AGENT, BOSS, replace(AGENT, hold=99), replace(AGENT, hold=12)]),
    st.timedeltas(timedelta(0), timedelta(days=1)),
)
def test_p9_what_is_shown_is_exactly_what_would_be_accepted(
    task: Task, state: TaskState, part: AssignmentState, reader: Person, later: timedelta
) -> None:
    task = replace(with_part(task, part), state=state, closed_at=NOW if state.closed else None)
    situation = Situation(caller=caller_of(reader), rules=Rules(), task=task, agent=OTHER, directory=Deserted())
    allowed = allowed_actions(task, reader, NOW + later)
    for command in COMMANDS:
        answer = decide(situation, command, NOW + later)
        assert (type(command) in allowed) is not isinstance(answer, Refusal)
