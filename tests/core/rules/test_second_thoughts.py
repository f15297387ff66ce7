"""*Deshacer* and *Reabrir*: until when, whose, what stands against it, and who has the task afterwards."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.reopening import REOPENABLE, is_lately_closed, reopen, undo
from core.rules.situation import Act
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState, Availability, Kind, Membership, TaskState
from tests.core.everybody import Everybody
from tests.core.stages import ADA, ANA, BETO, CARLA, NOON, RULES, SARA, SECOND, free, situation, staged

WINDOW = RULES.undo_window
OFFERED = e.Offered(agent=ANA.id, until=NOON + timedelta(seconds=45))
TAKEN = (OFFERED, e.Accepted(agent=ANA.id), e.Started())
DONE = e.Completed(was=TaskState.IN_PROGRESS)
NO = e.Declined(agent=ANA.id, was=AssignmentState.OFFERED)


def undone(caller: Person, task: Task, act: Act | None, late: timedelta = WINDOW, **more: object) -> object:
    """The answer to *Deshacer*, so long after the act."""
    return undo(situation(caller, task, act=act, **more), task, c.Undo(task=7), NOON + late)


def reason_of(answer: object) -> Reason:
    assert isinstance(answer, Refusal)
    return answer.reason


def events_of(answer: object) -> list[str]:
    assert isinstance(answer, tuple)
    return [str(type(event).__struct_config__.tag) for event in answer]


@pytest.mark.parametrize("drill", [True, False])
def test_an_end_is_taken_back_for_ten_seconds_and_in_no_drill(drill: bool) -> None:
    task, act = staged(Kind.TASK, *TAKEN, DONE), Act(event=DONE, at=NOON)
    task = replace(task, drill=drill)
    if drill:
        assert reason_of(undone(ANA, task, act)) is Reason.DRILL_OVER
        return
    assert undone(ANA, task, act) == (r.Reopened(state=TaskState.IN_PROGRESS, undone=True, had=(ANA.id,)),)
    assert reason_of(undone(ANA, task, act, WINDOW + SECOND)) is Reason.UNDO_OVER
    assert reason_of(undone(ANA, task, None)) is Reason.NOT_YOUR_ACT
    again = staged(Kind.TASK, *TAKEN)
    assert reason_of(undone(ANA, again, act)) is Reason.ALREADY


@pytest.mark.parametrize("kind", list(Kind))
def test_an_end_that_says_not_what_was_before_is_taken_back_to_work_or_to_waiting(kind: Kind) -> None:
    end = e.Cancelled()
    had, waited = staged(kind, *TAKEN, end), staged(kind, end)
    act = Act(event=end, at=NOON)
    everybody = Everybody(known=(SARA, ADA), assignees=(ANA, BETO, CARLA))
    first = undo(replace(situation(SARA, had, act=act), directory=everybody), had, c.Undo(task=7), NOON)
    assert isinstance(first, tuple)
    assert isinstance(first[0], r.Reopened)
    assert (first[0].state, first[0].released) == (TaskState.IN_PROGRESS, ())
    nobody = undone(SARA, waited, act)
    assert isinstance(nobody, tuple)
    assert isinstance(nobody[0], r.Reopened)
    assert nobody[0].had == ()
    assert nobody[0].anew is (kind is Kind.EMERGENCY), "an emergency that nobody has begins again"


ELSEWHERE = {
    "at another emergency": replace(ANA, hold=9),
    "out": replace(ANA, membership=Membership.DISABLED),
    "unknown": None,
}


@pytest.mark.parametrize("ana", ELSEWHERE.values(), ids=ELSEWHERE)
def test_p4_p7_an_agent_who_is_elsewhere_stays_there_and_others_are_asked(ana: Person | None) -> None:
    task = staged(Kind.EMERGENCY, *TAKEN, DONE)
    known = Everybody(known=(SARA, ADA), assignees=(BETO, *((ana,) if ana else ())))
    there = replace(situation(SARA, task, act=Act(event=DONE, at=NOON), candidates=free(BETO)), directory=known)
    answer = undo(there, task, c.Undo(task=7), NOON)
    assert isinstance(answer, tuple)
    assert answer[0] == r.Reopened(state=TaskState.SCHEDULED, undone=True, anew=True, released=(ANA.id,), had=(ANA.id,))
    assert events_of(answer)[1:] == ["offered", "escalated"]


@pytest.mark.parametrize("charge", [SARA, replace(SARA, membership=Membership.DISABLED)], ids=["in", "out"])
def test_p14_whoever_is_out_is_not_in_charge_again(charge: Person) -> None:
    task = staged(Kind.EMERGENCY, *TAKEN, e.Acknowledged(person=SARA.id), DONE)
    answer = undone(ADA, task, Act(event=DONE, at=NOON), agent=charge)
    assert isinstance(answer, tuple)
    assert isinstance(answer[0], r.Reopened)
    assert answer[0].anew is (not charge.active)
    assert answer[0].had == (ANA.id, SARA.id)


BUSY = replace(ANA, hold=9)
SAID_NO = (OFFERED, NO)
NO_LATER: list[tuple[str, Person, tuple[e.TaskEvent, ...], Reason]] = [
    ("closed", ANA, (*SAID_NO, e.Cancelled()), Reason.CLOSED),
    ("yes by now", ANA, TAKEN, Reason.ALREADY),
    ("taken", ANA, (*SAID_NO, e.Offered(agent=BETO.id), e.Accepted(agent=BETO.id)), Reason.TAKEN),
    ("busy", BUSY, SAID_NO, Reason.AGENT_BUSY),
]


@pytest.mark.parametrize(
    ("caller", "events", "reason"),
    [row[1:] for row in NO_LATER],
    ids=[row[0] for row in NO_LATER],
)
def test_p7_a_no_that_can_not_be_taken_back_says_why(
    caller: Person, events: tuple[e.TaskEvent, ...], reason: Reason
) -> None:
    assert reason_of(undone(caller, staged(Kind.EMERGENCY, *events), Act(event=NO, at=NOON))) is reason


def test_a_no_to_an_offer_is_an_offer_again_and_for_as_long() -> None:
    for kind, until in ((Kind.EMERGENCY, NOON + WINDOW + RULES.offer_timeout), (Kind.TASK, None)):
        task = staged(kind, *SAID_NO)
        assert undone(ANA, task, Act(event=NO, at=NOON)) == (
            r.DeclineUndone(agent=ANA.id, part=AssignmentState.OFFERED, until=until),
        )
        unsaid = Act(event=e.Declined(agent=ANA.id), at=NOON)
        assert undone(ANA, task, unsaid) == undone(ANA, task, Act(event=NO, at=NOON)), "as older records say it"


def test_p7_a_no_after_a_yes_is_a_yes_again_and_nobody_else_is_asked() -> None:
    gone = e.Declined(agent=ANA.id, held=True, was=AssignmentState.ACCEPTED)
    task = staged(Kind.EMERGENCY, *TAKEN, gone, e.Offered(agent=BETO.id, until=NOON + SECOND))
    assert undone(ANA, task, Act(event=gone, at=NOON)) == (
        r.DeclineUndone(agent=ANA.id, part=AssignmentState.ACCEPTED),
        e.Released(agent=BETO.id),
    )


def reopened(caller: Person, task: Task, late: timedelta, **more: object) -> object:
    """The answer to *Reabrir*, so long after the end."""
    return reopen(situation(caller, task, **more), task, c.Reopen(task=7), NOON + late)


def test_what_is_closed_opens_again_for_a_day() -> None:
    task = staged(Kind.TASK, *TAKEN, DONE)
    assert events_of(reopened(SARA, task, REOPENABLE))[0] == "reopened"
    assert reason_of(reopened(SARA, task, REOPENABLE + SECOND)) is Reason.REOPEN_OVER
    assert reason_of(reopened(SARA, replace(task, drill=True), SECOND)) is Reason.DRILL_OVER
    assert reason_of(reopened(SARA, staged(Kind.TASK, *TAKEN), SECOND)) is Reason.ALREADY


UNFIT = {
    "out": replace(ANA, membership=Membership.DISABLED),
    "not reached": replace(ANA, reachable=False),
    "off duty": replace(ANA, availability=Availability.OFF_DUTY),
    "unavailable": replace(ANA, availability=Availability.UNAVAILABLE),
    "unknown": None,
}


@pytest.mark.parametrize("ana", UNFIT.values(), ids=UNFIT)
def test_ordinary_work_is_offered_to_nobody_who_can_not_do_it(ana: Person | None) -> None:
    task = staged(Kind.TASK, *TAKEN, DONE)
    known = Everybody(known=(SARA,), assignees=(ana,) if ana else ())
    answer = reopen(replace(situation(SARA, task), directory=known), task, c.Reopen(task=7), NOON)
    assert events_of(answer) == ["reopened"]


@pytest.mark.parametrize(("caller", "events"), [(SARA, ["offered"]), (ANA, ["offered", "accepted"])])
def test_ordinary_work_goes_to_whoever_had_it_and_ones_own_at_once(caller: Person, events: list[str]) -> None:
    answer = reopened(caller, staged(Kind.TASK, *TAKEN, DONE), SECOND)
    assert events_of(answer) == ["reopened", *events]


def test_p4_a_reopened_emergency_is_searched_for_and_climbs_again() -> None:
    task = staged(Kind.EMERGENCY, *TAKEN, e.Acknowledged(person=SARA.id), DONE)
    answer = reopened(SARA, task, SECOND, candidates=free(ANA, BETO))
    assert events_of(answer) == ["reopened", "offered", "offered", "escalated"]
    assert isinstance(answer, tuple)
    assert answer[0] == r.Reopened(state=TaskState.SCHEDULED, anew=True, released=(ANA.id,), had=(ANA.id, SARA.id))


def test_what_its_reporter_sends_goes_with_a_task_for_so_long_after_its_end() -> None:
    task = staged(Kind.EMERGENCY, DONE)
    window = RULES.reopen_window
    assert is_lately_closed(task, window, NOON + window)
    assert not is_lately_closed(task, window, NOON + window + SECOND)
    assert not is_lately_closed(staged(Kind.EMERGENCY), window, NOON)
    assert not is_lately_closed(staged(Kind.TASK, DONE), window, NOON)
