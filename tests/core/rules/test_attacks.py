"""Agents without a seat, and people who should not know: what each command answers them at each stage (P9)."""

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.situation import Situation
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import seats as st
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.dispositions import RESOLVED
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind
from tests.core.stages import ADA, ANA, BETO, CARLA, COMMANDS, NAMED, NOON, OF_THE_DESK, SARA, situation, staged

ASKED = {name: command for name, command in COMMANDS.items() if name not in OF_THE_DESK and name != "crew"}
GOES = (e.Offered(agent=ANA.id, until=NOON), e.Accepted(agent=ANA.id), e.Started(), e.OnScene(agent=ANA.id))
TWO_GO = (
    *GOES,
    st.SeatsSet(seats=2, called=True),
    e.Offered(agent=BETO.id, until=NOON),
    e.Accepted(agent=BETO.id),
)
RELIEVED = (*TWO_GO, e.Released(agent=BETO.id, held=True), st.SeatsSet(seats=1))
IN_RESERVE = (
    *GOES,
    st.SeatsSet(seats=2, called=True),
    e.Offered(agent=BETO.id, until=NOON),
    st.Reserved(agent=BETO.id),
)
SENT_BACK = (*TWO_GO, e.Declined(agent=BETO.id, held=True))
STAGES: dict[str, tuple[e.TaskEvent, ...]] = {
    "relieved": RELIEVED,
    "in reserve": IN_RESERVE,
    "gave up": SENT_BACK,
    "relieved, and it is over": (*RELIEVED, e.Completed(disposition=RESOLVED)),
    "in reserve, and it is over": (*IN_RESERVE, e.Completed(disposition=RESOLVED)),
}
# Left to an agent without a seat: to say that they can go after all, or can't, and to add what they know.
LEFT = {"accept", "decline", "note"}


def decided(caller: Person, command: c.TaskCommand, task: Task, name: str) -> tuple[e.AnyEvent, ...] | Refusal:
    return decide(situation(caller, task, agent=NAMED.get(name)), command, NOON)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ASKED)
def test_p9_an_agent_without_a_seat_changes_nothing_but_their_own_answer(stage: str, name: str) -> None:
    task = staged(Kind.EMERGENCY, *STAGES[stage])
    found = decided(BETO, ASKED[name], task, name)
    assert isinstance(found, Refusal) or name in LEFT, found
    if not isinstance(found, Refusal):
        assert not any(isinstance(event, st.SeatsSet | e.Completed | e.Cancelled | e.Escalated) for event in found)
        assert {event.agent for event in found if isinstance(event, e.Accepted | e.Declined | st.Reserved)} <= {BETO.id}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ASKED)
def test_p9_an_agent_who_was_never_asked_reads_and_changes_nothing(stage: str, name: str) -> None:
    found = decided(CARLA, ASKED[name], staged(Kind.EMERGENCY, *STAGES[stage]), name)
    assert isinstance(found, Refusal), found
    assert found.reason in (Reason.NOT_YOURS, Reason.ABOVE_ROLE), found
    assert (found.person, found.at, found.state) == (None, None, None), "nothing about it is said"


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("who", [SARA, ADA])
def test_p9_a_silent_alarm_is_to_its_own_supervisor_as_if_it_were_not(who: Person, name: str) -> None:
    alarm = Alarm(trigger=Trigger.DURESS, person=who.id)
    task = replace(staged(Kind.EMERGENCY, *TWO_GO), reporter=None, alarm=alarm)
    assert task.silent
    there, nowhere = (
        decide(Situation(caller=about.caller, rules=about.rules, task=about.task), ASKED[name], NOON)
        for about in (situation(who, task), situation(who, None))
    )
    assert there == nowhere == Refusal(reason=Reason.UNKNOWN_TASK, task=7)
