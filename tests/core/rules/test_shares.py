"""Fair shares: whose agent is given up for whom, what falls silent, and that nothing is dropped."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.notifications.notifications import TaskContext, Topic
from core.notifications.turns import BESIDE, COPIES, in_turn
from core.rules.decide import decide
from core.rules.permissions import caller_of
from core.rules.shares import ALONE, PAUSE, flood, join, spared
from core.rules.situation import Rules, Situation
from core.state.task import Task, evolve, opened
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import shares as s
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Refusal
from core.vocabulary.words import Kind
from tests.core.everybody import Everybody
from tests.core.stages import ADA, ANA, BETO, CARLA, EVERYBODY, NOON, RITA, SARA, staged

REPORTERS = (RITA, BETO, CARLA)


def asking(number: int, *agents: int, earlier: int = 0, **more: Any) -> Task:
    """An emergency that asks these agents."""
    task = replace(staged(Kind.EMERGENCY), id=number, earlier=earlier, **more)
    for agent in agents:
        task = evolve(task, e.Offered(agent=agent, until=NOON), NOON)
    return task


def given_up(wanted: Task, *others: Task, alone: frozenset[int] = frozenset()) -> tuple[int, int] | None:
    """The emergency that gives an agent up, and the agent."""
    people = {one.id: replace(one, hold=99) for one in (ANA, BETO, CARLA)}
    found = spared(wanted, others, people, alone)
    return (found.task, found.agent) if found is not None else None


def test_a_later_one_gives_its_agent_up_before_one_that_asks_several() -> None:
    wanted, several, later = asking(9), asking(1, ANA.id, BETO.id), asking(2, CARLA.id, earlier=1)
    assert given_up(wanted, later, several) == (2, CARLA.id)
    assert given_up(wanted, several) == (1, BETO.id), "whoever was farthest"


def test_the_only_agent_of_somebodys_first_stays_and_so_does_what_a_person_chose() -> None:
    chosen = evolve(asking(2, earlier=1), e.Offered(agent=CARLA.id, by=SARA.id, by_hand=True), NOON)
    assert given_up(asking(9), asking(1, ANA.id), chosen) is None


def test_a_yes_to_a_later_one_counts_once_the_agent_is_there_or_somebody_is_in_charge() -> None:
    going = evolve(asking(2, ANA.id, earlier=1), e.Accepted(agent=ANA.id), NOON)
    assert given_up(asking(9), going, alone=frozenset({ANA.id})) == (2, ANA.id)
    assert given_up(asking(9), going) is None, "who has something else to do would not be free"
    for event in (e.OnScene(agent=ANA.id), e.Acknowledged(person=SARA.id)):
        assert given_up(asking(9), evolve(going, event, NOON), alone=frozenset({ANA.id})) is None
    first = replace(going, earlier=0)
    assert given_up(asking(9), first, alone=frozenset({ANA.id})) is None


def test_who_refused_it_or_is_the_one_in_danger_is_not_taken_from_another() -> None:
    refused = evolve(asking(9, ANA.id), e.Declined(agent=ANA.id), NOON)
    assert given_up(refused, asking(2, ANA.id, earlier=1)) is None
    assert given_up(replace(asking(9), reporter=ANA.id), asking(2, ANA.id, earlier=1)) is None


def test_one_or_two_of_somebody_who_is_put_out_go_on_and_a_flood_falls_silent() -> None:
    one, two, three = asking(1), asking(2, earlier=1), asking(3, taken_from=1)
    assert flood((one, two)) == ()
    assert flood((replace(one, joined=1), two, three)) == (replace(one, joined=1), two), "what was taken out goes on"


class Desk:
    """The emergencies of a night, opened by the rule itself."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.reports = 0

    def report(self, reporter: int) -> None:
        """Somebody reports another one."""
        self.reports += 1
        person = EVERYBODY[reporter]
        own = [task for task in self.tasks if task.reporter == reporter and not task.state.closed]
        first = own[0] if len(own) >= ALONE else None
        situation = Situation(
            caller=caller_of(person),
            rules=Rules(),
            task=first,
            earlier=len(own),
            directory=Everybody(known=(SARA, ADA)),
        )
        decision = decide(situation, c.OpenEmergency(title=f"Número {self.reports}", sent_at=NOON), NOON)
        assert not isinstance(decision, Refusal)
        if first is not None:
            self._replace(first, decision)
            return
        begin = decision[0]
        assert isinstance(begin, e.Opened)
        task = opened(len(self.tasks) + 1, begin, NOON)
        for event in decision[1:]:
            task = evolve(task, event, NOON)
        self.tasks.append(task)

    def end(self, reporter: int) -> None:
        """The oldest of somebody's is over."""
        own = [task for task in self.tasks if task.reporter == reporter and not task.state.closed]
        if own:
            self._replace(own[0], (e.Completed(),))

    def _replace(self, task: Task, events: tuple[e.TaskEvent, ...]) -> None:
        after = task
        for event in events:
            after = evolve(after, event, NOON)
        self.tasks[self.tasks.index(task)] = after


@given(st.lists(st.tuples(st.sampled_from(REPORTERS), st.integers(0, 5)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_p5_a_first_one_never_waits_behind_anothers_second_and_nothing_is_dropped(
    acts: list[tuple[Any, int]],
) -> None:
    desk = Desk()
    for reporter, what in acts:
        if what:
            desk.report(reporter.id)
        else:
            desk.end(reporter.id)
    assert len(desk.tasks) + sum(task.joined for task in desk.tasks) == desk.reports, "nothing is dropped"
    for reporter in REPORTERS:
        assert sum(task.reporter == reporter.id and not task.state.closed for task in desk.tasks) <= ALONE
    cards: dict[bool, list[int]] = {True: [], False: []}
    for task in desk.tasks:
        climbed = e.Escalated(step=0, notified=(SARA.id, ADA.id), cause=Cause.OPENED, next_at=NOON)
        said = in_turn((climbed,), TaskContext(task=evolve(task, climbed, NOON), people=EVERYBODY))
        cards[task.earlier == 0] += [one.turn for one in said if one.topic is Topic.CARD]
    assert max(cards[True], default=0) < min(cards[False], default=COPIES)
    assert max(cards[False], default=0) < BESIDE, "before pins and notes"


def test_what_joined_is_heard_after_the_cards_and_then_only_counted() -> None:
    task, turns = replace(staged(Kind.EMERGENCY), acknowledged_at=NOON, acknowledged_by=SARA.id), []
    opening = c.OpenEmergency(title="otra más", sent_at=NOON)
    for _ in range(6):
        (report,) = join(task, opening, NOON)
        task = evolve(task, report, NOON)
        file = TaskContext(task=task, people=EVERYBODY, shown_in=(SARA.destination,), caller=RITA.id)
        turns.append([(one.topic, one.notify, one.counts) for one in in_turn((report,), file)])
    heard = [any(topic is Topic.NOTE for topic, _, _ in said) for said in turns]
    assert heard == [True, True, True, False, False, False]
    (later,) = join(task, opening, NOON + PAUSE)
    assert isinstance(later, s.ReportJoined)
    assert later.heard, "after a pause it is news again"
    assert [counts for said in turns for topic, _, counts in said if topic is Topic.CARD] == [False] * 3 + [True] * 3
