"""The place of an emergency among those of its reporter: who is first, what joins, what falls silent with them."""

from typing import Any

import pytest
from msgspec.structs import replace

from core.rules.shares import TEXT_LIMIT, count, count_again, counts, flood, join, quieten, wants_an_agent, yield_agent
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import shares as s
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.places import Place
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Kind
from tests.core.rules.test_shares import asking, given_up
from tests.core.stages import ANA, BETO, CARLA, NOON, SARA, SECOND, staged

OVER = e.Completed()
FIRST, SECOND_ONE, THIRD = asking(1), asking(2, earlier=1), asking(3, earlier=2)
HELP = Alarm(trigger=Trigger.HELP, person=ANA.id)


def over(task: Task) -> Task:
    """The emergency when it has ended."""
    return evolve(task, OVER, NOON)


@pytest.mark.parametrize(
    ("before", "after", "others", "counted"),
    [
        (FIRST, over(FIRST), (THIRD, SECOND_ONE), (s.Count(task=2, earlier=0),)),
        (FIRST, over(FIRST), (), ()),
        (SECOND_ONE, over(SECOND_ONE), (FIRST, THIRD), ()),
        (FIRST, over(FIRST), (over(SECOND_ONE), THIRD), (s.Count(task=3, earlier=0),)),
        (FIRST, over(FIRST), (replace(SECOND_ONE, alarm=HELP), THIRD), (s.Count(task=3, earlier=0),)),
        (FIRST, over(FIRST), (FIRST, replace(SECOND_ONE, taken_from=1)), ()),
        (over(FIRST), FIRST, (SECOND_ONE, replace(THIRD, earlier=0)), (s.Count(task=1, earlier=2),)),
        (over(FIRST), FIRST, (), ()),
        (over(FIRST), FIRST, (FIRST,), ()),
        (over(THIRD), THIRD, (), (s.Count(task=3, earlier=0),)),
        (over(THIRD), THIRD, (FIRST,), ()),
        (FIRST, FIRST, (THIRD,), ()),
        (None, FIRST, (SECOND_ONE,), ()),
        (None, over(FIRST), (SECOND_ONE,), ()),
    ],
)
def test_where_the_first_ended_the_oldest_is_first_and_one_that_comes_back_goes_behind(
    before: Task | None, after: Task, others: tuple[Task, ...], counted: tuple[s.Count, ...]
) -> None:
    assert count_again(before, after, others) == counted


def test_an_emergency_is_given_its_place_once_and_not_after_its_end() -> None:
    place = s.Count(task=2, earlier=0)
    assert count(SECOND_ONE, place) == (s.Counted(earlier=0),)
    assert count(replace(SECOND_ONE, earlier=0), place) == Refusal(reason=Reason.ALREADY, task=2)
    assert count(over(SECOND_ONE), place) == Refusal(reason=Reason.ANSWERED, task=2)


@pytest.mark.parametrize(
    ("changed", "share"),
    [
        ({}, True),
        ({"alarm": HELP}, False),
        ({"drill": True}, False),
        ({"taken_from": 4}, False),
        ({"kind": Kind.TASK}, False),
    ],
)
def test_alarms_drills_and_what_a_supervisor_took_out_are_no_ones_share(changed: dict[str, Any], share: bool) -> None:
    assert counts(replace(FIRST, **changed)) is share


@pytest.mark.parametrize(
    ("tasks", "silent"),
    [
        ((FIRST,), 0),
        ((FIRST, SECOND_ONE), 0),
        ((replace(FIRST, joined=1),), 1),
        ((FIRST, SECOND_ONE, THIRD), 3),
        ((FIRST, SECOND_ONE, replace(THIRD, taken_from=1)), 2),
    ],
)
def test_three_are_a_flood_and_so_is_one_that_others_joined(tasks: tuple[Task, ...], silent: int) -> None:
    assert len(flood(tasks)) == silent


