"""Acts that are taken back, whole: the state of before, who has it again, and a no that names who is in the way."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.situation import Act
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState, Kind, TaskState
from tests.core import teams
from tests.core.rules.test_every_step import STAGES
from tests.core.stages import ANA, BETO, DIRECTORY, NOON, SARA, situation

LATER = NOON + timedelta(seconds=5)
PAUSED, RUNNING, OFFERED = (STAGES[Kind.TASK][name] for name in ("paused", "running", "offered"))
ASKED, TAKEN = (STAGES[Kind.EMERGENCY][name] for name in ("asked", "taken"))
NO = e.Declined(agent=ANA.id, was=AssignmentState.OFFERED)
GAVE_BACK = e.Declined(agent=ANA.id, held=True, was=AssignmentState.EN_ROUTE)


def undone(
    who: Person, event: e.Completed | e.Cancelled | e.Declined, task: Task, *, seconds: float = 5
) -> tuple[e.TaskEvent, ...] | Refusal:
    """The answer to *Deshacer*, so many seconds after the act."""
    act = Act(event=event, at=NOON)
    return decide(situation(who, task, act=act), c.Undo(task=7), NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize("was", [TaskState.PAUSED, TaskState.IN_PROGRESS, TaskState.SCHEDULED])
def test_an_end_that_is_taken_back_leaves_the_state_of_before(was: TaskState) -> None:
    for event in (e.Completed(was=was), e.Cancelled(was=was)):
        ended = evolve(replace(PAUSED, state=was), event, NOON)
        assert undone(SARA, event, ended) == (r.Reopened(state=was, undone=True, had=(ANA.id,)),)
    old = e.Completed()
    again = undone(SARA, old, evolve(PAUSED, old, NOON))
    assert again == (r.Reopened(state=TaskState.IN_PROGRESS, undone=True, had=(ANA.id,)),), "as an old record has it"


@pytest.mark.parametrize(
    ("who", "event", "task", "said"),
    [
        (ANA, NO, evolve(OFFERED, NO, NOON), (r.DeclineUndone(agent=ANA.id, part=AssignmentState.OFFERED),)),
        (
            ANA,
            NO,
            evolve(ASKED, NO, NOON),
            (r.DeclineUndone(agent=ANA.id, part=AssignmentState.OFFERED, until=LATER + timedelta(seconds=45)),),
        ),
        (
            ANA,
            GAVE_BACK,
            evolve(evolve(TAKEN, GAVE_BACK, NOON), e.Offered(agent=BETO.id), NOON),
            (r.DeclineUndone(agent=ANA.id, part=AssignmentState.EN_ROUTE), e.Released(agent=BETO.id)),
        ),
        (ANA, NO, evolve(ASKED, e.Cancelled(), NOON), Refusal(reason=Reason.CLOSED, task=7, state=TaskState.CANCELLED)),
        (ANA, NO, ASKED, Refusal(reason=Reason.ALREADY, task=7)),
        (replace(ANA, hold=99), NO, evolve(ASKED, NO, NOON), Refusal(reason=Reason.AGENT_BUSY, person=ANA.id)),
        (
            ANA,
            NO,
            evolve(evolve(ASKED, NO, NOON), e.Accepted(agent=BETO.id), NOON),
            Refusal(reason=Reason.TAKEN, task=7, person=BETO.id, at=NOON),
        ),
        (SARA, e.Completed(), RUNNING, Refusal(reason=Reason.ALREADY, task=7)),
    ],
)
def test_a_no_that_is_taken_back_is_as_if_it_had_not_been(
    who: Person, event: e.Completed | e.Declined, task: Task, said: object
) -> None:
    assert undone(who, event, task) == said


@pytest.mark.parametrize(("seconds", "over"), [(10, False), (10.001, True)])
def test_ten_seconds_long_it_may_be_taken_back(seconds: float, over: bool) -> None:
    event = e.Completed(was=TaskState.PAUSED)
    decision = undone(SARA, event, evolve(PAUSED, event, NOON), seconds=seconds)
    assert (decision == Refusal(reason=Reason.UNDO_OVER, task=7)) is over


@pytest.mark.parametrize(("hours", "over"), [(24, False), (24.001, True)])
def test_a_day_long_it_may_be_reopened(hours: float, over: bool) -> None:
    ended = evolve(PAUSED, e.Completed(), NOON)
    decision = decide(situation(SARA, ended), c.Reopen(task=7), NOON + timedelta(hours=hours))
    assert (decision == Refusal(reason=Reason.REOPEN_OVER, task=7)) is over
    drill = decide(situation(SARA, replace(ended, drill=True)), c.Reopen(task=7), LATER)
    assert drill == Refusal(reason=Reason.DRILL_OVER, task=7)
    assert decide(situation(SARA, PAUSED), c.Reopen(task=7), LATER) == Refusal(reason=Reason.ALREADY, task=7)


def test_of_two_who_had_it_the_one_who_can_go_is_asked() -> None:
    both = evolve(evolve(replace(RUNNING, seats=2), e.Offered(agent=BETO.id), NOON), e.Accepted(agent=BETO.id), NOON)
    ended = evolve(both, e.Completed(), NOON)
    unfit = replace(DIRECTORY, assignees=(replace(ANA, reachable=False), BETO))
    _, *asked = decide(replace(situation(SARA, ended), directory=unfit), c.Reopen(task=7), LATER)  # type: ignore[misc]
    assert asked == [e.Offered(agent=BETO.id, by=SARA.id, by_hand=True)]


def test_a_unit_keeps_sixty_letters_of_a_name_and_of_its_groups() -> None:
    for length, said in ((60, "unit_revised"), (61, "-too-long")):
        assert teams.answer(teams.ADA, uc.ReviseUnit(unit=1, name="x" * length), teams.EMPTY) == said
    linked = teams.decided(teams.SARA, uc.LinkGroup(unit=1, room=-5, title=" Sala \n" + "x" * 60), teams.EMPTY)
    assert linked == (u.GroupLinked(room=-5, title="Sala " + "x" * 55),)


@pytest.mark.parametrize("stays", [True, False])
def test_p14_whoever_is_out_takes_no_turns_and_leaves_the_unit_unless_they_stay(stays: bool) -> None:
    out = uc.Dismiss(unit=1, person=teams.ANA.id, gone=True, stays=stays)
    decision = teams.decided(None, out, teams.NORTH)
    assert not isinstance(decision, Refusal)
    assert any(isinstance(event, u.Dismissed) for event in decision) is not stays
    assert any(isinstance(event, u.RotationSet) for event in decision)
    held = teams.decided(teams.ADA, uc.Dismiss(unit=1, person=teams.ANA.id), teams.NORTH)
    assert held == Refusal(reason=Reason.IN_ROTA, person=teams.ANA.id)
