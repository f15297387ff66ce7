"""A check-in's answers at their edges: in time by a second, at the end of the grace, and for which task it goes on."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.rules.checkin_rules import decide_check_in
from core.rules.permissions import DESK
from core.rules.situation import Rules, Situation
from core.state.checkins import LONGEST, SHORTEST, CheckIn
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import checkin_commands as cc
from core.vocabulary import checkin_events as k
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.places import Place, Position
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind, Membership
from tests.core.stages import ANA, NOON, SECOND, staged

MINUTE = timedelta(minutes=1)
RULES = Rules(checkin_grace=2 * MINUTE, still_after=7 * MINUTE)
RUNNING = CheckIn(
    person=ANA.id,
    every=30 * MINUTE,
    grace=2 * MINUTE,
    still_after=10 * MINUTE,
    due_at=NOON,
    still_since=NOON,
    by_hand=True,
)
ASKED = replace(RUNNING, asked=Trigger.LATE, asked_at=NOON)
HERE = Position(place=Place(-2, -79), at=NOON)
BEGUN = k.CheckInStarted(every=30 * MINUTE, grace=2 * MINUTE, still_after=7 * MINUTE)
START = cc.StartCheckIn(person=ANA.id, every=30 * MINUTE)
STOP, MISS = cc.StopCheckIn(person=ANA.id), cc.MissCheckIn(person=ANA.id)
NO = Refusal(reason=Reason.NO_CHECK_IN)
BAD = Refusal(reason=Reason.BAD_INTERVAL)


def said(
    command: cc.CheckInCommand,
    check_in: CheckIn | None = RUNNING,
    *,
    agent: Person | None = ANA,
    raised: Task | None = None,
    seconds: float = 0,
) -> object:
    """The desk's answer so many seconds after noon."""
    given = Situation(caller=DESK, rules=RULES, agent=agent, check_in=check_in, raised=raised)
    return decide_check_in(given, command, NOON + seconds * SECOND)


@pytest.mark.parametrize(
    ("command", "check_in", "answer"),
    [
        (START, None, (BEGUN,)),
        (replace(START, task=7), None, (replace(BEGUN, task=7),)),
        (replace(START, every=SHORTEST), None, (replace(BEGUN, every=SHORTEST),)),
        (replace(START, every=LONGEST), None, (replace(BEGUN, every=LONGEST),)),
        (replace(START, every=SHORTEST - SECOND), None, BAD),
        (replace(START, every=LONGEST + SECOND), None, BAD),
        (START, RUNNING, (BEGUN,)),
        (replace(START, task=7), RUNNING, (k.CheckInJoined(task=7),)),
        (replace(START, task=7), replace(RUNNING, tasks=(7,)), Refusal(reason=Reason.ALREADY)),
        (STOP, RUNNING, (k.CheckInStopped(),)),
        (STOP, None, NO),
        (replace(STOP, task=7), RUNNING, NO),
        (replace(STOP, task=7), replace(RUNNING, tasks=(7,)), (k.CheckInLeft(task=7),)),
        (replace(STOP, task=7), replace(RUNNING, tasks=(7, 8), by_hand=False), (k.CheckInLeft(task=7),)),
        (replace(STOP, task=7), replace(RUNNING, tasks=(7,), by_hand=False), (k.CheckInStopped(),)),
        (cc.RemindCheckIn(person=ANA.id), RUNNING, (k.CheckInReminded(why=Trigger.LATE),)),
        (cc.RemindCheckIn(person=ANA.id), replace(RUNNING, due_at=NOON + SECOND), ()),
        (MISS, RUNNING, ()),
        (MISS, replace(ASKED, asked_at=None), ()),
        (cc.AnswerCheckIn(person=ANA.id), ASKED, (k.CheckInAnswered(),)),
        (cc.AnswerCheckIn(person=ANA.id, duress=True), ASKED, (k.CheckInAnswered(), k.DuressGiven())),
        (cc.AnswerCheckIn(person=ANA.id), None, NO),
        (cc.GiveDuressWord(person=ANA.id), None, (k.DuressGiven(),)),
        (cc.SetDuressWord(person=ANA.id, salt=b"", digest=b""), None, (k.DuressWordSet(),)),
        (cc.NeedHelp(person=ANA.id), RUNNING, (k.HelpWanted(),)),
    ],
)
def test_a_check_in_is_answered_just_so(command: cc.CheckInCommand, check_in: CheckIn | None, answer: object) -> None:
    assert said(command, check_in) == answer
    assert said(command, check_in, agent=None) == Refusal(reason=Reason.UNKNOWN_PERSON)


def test_where_somebody_was_seen_is_where_their_check_in_begins() -> None:
    assert said(START, None, agent=replace(ANA, position=HERE)) == (replace(BEGUN, seen=HERE),)


@pytest.mark.parametrize(("seconds", "missed"), [(119, False), (120, True), (121, True)])
def test_p4_no_word_is_missed_when_the_grace_is_over(seconds: int, missed: bool) -> None:
    assert said(MISS, ASKED, seconds=seconds) == ((k.CheckInMissed(why=Trigger.LATE),) if missed else ())


@pytest.mark.parametrize("command", [MISS, cc.RemindCheckIn(person=ANA.id)])
def test_p14_whoever_is_out_is_not_asked_any_more(command: cc.CheckInCommand) -> None:
    out = replace(ANA, membership=Membership.DISABLED)
    assert said(command, ASKED, agent=out) == (k.CheckInStopped(),)


def raised(trigger: Trigger) -> Task:
    """The alarm that was opened at noon in Ana's name."""
    return replace(staged(Kind.EMERGENCY), alarm=Alarm(trigger=trigger, person=ANA.id))


@pytest.mark.parametrize(
    ("alarm", "before", "in_time"),
    [
        (raised(Trigger.LATE), 1.0, 7),
        (raised(Trigger.LOST), 1.0, 7),
        (raised(Trigger.STILL), 60.0, 7),
        (raised(Trigger.LATE), 0.999, None),
        (raised(Trigger.LATE), -1.0, None),
        (raised(Trigger.LATE), None, None),
        (raised(Trigger.HELP), 60.0, None),
        (raised(Trigger.DURESS), 60.0, None),
        (staged(Kind.EMERGENCY), 60.0, None),
        (None, 60.0, None),
    ],
)
def test_an_answer_was_in_time_when_it_was_sent_a_second_before_the_alarm(
    alarm: Task | None, before: float | None, in_time: int | None
) -> None:
    sent_at = NOON - before * SECOND if before is not None else None
    answer = cc.AnswerCheckIn(person=ANA.id, sent_at=sent_at)
    assert said(answer, raised=alarm, seconds=5) == (k.CheckInAnswered(in_time=in_time),)


def test_who_has_called_for_help_already_is_shown_that_emergency() -> None:
    again = said(cc.NeedHelp(person=ANA.id), raised=raised(Trigger.HELP))
    assert again == Refusal(reason=Reason.DUPLICATE, task=7)