def test_what_falls_silent_asks_nobody_and_keeps_whoever_is_in_charge() -> None:
    asks = asking(1, ANA.id, BETO.id)
    free = (e.Released(agent=ANA.id), e.Released(agent=BETO.id))
    still = s.Quieten(task=1, by=6)
    assert quieten(asks, still, NOON) == (*free, e.Acknowledged(person=6, quiet=True))
    charged = evolve(asks, e.Acknowledged(person=SARA.id), NOON)
    assert quieten(charged, still, NOON) == (*free, e.Acknowledged(person=SARA.id, quiet=True))
    programs = evolve(asks, e.Acknowledged(program="puerta"), NOON)
    assert quieten(programs, still, NOON) == (*free, e.Acknowledged(quiet=True)), "a program's stays a program's"
    assert quieten(replace(asks, quiet=True), still, NOON) == Refusal(reason=Reason.ALREADY, task=1)
    assert quieten(over(asks), still, NOON) == Refusal(reason=Reason.ANSWERED, task=1)


def test_a_report_that_joins_brings_its_words_and_its_place() -> None:
    park = Place(-2.19, -79.88)
    sent = NOON - SECOND
    for words, kept in (
        (" humo \n", "humo"),
        ("a" * TEXT_LIMIT, "a" * TEXT_LIMIT),
        ("a" * (TEXT_LIMIT + 1), "a" * (TEXT_LIMIT - 1) + "…"),
    ):
        report = c.OpenEmergency(title=words, sent_at=sent, place=park, address="Parque")
        expected = s.ReportJoined(
            number=FIRST.version + 1, sent_at=sent, text=kept, place=park, address="Parque", heard=True
        )
        assert join(FIRST, report, NOON) == (expected,)


@pytest.mark.parametrize(
    ("joined", "seconds", "heard"), [(2, 0, True), (3, 119, False), (3, 120, True), (9, 121, True)]
)
def test_three_are_heard_and_then_one_after_two_minutes_of_quiet(joined: int, seconds: int, heard: bool) -> None:
    task = replace(FIRST, joined=joined, joined_at=NOON)
    (report,) = join(task, c.OpenEmergency(title="?", sent_at=NOON), NOON + seconds * SECOND)
    assert isinstance(report, s.ReportJoined)
    assert report.heard is heard


def test_p5_others_are_asked_to_spare_an_agent_when_the_first_begins_to_look_in_vain() -> None:
    asked, alone = asking(1, ANA.id), asking(1)
    assert wants_an_agent(asked, alone)
    assert wants_an_agent(None, alone)
    assert not wants_an_agent(alone, alone)
    assert not wants_an_agent(alone, asked)
    assert not wants_an_agent(None, replace(alone, earlier=1))


def test_an_agent_is_given_up_while_they_are_asked_or_go() -> None:
    gives = s.YieldAgent(task=1, agent=ANA.id)
    asked = asking(1, ANA.id)
    no = Refusal(reason=Reason.OFFER_OVER, task=1)
    assert yield_agent(asked, gives) == (e.Released(agent=ANA.id),)
    going = evolve(asked, e.Accepted(agent=ANA.id), NOON)
    assert yield_agent(going, gives) == (e.Released(agent=ANA.id, held=True),)
    for gone in (asking(1), over(asked), evolve(asked, e.Declined(agent=ANA.id), NOON)):
        assert yield_agent(gone, gives) == no


def test_p5_an_alarm_a_drill_ordinary_work_and_the_emergency_itself_give_nobody_up() -> None:
    later = asking(2, CARLA.id, earlier=1)
    assert given_up(asking(9), later) == (2, CARLA.id)
    for kept in (
        replace(later, alarm=HELP),
        replace(later, drill=True),
        replace(later, id=9),
        over(later),
        replace(staged(Kind.TASK, e.Offered(agent=CARLA.id)), earlier=1),
    ):
        assert given_up(asking(9), kept) is None
