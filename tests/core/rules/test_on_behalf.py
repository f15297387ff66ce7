"""On somebody's behalf: a supervisor notes what that person can say themselves, and nothing else (P9)."""

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import Caller, on_behalf
from core.rules.situation import Situation
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind, Membership, Role
from tests.core.stages import ANA, BETO, COMMANDS, DIRECTORY, NAMED, NOON, OF_THE_DESK, RITA, RULES, SARA, staged

OFFERED = e.Offered(agent=ANA.id, until=NOON)
STAGES: dict[str, tuple[e.TaskEvent, ...]] = {
    "asked": (OFFERED,),
    "going": (OFFERED, e.Accepted(agent=ANA.id), e.Started()),
    "there": (OFFERED, e.Accepted(agent=ANA.id), e.Started(), e.OnScene(agent=ANA.id)),
}
OWN = {"Accept", "Decline", "Depart", "Arrive", "Start", "Pause", "Resume", "Complete", "Undo"}
ASKED = {name: command for name, command in COMMANDS.items() if name not in OF_THE_DESK}


def answer(caller: Caller, command: c.TaskCommand, task: Task, agent: Person | None) -> object:
    return decide(Situation(caller=caller, rules=RULES, task=task, directory=DIRECTORY, agent=agent), command, NOON)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("stage", STAGES)
def test_p9_what_is_noted_counts_just_as_if_they_had_said_it_and_nothing_else_does(stage: str, name: str) -> None:
    task, command = staged(Kind.EMERGENCY, *STAGES[stage]), ASKED[name]
    themselves = Caller(person=ANA, role=ANA.role, via="chat")
    noted = answer(on_behalf(ANA, SARA), command, task, NAMED.get(name))
    if type(command).__name__ in OWN:
        assert noted == answer(themselves, command, task, NAMED.get(name))
    else:
        assert noted == Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR)


@pytest.mark.parametrize(
    "noter",
    [BETO, replace(SARA, role=Role.AGENT), replace(SARA, membership=Membership.DISABLED)],
    ids=["agent", "no supervisor any more", "shut out"],
)
def test_p9_nobody_but_a_supervisor_who_is_in_notes_for_another(noter: Person) -> None:
    refused = answer(on_behalf(ANA, noter), c.Accept(task=7), staged(Kind.EMERGENCY, OFFERED), None)
    assert refused == Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR)


def test_p14_nothing_is_noted_for_whoever_was_put_out() -> None:
    out = replace(ANA, membership=Membership.DISABLED)
    refused = answer(on_behalf(out, RITA), c.Accept(task=7), staged(Kind.EMERGENCY, OFFERED), None)
    assert refused == Refusal(reason=Reason.DISABLED)
