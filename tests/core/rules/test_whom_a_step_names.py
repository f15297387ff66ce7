"""The people whom a step of the ladder names and reaches, when the next one comes, and how a long list is told."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from core.rules.escalation import (
    Reach,
    broadcasts,
    climb,
    climb_by,
    escalates,
    has_climbed_to,
    names,
    next_escalation,
    notify_more,
    question,
    reached_by,
)
from core.state.directory import PAGE, Question
from core.state.parts import Telling
from core.state.person import Person
from core.state.task import Task, evolve
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, EscalationTarget, Unreached, step_of
from core.vocabulary.words import Kind, Membership, Role
from tests.core.everybody import Everybody
from tests.core.stages import ADA, ANA, BETO, NOON, RITA, SARA, person, staged

MINUTE = timedelta(minutes=1)
LATER = NOON + 5 * MINUTE
NORTH = 3
T = EscalationTarget
ASKED = staged(Kind.EMERGENCY, e.Offered(agent=ANA.id))
DURESS = Alarm(trigger=Trigger.DURESS, person=SARA.id)
TITO = replace(person(8, "Tito", Role.SUPERVISOR), unit=NORTH)
OUT = {"membership": Membership.DISABLED}


def ladder(*minutes: float, repeat: int = 0, every: float | None = 2) -> EscalationPolicy:
    """Supervisors at each of these minutes."""
    steps = tuple(step_of(each * MINUTE, T.SUPERVISORS) for each in minutes)
    return EscalationPolicy(steps=steps, repeat=repeat, broadcast_every=every * MINUTE if every is not None else None)


@pytest.mark.parametrize(
    ("target", "who", "on_duty", "named"),
    [
        (T.ASSIGNEE, ANA, False, True),
        (T.ASSIGNEE, replace(ANA, **OUT), False, False),
        (T.ASSIGNEE, BETO, False, False),
        (T.UNIT_SUPERVISORS_ON_DUTY, TITO, True, True),
        (T.UNIT_SUPERVISORS_ON_DUTY, TITO, False, False),
        (T.UNIT_SUPERVISORS_ON_DUTY, SARA, True, False),
        (T.SUPERVISORS_ON_DUTY, SARA, True, True),
        (T.SUPERVISORS_ON_DUTY, SARA, False, False),
        (T.SUPERVISORS_ON_DUTY, ADA, True, False),
        (T.SUPERVISORS_ON_DUTY, replace(SARA, **OUT), True, False),
        (T.SUPERVISORS, SARA, False, True),
        (T.SUPERVISORS, replace(SARA, **OUT), False, False),
        (T.SUPERVISORS, ADA, False, False),
        (T.ADMINS, ADA, False, True),
        (T.ADMINS, SARA, True, False),
        (T.ADMINS, replace(ADA, **OUT), False, False),
        (T.ADMINS, replace(ADA, id=RITA.id), False, False),
        (-77, SARA, True, False),
    ],
)
def test_a_step_names_just_these(target: EscalationTarget | int, who: Person, on_duty: bool, named: bool) -> None:
    task = replace(ASKED, unit=NORTH)
    assert names(step_of(MINUTE, target), task, who, on_duty=on_duty) is named


@pytest.mark.parametrize("state", [e.Declined(agent=ANA.id), e.Expired(agent=ANA.id), e.Accepted(agent=ANA.id)])
def test_an_agent_is_named_while_they_are_asked_or_have_it(state: e.TaskEvent) -> None:
    task = evolve(ASKED, state, NOON)
    assert names(step_of(MINUTE, T.ASSIGNEE), task, ANA, on_duty=False) is isinstance(state, e.Accepted)


@pytest.mark.parametrize(
    ("changed", "who", "heard"),
    [
        ({"step": 0}, SARA, False),
        ({"step": 1}, SARA, True),
        ({"step": 1}, ADA, False),
        ({"step": 2}, ADA, True),
        ({"step": 2}, replace(ADA, **OUT), False),
        ({"step": 2}, ANA, False),
        ({"repetition": 1}, ADA, True),
        ({"repetition": 1}, ANA, False),
        ({"policy": None}, SARA, True),
        ({"policy": None}, ANA, False),
        ({"step": 2, "reporter": ADA.id}, ADA, False),
        ({"step": 2, "alarm": DURESS}, SARA, False),
        ({"step": 2, "alarm": DURESS}, ADA, True),
    ],
)
def test_the_steps_so_far_would_have_told_them(changed: dict[str, Any], who: Person, heard: bool) -> None:
    assert has_climbed_to(replace(ASKED, **changed), who, on_duty=False) is heard


def reach(*targets: EscalationTarget | int, task: Task = ASKED, **known: Any) -> Reach:
    """The reach of one step."""
    directory = Everybody(**{"known": (SARA, TITO, ADA), "assignees": (ANA, BETO)} | known)
    return reached_by(step_of(MINUTE, *targets), task, directory)


def test_a_step_reaches_those_whom_it_names_each_once_and_rooms_by_their_number() -> None:
    assert reach(T.ASSIGNEE, T.SUPERVISORS) == Reach(people=(ANA.id, SARA.id, TITO.id))
    assert reach(T.SUPERVISORS, T.ADMINS, -77) == Reach(people=(SARA.id, TITO.id, ADA.id), rooms=(-77,))
    assert reach(-77, -77) == Reach(rooms=(-77,))
    assert reach(-77, task=replace(ASKED, alarm=DURESS)) == Reach(), "no room hears of a silent one"
    assert reach(T.SUPERVISORS, task=replace(ASKED, alarm=DURESS)) == Reach(people=(TITO.id,))
    assert reach(T.ADMINS, task=replace(ASKED, reporter=ADA.id)) == Reach()
    assert reach(T.ASSIGNEE, task=replace(ASKED, reporter=ANA.id)) == Reach()
    on_duty = frozenset({SARA.id, TITO.id})
    here = replace(ASKED, unit=NORTH)
    assert reach(T.UNIT_SUPERVISORS_ON_DUTY, task=here, on_duty=on_duty).people == (TITO.id,)


@pytest.mark.parametrize(
    ("targets", "known", "why"),
    [
        ((T.SUPERVISORS,), {"known": (replace(SARA, reachable=False), ADA)}, Unreached.UNREACHABLE),
        ((T.ASSIGNEE,), {"assignees": (replace(ANA, reachable=False),)}, Unreached.UNREACHABLE),
        ((T.ASSIGNEE,), {"assignees": (BETO,)}, Unreached.EMPTY),
        ((T.SUPERVISORS_ON_DUTY,), {}, Unreached.OFF_DUTY),
        ((T.UNIT_SUPERVISORS_ON_DUTY,), {}, Unreached.OFF_DUTY),
        ((T.SUPERVISORS_ON_DUTY,), {"known": (ADA,)}, Unreached.EMPTY),
        ((T.SUPERVISORS,), {"known": (ADA,)}, Unreached.EMPTY),
    ],
)
def test_a_step_that_reaches_nobody_says_why(
    targets: tuple[EscalationTarget, ...], known: dict[str, Any], why: Unreached
) -> None:
    assert reach(*targets, **known) == Reach(why_not=why)


def test_the_question_leaves_out_who_knows_who_was_asked_and_who_must_not_know() -> None:
    step = step_of(MINUTE, T.ASSIGNEE, T.SUPERVISORS, T.SUPERVISORS, -77)
    task = evolve(replace(ASKED, unit=NORTH), e.Offered(agent=BETO.id), NOON)
    task = evolve(task, e.Declined(agent=BETO.id), NOON)
    but = frozenset({RITA.id, ANA.id})
    assert question(task, step, 9) == Question(targets=(T.SUPERVISORS,), unit=NORTH, but=but, after=9)
    only = step_of(MINUTE, T.SUPERVISORS)
    assert question(task, only).but == {RITA.id}, "an agent who leads too is told as one who leads"
    silent = replace(task, alarm=DURESS, reporter=None)
    assert question(silent, only).but == {SARA.id}
    everybody = (T.SUPERVISORS, T.ADMINS)
    assert question(silent, None, 9) == Question(targets=everybody, but=frozenset({SARA.id}), after=9)
    assert question(task, None).but == frozenset(), "the broadcast tells the reporter who leads, too"


@pytest.mark.parametrize(
    ("policy", "step", "repetition", "minutes"),
    [
        (ladder(1, 3), 0, 0, 1),
        (ladder(0, 3), 1, 0, 3),
        (ladder(1, 3), 1, 0, 2),
        (ladder(1, 4), 2, 0, 2),
        (ladder(1, 4, every=None), 2, 0, None),
        (ladder(1, 4, every=None, repeat=1), 2, 0, 3),
        (ladder(1, 4, every=None, repeat=1), 2, 1, None),
        (ladder(1, every=None, repeat=1), 1, 0, 1),
        (ladder(1, every=7, repeat=1), 1, 0, 7),
        (None, 1, 0, None),
    ],
)
def test_the_pause_to_the_next_step_is_the_ladders_own(
    policy: EscalationPolicy | None, step: int, repetition: int, minutes: float | None
) -> None:
    task = replace(ASKED, policy=policy, step=step, repetition=repetition)
    assert next_escalation(task, LATER) == (LATER + minutes * MINUTE if minutes is not None else None)


def told(task: Task, cause: Cause = Cause.TIME, *known: Person) -> tuple[e.TaskEvent, ...]:
    """The events of a climb over these people."""
    return climb(task, Everybody(known=known or (SARA, ADA)), LATER, cause)


def test_a_climb_says_who_was_told_why_and_when_the_next_one_comes() -> None:
    first = e.Escalated(step=0, notified=(SARA.id,), cause=Cause.TIME, next_at=LATER + 2 * MINUTE)
    task = replace(ASKED, policy=ladder(1, 3, repeat=1))
    assert told(task) == (first,)
    assert told(replace(task, step=1)) == (replace(first, step=1),)
    assert told(replace(task, step=2)) == (replace(first, repetition=1),), "the ladder once more"
    everybody = e.Escalated(notified=(SARA.id, ADA.id), cause=Cause.TIME, next_at=LATER + 2 * MINUTE)
    assert told(replace(task, step=2, repetition=1)) == (everybody,)
    empty = tuple(e.Passed(step=each, why=Unreached.EMPTY) for each in (0, 1))
    alone = replace(everybody, notified=(ADA.id,))
    assert told(replace(task, policy=ladder(1, 3)), Cause.TIME, ADA) == (*empty, alone)


@pytest.mark.parametrize("cause", Cause)
def test_an_answer_that_was_none_begins_the_ladder_again_and_nothing_else_does(cause: Cause) -> None:
    for acknowledged_at, anew in (
        (None, cause in (Cause.UNACKNOWLEDGED, Cause.REPORTER_BACK)),
        (NOON, cause in (Cause.UNACKNOWLEDGED, Cause.REPORTER_BACK, Cause.LOST)),
    ):
        task = replace(ASKED, policy=ladder(0, 1, 2, repeat=2), step=2, repetition=1, acknowledged_at=acknowledged_at)
        (climbed,) = told(task, cause)
        assert isinstance(climbed, e.Escalated)
        assert (climbed.step, climbed.repetition) == ((0, 0) if anew else (2, 1))


@pytest.mark.parametrize("cause", Cause)
def test_at_the_end_of_an_ordinary_ladder_only_a_word_or_a_loss_is_told_to_everybody(cause: Cause) -> None:
    heard = cause in (Cause.BY_HAND, Cause.LOST)
    task = replace(ASKED, policy=ladder(0, every=None), step=1)
    everybody = e.Escalated(notified=(SARA.id, ADA.id), cause=cause)
    if cause not in (Cause.UNACKNOWLEDGED, Cause.REPORTER_BACK):
        assert told(task, cause) == ((everybody,) if heard else ())
    assert told(replace(task, policy=None), cause) == (everybody,)


CROWD = tuple(person(number, f"S{number:03}", Role.SUPERVISOR) for number in range(100, 100 + 2 * PAGE + 1))


def test_a_long_list_is_told_page_by_page_and_each_page_says_whose_word_it_was() -> None:
    directory = Everybody(known=CROWD)
    ids = tuple(each.id for each in CROWD)
    task = replace(ASKED, policy=ladder(1, 3))
    (first,) = climb_by(SARA.id, task, directory, LATER, Cause.BY_HAND)
    assert isinstance(first, e.Escalated)
    assert (first.notified, first.after, first.by) == (ids[:PAGE], ids[PAGE - 1], SARA.id)
    (short,) = climb_by(SARA.id, task, Everybody(known=(TITO,)), LATER, Cause.BY_HAND)
    assert isinstance(short, e.Escalated)
    assert short.by is None, "who is told at once reads it in the record"

    climbed = evolve(task, first, LATER)
    second = notify_more(climbed, directory)
    page = n.Notified(climb=climbed.climb, cause=Cause.BY_HAND, step=0, people=ids[PAGE : 2 * PAGE])
    assert second == replace(page, after=ids[2 * PAGE - 1], by=SARA.id)
    assert second is not None
    third = notify_more(evolve(climbed, second, LATER), directory)
    assert third == replace(page, people=ids[2 * PAGE :], by=SARA.id)
    assert third is not None
    assert notify_more(evolve(evolve(climbed, second, LATER), third, LATER), directory) is None


def test_the_rest_of_a_broadcast_are_those_who_lead_and_nobody_is_told_after_an_answer() -> None:
    directory = Everybody(known=(*CROWD, ADA))
    left = Telling(4, Cause.TIME, None, CROWD[-2].id)
    task = replace(ASKED, telling=(left,), climb=4)
    more = n.Notified(climb=4, cause=Cause.TIME, people=(CROWD[-1].id,))
    assert notify_more(task, directory) == more
    assert notify_more(replace(task, policy=None), directory) == more
    for over in (e.Acknowledged(person=SARA.id), e.Completed(), e.Accepted(agent=ANA.id)):
        assert notify_more(evolve(task, over, LATER), directory) is None
    assert notify_more(ASKED, directory) is None


@pytest.mark.parametrize(
    ("task", "climbs", "to_all"),
    [
        (ASKED, True, False),
        (replace(ASKED, step=1), True, False),
        (replace(ASKED, step=2), True, True),
        (replace(ASKED, step=2, policy=ladder(0, 1, every=None)), True, False),
        (replace(ASKED, policy=None), False, False),
        (evolve(ASKED, e.Accepted(agent=ANA.id), NOON), False, False),
        (replace(evolve(ASKED, e.Accepted(agent=ANA.id), NOON), answer_in_doubt=True), True, False),
        (evolve(ASKED, e.Acknowledged(), NOON), False, False),
        (evolve(ASKED, e.Cancelled(), NOON), False, False),
    ],
)
def test_p4_an_open_alert_that_nobody_answered_climbs_on(task: Task, climbs: bool, to_all: bool) -> None:
    assert (escalates(task), broadcasts(task)) == (climbs, to_all)
