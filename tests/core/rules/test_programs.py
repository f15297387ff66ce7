"""A person ends an emergency: a program answers or closes one in somebody's name alone, whom the desk can ring."""

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import Caller, Program, caller_of, may_see, via_program
from core.rules.situation import Situation
from core.state.person import Person
from core.state.task import Task, answered, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.dispositions import Dispose
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.seats import Reinforce, SeatsSet
from core.vocabulary.words import Kind, Membership, TaskState
from tests.core.stages import ADA, ANA, BETO, COMMANDS, DIRECTORY, NAMED, NOON, OF_THE_DESK, RITA, RULES, SARA, staged

RADIO = Program(name="radio")
ALONE = Caller(via=via_program(RADIO), program=RADIO)
OFFERED = e.Offered(agent=ANA.id, until=NOON)
TAKEN = (OFFERED, e.Accepted(agent=ANA.id))
STAGES: dict[str, tuple[e.TaskEvent, ...]] = {
    "nobody": (),
    "asked": (OFFERED,),
    "taken": TAKEN,
    "on scene": (*TAKEN, e.Started(), e.OnScene(agent=ANA.id)),
    "in doubt": (*TAKEN, e.Started(), e.Escalated(step=1, cause=Cause.TIME)),
    "charged": (OFFERED, e.Acknowledged(person=SARA.id)),
}
ASKED = {name: command for name, command in COMMANDS.items() if name not in OF_THE_DESK}
ENDS = (c.Acknowledge(task=7), c.Complete(task=7), c.Cancel(task=7))


def speaking_for(person: Person) -> Caller:
    return replace(caller_of(person), via=ALONE.via, program=RADIO)


def after(caller: Caller, command: c.TaskCommand, task: Task, agent: Person | None = None) -> Task | Refusal:
    """The task as the command leaves it."""
    situation = Situation(caller=caller, rules=RULES, task=task, directory=DIRECTORY, agent=agent)
    decision = decide(situation, command, NOON)
    if isinstance(decision, Refusal):
        return decision
    for event in decision:
        assert not isinstance(event, e.PersonEvent)
        task = evolve(task, event, NOON)
    return task


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("stage", STAGES)
def test_whatever_a_program_alone_sends_an_emergency_is_neither_answered_nor_over(stage: str, name: str) -> None:
    task = staged(Kind.EMERGENCY, *STAGES[stage])
    left = after(ALONE, ASKED[name], task, NAMED.get(name))
    if isinstance(left, Task):
        assert not left.state.closed
        assert answered(left) <= answered(task)


@pytest.mark.parametrize("named", [False, True])
def test_p9_fewer_go_and_an_end_is_said_otherwise_by_a_person_alone(*, named: bool) -> None:
    """A program that says one is enough of three would end the search in nobody's name."""
    more = staged(Kind.EMERGENCY, *TAKEN, SeatsSet(seats=3))
    over = staged(Kind.EMERGENCY, *TAKEN, e.Completed(disposition="resolved"))
    caller = speaking_for(SARA) if named else ALONE
    said = [after(caller, Reinforce(task=7, seats=1, fewer=True), more)]
    said.append(after(caller, Dispose(task=7, disposition="false_alarm"), over))
    if named:
        assert all(isinstance(one, Task) for one in said)
    else:
        assert said == [Refusal(reason=Reason.NEEDS_PERSON, task=7)] * 2
    assert isinstance(after(ALONE, Reinforce(task=7, seats=4, fewer=True), more), Task), "more may come from anybody"


@pytest.mark.parametrize("command", ENDS)
def test_it_is_told_to_name_a_person_and_of_routine_work_it_may_end_its_own_way(command: c.TaskCommand) -> None:
    refusal = after(ALONE, command, staged(Kind.EMERGENCY))
    assert refusal == Refusal(reason=Reason.NEEDS_PERSON, task=7)
    routine = after(ALONE, command, staged(Kind.TASK, e.Escalated(step=0, cause=Cause.TIME, notified=(SARA.id,))))
    assert isinstance(routine, Task)
    assert routine.state.closed or routine.acknowledged_via == "radio"


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (replace(SARA, membership=Membership.DISABLED), Reason.DISABLED),
        (replace(ADA, membership=Membership.PENDING), Reason.DISABLED),
        (replace(SARA, reachable=False), Reason.UNREACHABLE),
        (BETO, Reason.ABOVE_ROLE),
    ],
)
@pytest.mark.parametrize("command", [c.Acknowledge(task=7), c.Cancel(task=7)])
def test_p9_whom_it_names_is_somebody_who_may_and_can_be_rung(
    person: Person, reason: Reason, command: c.TaskCommand
) -> None:
    refusal = after(speaking_for(person), command, staged(Kind.EMERGENCY))
    assert isinstance(refusal, Refusal)
    assert refusal.reason is reason


def test_in_somebodys_name_it_is_done_with_both_names() -> None:
    task = staged(Kind.EMERGENCY, *TAKEN)
    charged = after(speaking_for(SARA), c.Acknowledge(task=7), task)
    assert isinstance(charged, Task)
    assert (charged.acknowledged_by, charged.acknowledged_via) == (SARA.id, "radio")
    for person, command, state in (
        (ANA, c.Complete(task=7), TaskState.COMPLETED),
        (RITA, c.Cancel(task=7), TaskState.CANCELLED),
    ):
        ended = after(speaking_for(person), command, task)
        assert isinstance(ended, Task)
        assert ended.state is state


@pytest.mark.parametrize("caller", [ALONE, *map(speaking_for, (RITA, SARA, ADA))])
def test_p9_there_is_no_silent_alarm_for_a_program_unless_its_token_says_so(caller: Caller) -> None:
    silent = replace(staged(Kind.EMERGENCY), reporter=None, alarm=Alarm(trigger=Trigger.DURESS, person=RITA.id))
    loud = replace(silent, alarm=Alarm(trigger=Trigger.HELP, person=RITA.id))
    trusted = replace(caller, program=Program(name="radio", sees_silent=True))
    assert not may_see(caller, silent)
    assert may_see(trusted, silent) == (caller.role > RITA.role)
    assert may_see(caller, loud) == (caller.role > RITA.role)
