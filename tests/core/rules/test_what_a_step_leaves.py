"""Everything that a step leaves in the record: who is free again, what was before, which program did it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.decide import decide
from core.rules.permissions import Caller, Program, via_program
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import reopening_events as r
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import Place, Position
from core.vocabulary.refusals import Refusal
from core.vocabulary.seats import SeatsSet
from core.vocabulary.words import AssignmentState, Kind, Priority, Role, TaskState
from tests.core.rules.test_every_step import STAGES
from tests.core.stages import ADA, ANA, BETO, CARLA, DIRECTORY, NOON, RITA, SARA, free, situation

LATER = NOON + timedelta(seconds=5)
TIME_TO_ANSWER = timedelta(seconds=45)
RUNNING, PAUSED, OFFERED = (STAGES[Kind.TASK][name] for name in ("running", "paused", "offered"))
ASKED, TAKEN, NOBODY, THERE = (STAGES[Kind.EMERGENCY][name] for name in ("asked", "taken", "nobody", "on_scene"))
YES, BETO_FREE, BEGUN = e.Accepted(agent=ANA.id), e.Released(agent=BETO.id), e.Started()
ANA_FREE = e.Released(agent=ANA.id)
GATE = Program(name="puerta")


def left(who: Person | None, command: c.TaskCommand, task: Task, **more: object) -> tuple[e.TaskEvent, ...]:
    """The events of a step."""
    decision = decide(situation(who, task, **more), command, LATER)
    assert not isinstance(decision, Refusal), decision
    return decision


def climbs(cause: Cause, step: int, *people: int, by: int | None = None) -> e.Escalated:
    """A climb of the little ladder: supervisors at once, administrators a minute later, everybody after two more."""
    pause = timedelta(minutes=1) if step == 0 else timedelta(minutes=2)
    return e.Escalated(step=step, notified=people, cause=cause, next_at=LATER + pause, by=by)


@pytest.mark.parametrize(
    ("who", "command", "task", "events"),
    [
        (ANA, c.Accept(task=7), OFFERED, (YES,)),
        (ANA, c.Accept(task=7), ASKED, (YES, BETO_FREE, BEGUN)),
        (ANA, c.Depart(task=7), OFFERED, (YES, e.EnRoute(agent=ANA.id))),
        (ANA, c.Depart(task=7), ASKED, (YES, BETO_FREE, BEGUN, e.EnRoute(agent=ANA.id))),
        (ANA, c.Arrive(task=7), ASKED, (YES, BETO_FREE, BEGUN, e.OnScene(agent=ANA.id))),
        (ANA, c.Start(task=7), ASKED, (YES, BETO_FREE, BEGUN)),
        (ANA, c.Depart(task=7), TAKEN, (e.EnRoute(agent=ANA.id),)),
        (ANA, c.Arrive(task=7), TAKEN, (e.OnScene(agent=ANA.id),)),
        (ANA, c.Complete(task=7), ASKED, (YES, BETO_FREE, e.Completed(was=TaskState.SCHEDULED))),
        (ANA, c.Complete(task=7), PAUSED, (e.Completed(was=TaskState.PAUSED),)),
        (SARA, c.Complete(task=7), ASKED, (e.Completed(was=TaskState.SCHEDULED), ANA_FREE, BETO_FREE)),
        (SARA, c.Cancel(task=7), ASKED, (e.Cancelled(was=TaskState.SCHEDULED), ANA_FREE, BETO_FREE)),
        (SARA, c.Cancel(task=7), RUNNING, (e.Cancelled(was=TaskState.IN_PROGRESS),)),
        (SARA, c.Acknowledge(task=7), ASKED, (e.Acknowledged(person=SARA.id),)),
        (ANA, c.Decline(task=7), OFFERED, (e.Declined(agent=ANA.id, was=AssignmentState.OFFERED),)),
        (ANA, c.Decline(task=7), RUNNING, (e.Declined(agent=ANA.id, held=True, was=AssignmentState.ACCEPTED),)),
        (
            ANA,
            c.Decline(task=7),
            THERE,
            (
                e.Declined(agent=ANA.id, held=True, was=AssignmentState.ON_SCENE),
                climbs(Cause.NOBODY, 1, ADA.id),
            ),
        ),
        (BETO, c.Decline(task=7), NOBODY, (e.Declined(agent=BETO.id),)),
        (None, c.ExpireOffer(task=7, agent=ANA.id), ASKED, (e.Expired(agent=ANA.id),)),
        (None, c.ExpireOffer(task=7, agent=ANA.id, in_danger=True), ASKED, (ANA_FREE,)),
        (
            SARA,
            c.AddNote(task=7, text=" dos \n", still_on=True, more=True),
            RUNNING,
            (e.Noted(text="dos", still_on=True, more=True),),
        ),
        (
            SARA,
            c.AddNote(task=7, media="photo", attachment="AgAC"),
            RUNNING,
            (e.Noted(media="photo", attachment="AgAC"),),
        ),
        (
            SARA,
            c.Revise(task=7, title=" Ronda \n doble ", priority=Priority.HIGH),
            RUNNING,
            (e.Revised(title="Ronda doble", priority=Priority.HIGH),),
        ),
        (SARA, c.Revise(task=7, priority=Priority.HIGH), RUNNING, (e.Revised(priority=Priority.HIGH),)),
        (SARA, c.Escalate(task=7), TAKEN, (climbs(Cause.BY_HAND, 1, ADA.id),)),
        (SARA, c.Escalate(task=7), RUNNING, (e.Escalated(notified=(SARA.id, ADA.id), cause=Cause.BY_HAND),)),
    ],
)
def test_a_step_leaves_just_this(
    who: Person | None, command: c.TaskCommand, task: Task, events: tuple[e.TaskEvent, ...]
) -> None:
    assert left(who, command, task) == events


PARK, PIER = Place(-2.19, -79.88), Place(-2.2, -79.89)


@pytest.mark.parametrize(
    ("command", "place", "address", "anew"),
    [
        (c.Locate(task=7, place=PIER), PIER, "Parque", False),
        (c.Locate(task=7, address="Muelle"), PARK, "Muelle", False),
        (c.Locate(task=7, place=PIER, address="Muelle"), PIER, "Muelle", False),
        (c.Locate(task=7, place=PIER, anew=True), PIER, None, True),
        (c.Locate(task=7, address="Parque", anew=True), None, "Parque", True),
    ],
)
def test_what_is_not_said_of_a_place_stays_unless_it_was_wrong(
    command: c.Locate, place: Place | None, address: str | None, anew: bool
) -> None:
    known = replace(RUNNING, place=PARK, address="Parque")
    assert left(SARA, command, known) == (e.Located(place=place, address=address, anew=anew),)


@pytest.mark.parametrize(
    ("who", "may"), [(RITA, True), (ANA, True), (BETO, False), (SARA, True), (ADA, True), (None, True)]
)
def test_the_reporter_whoever_has_it_and_those_who_lead_say_where_it_is(who: Person | None, may: bool) -> None:
    asked_too = evolve(TAKEN, e.Offered(agent=BETO.id), NOON)
    decision = decide(situation(who, asked_too), c.Locate(task=7, address="Parque"), LATER)
    assert isinstance(decision, Refusal) is not may


def test_p11_what_a_program_ends_names_it_and_whom_it_took_it_from() -> None:
    speaks = Caller(person=SARA, role=Role.SUPERVISOR, via=via_program(GATE), program=GATE)
    asked = (ANA.id, BETO.id)
    for command, task, event in (
        (c.Complete(task=7), ASKED, e.Completed(was=TaskState.SCHEDULED, had=asked, program="puerta")),
        (c.Cancel(task=7), ASKED, e.Cancelled(was=TaskState.SCHEDULED, had=asked, program="puerta")),
        (c.Complete(task=7), OFFERED, e.Completed(was=TaskState.SCHEDULED, program="puerta")),
        (c.Cancel(task=7), OFFERED, e.Cancelled(was=TaskState.SCHEDULED, program="puerta")),
        (c.Acknowledge(task=7), ASKED, e.Acknowledged(person=SARA.id, program="puerta")),
    ):
        decision = decide(replace(situation(SARA, task), caller=speaks), command, LATER)
        assert not isinstance(decision, Refusal)
        assert decision[0] == event


def test_an_alarm_whose_answer_came_in_time_is_over_for_everybody_who_was_asked() -> None:
    first, *freed = left(None, c.Cancel(task=7, in_time=True), ASKED)
    assert first == e.Cancelled(was=TaskState.SCHEDULED, in_time=True, had=(ANA.id, BETO.id))
    assert freed == [ANA_FREE, BETO_FREE]


def test_only_those_who_lead_end_all_that_a_reporter_has_open() -> None:
    everything = c.Cancel(task=7, others=True)
    no = decide(situation(RITA, RUNNING), everything, LATER)
    assert isinstance(no, Refusal)
    assert no.role is Role.SUPERVISOR
    assert left(RITA, c.Cancel(task=7), RUNNING)
    for who in (SARA, ADA, None):
        assert left(who, everything, RUNNING) == (e.Cancelled(was=TaskState.IN_PROGRESS),)


@pytest.mark.parametrize(("after", "late"), [(0, True), (15 * 60, True), (15 * 60 + 1, False)])
def test_what_its_reporter_adds_within_the_quarter_of_an_hour_goes_to_those_who_had_it(after: int, late: bool) -> None:
    ended = evolve(TAKEN, e.Completed(), LATER - timedelta(seconds=after))
    note = c.AddNote(task=7, text="Sigue aquí")
    assert left(RITA, note, ended) == (e.Noted(text="Sigue aquí", afterwards=late),)
    assert left(SARA, note, ended) == (e.Noted(text="Sigue aquí"),)
    nobodys = replace(ended, reporter=None)
    assert left(None, note, nobodys) == (e.Noted(text="Sigue aquí"),), "the desk has reported nothing"


def test_given_to_another_the_last_seat_is_theirs_alone_and_nobody_who_has_one_loses_it() -> None:
    by_hand = e.Offered(agent=CARLA.id, by=SARA.id, by_hand=True, until=LATER + TIME_TO_ANSWER)
    give = c.Assign(task=7, agent=CARLA.id)
    one_more = SeatsSet(seats=2)
    assert left(SARA, give, TAKEN, agent=CARLA) == (one_more, by_hand)
    assert left(SARA, give, ASKED, agent=CARLA) == (ANA_FREE, BETO_FREE, by_hand)
    assert left(SARA, give, RUNNING, agent=CARLA) == (one_more, replace(by_hand, until=None)), "work waits for ever"
    near = replace(CARLA, position=Position(place=PARK, at=NOON))
    (*_, offered) = left(SARA, give, replace(ASKED, place=PARK), agent=near)
    assert offered == replace(by_hand, distance=0.0)
    old = replace(CARLA, position=Position(place=PARK, at=LATER - timedelta(minutes=10, seconds=1)))
    (*_, offered) = left(SARA, give, replace(ASKED, place=PARK), agent=old)
    assert offered == by_hand, "ten minutes ago says nothing"


def test_in_place_of_a_no_one_more_is_asked_and_a_whole_wave_when_nobody_waits() -> None:
    until = LATER + TIME_TO_ANSWER
    wave = tuple(e.Offered(agent=one.id, distance=100.0 * n, until=until) for n, one in enumerate((CARLA, RITA), 1))
    rest = free(CARLA, RITA)
    no = e.Declined(agent=ANA.id, was=AssignmentState.OFFERED)
    assert left(ANA, c.Decline(task=7), ASKED, candidates=rest) == (no, wave[0])
    alone = evolve(ASKED, e.Expired(agent=BETO.id), NOON)
    assert left(ANA, c.Decline(task=7), alone, candidates=rest) == (no, *wave)
    assert left(ANA, c.Decline(task=7), alone) == (no, climbs(Cause.NOBODY, 1, ADA.id))
    charged = evolve(alone, e.Acknowledged(person=SARA.id), NOON)
    assert left(ANA, c.Decline(task=7), charged) == (no,), "whoever is in charge is told instead"
    given_back = e.Declined(agent=ANA.id, held=True, was=AssignmentState.ACCEPTED)
    assert left(ANA, c.Decline(task=7), TAKEN, candidates=rest) == (
        given_back,
        *wave,
        climbs(Cause.NOBODY, 1, ADA.id),
    )
    assert left(ANA, c.Decline(task=7), replace(alone, quiet=True), candidates=rest) == (no,)


def test_p14_work_that_is_reopened_is_offered_to_whoever_had_it_and_ones_own_is_accepted() -> None:
    ended = evolve(RUNNING, e.Completed(), NOON)
    again = r.Reopened(state=TaskState.SCHEDULED, anew=True, released=(ANA.id,), had=(ANA.id,))
    asked = e.Offered(agent=ANA.id, by=SARA.id, by_hand=True)
    assert left(SARA, c.Reopen(task=7), ended) == (again, asked)
    hers = replace(ended, reporter=ANA.id)
    assert left(ANA, c.Reopen(task=7), hers) == (again, replace(asked, by=ANA.id), YES)
    for unfit in (replace(ANA, reachable=False), replace(ANA, availability="off_duty")):
        gone = replace(DIRECTORY, assignees=(unfit,))
        decision = decide(replace(situation(SARA, ended), directory=gone), c.Reopen(task=7), LATER)
        assert decision == (again,)
