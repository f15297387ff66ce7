"""Random histories of people and dying processes, under which P4, P7 and P8 hold."""

import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.desk.ports import Record
from core.rules import timers
from core.rules.escalation import escalates
from core.rules.permissions import DESK
from core.rules.situation import Rules
from core.rules.timers import TimerKind
from core.state.person import Person
from core.state.task import Task, evolve, opened
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, EscalationStep
from core.vocabulary.words import AssignmentState, Availability, Priority
from tests.core.dispatch import PARK, Dispatch

AGENTS, SUPERVISORS = 4, 3
NOW = timedelta(0)
ANY = st.integers(0, 99)
STEPS: dict[str, Callable[..., c.TaskCommand]] = {
    "voy": c.Accept,
    "no puedo": c.Decline,
    "en camino": c.Depart,
    "llegué": c.Arrive,
    "finalizar": c.Complete,
    "deshacer": c.Undo,
}
CHARGES: dict[str, Callable[..., c.TaskCommand]] = {
    "recibido": c.Acknowledge,
    "escalar": c.Escalate,
    "cancelar": c.Cancel,
    "reabrir": c.Reopen,
}


def done(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The answer of what never has to wait: the database is in this thread."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits")


class Histories(RuleBasedStateMachine):
    """A night at the desk."""

    @initialize(
        offer_to=st.integers(1, 3),
        repeat=st.integers(0, 1),
        whom=st.permutations(["supervisors_on_duty", "supervisors", "admins", "assignee"]),
        every=st.sampled_from([10, 60, 120]),
        ack=st.sampled_from([60, 600]),
    )
    def opens(self, offer_to: int, repeat: int, whom: list[str], every: int, ack: int) -> None:
        steps = tuple(
            EscalationStep(after=number * timedelta(seconds=50), written=(t,)) for number, t in enumerate(whom[:3])
        )
        self.policy = EscalationPolicy(
            steps=steps,
            repeat=repeat,
            broadcast_every=timedelta(seconds=every),
            ack_timeout=timedelta(seconds=ack),
        )
        self.folder = tempfile.TemporaryDirectory()
        rules = Rules(offer_to=offer_to, policies={Priority.CRITICAL: self.policy}, duplicate_window=NOW)
        self.desk = Dispatch(Path(self.folder.name), rules=rules)
        self.agents = [self.desk.agent(f"A{n}", away=100 * n if n else None) for n in range(AGENTS)]
        self.bosses = [self.desk.supervisor(f"S{n}", on_duty=n == 1) for n in range(SUPERVISORS)]
        self.bosses.append(self.desk.admin("Marta"))
        self.tasks: list[Task] = []
        self.stops: list[tuple[datetime, datetime]] = []
        self.ever_deaf: set[int] = set()
        self.heard_at = self.desk.moment - timedelta(days=1)

    def teardown(self) -> None:
        """The end of the night: whatever is open and unanswered is said to everybody, again and again."""
        if not hasattr(self, "desk"):
            return
        try:
            self._night_ends()
        finally:
            self.desk.direct.close()
            self.folder.cleanup()

    def _night_ends(self) -> None:
        longest = self.policy.steps[-1].after * (self.policy.repeat + 1) + self.policy.ack_timeout
        every = self.policy.broadcast_every or NOW
        done(self.desk.passes((longest + every * (self.policy.repeat + 3)).total_seconds()))
        self.all_is_well()
        for task in self._unanswered():
            last = [climb for climb in self._climbs(task) if climb.at > self.desk.moment - 2 * every]
            assert len(last) >= 2, f"{task.code} is silent"
            assert all(isinstance(climb.event, e.Escalated) and climb.event.step is None for climb in last)

    @rule(who=ANY, place=st.booleans())
    def somebody_calls(self, who: int, place: bool) -> None:
        caller = self._one_of([*self.agents, *self.bosses], who)
        if len(self.tasks) < 4:
            title = f"Robo {len(self.tasks)}"
            called = done(self.desk.calls(caller, title, place=PARK if place else None))
            if called.id not in {task.id for task in self.tasks}:  # a third of the same reporter joins their first
                self.tasks.append(called)

    @precondition(lambda self: self.tasks)
    @rule(who=ANY, which=ANY, step=st.sampled_from(sorted(STEPS)))
    def an_agent_presses(self, who: int, which: int, step: str) -> None:
        self._does(self._one_of(self.agents, who), STEPS[step](task=self._which(which).id))

    @precondition(lambda self: self.tasks)
    @rule(who=ANY, which=ANY, charge=st.sampled_from(sorted(CHARGES)))
    def a_supervisor_presses(self, who: int, which: int, charge: str) -> None:
        self._does(self._one_of(self.bosses, who), CHARGES[charge](task=self._which(which).id))

    @precondition(lambda self: self.tasks)
    @rule(who=ANY, which=ANY, whom=ANY)
    def a_supervisor_assigns(self, who: int, which: int, whom: int) -> None:
        chosen = self._one_of(self.agents, whom)
        self._does(self._one_of(self.bosses, who), c.Assign(task=self._which(which).id, agent=chosen.id))

    @precondition(lambda self: self.tasks)
    @rule(which=ANY)
    def the_place_comes(self, which: int) -> None:
        self._does(self.bosses[0], c.Locate(task=self._which(which).id, place=PARK))

    @rule(who=ANY, availability=st.sampled_from([Availability.AVAILABLE, Availability.OFF_DUTY]))
    def an_agent_comes_or_goes(self, who: int, availability: Availability) -> None:
        agent = self._one_of(self.agents, who)
        self._does(agent, c.SetAvailability(person=agent.id, availability=availability))

    @rule(who=ANY)
    def somebody_blocks_the_bot(self, who: int) -> None:
        person = self._one_of([*self.agents, *self.bosses], who)
        self.desk.deaf.add(person.account)
        self.ever_deaf.add(person.id)

    @rule(who=ANY)
    def somebody_writes_again(self, who: int) -> None:
        person = self._one_of([*self.agents, *self.bosses], who)
        self.desk.deaf.discard(person.account)
        done(self.desk.desk.execute(c.MarkHeard(person=person.id), caller=DESK))
        self.heard_at = self.desk.moment

    @rule(seconds=st.sampled_from([1, 20, 45, 50, 119, 300]))
    def time_passes(self, seconds: int) -> None:
        done(self.desk.passes(seconds))

    @rule(seconds=st.sampled_from([0, 5, 100, 3_600]))
    def the_process_dies(self, seconds: int) -> None:
        started = self.desk.moment
        done(self.desk.stands_still(seconds))
        self.stops.append((started, self.desk.moment))

    @invariant()
    def all_is_well(self) -> None:
        if not hasattr(self, "desk"):
            return
        self.tasks = [self.desk.task(task) for task in self.tasks]
        for task in self.tasks:
            self._is_its_events(task)
            self._goes_on(task)
            self._was_in_time(task)
        self._nobody_is_in_two_places()

    def _is_its_events(self, task: Task) -> None:
        *_, (_, made) = self._states(task)
        assert made == task

    def _states(self, task: Task) -> Iterator[tuple[Record, Task]]:
        """Events, each with the task after it."""
        made: Task | None = None
        for one in self.desk.history(task):
            assert isinstance(one.event, e.TaskEvent)
            if isinstance(one.event, e.Opened):
                made = opened(task.id, one.event, one.at)
            else:
                assert made is not None
                made = evolve(made, one.event, one.at)
            yield one, made

    def _goes_on(self, task: Task) -> None:
        """P4: it climbs, or its answer is watched, or somebody is there; and while nobody goes, agents are sought."""
        pending = {(timer.kind, timer.person): timer for timer in self.desk.pending(task)}
        assert all(timer.due_at > self.desk.moment for timer in pending.values()), "P8: something due was left"
        if task.state.closed:
            return
        if escalates(task):
            assert (TimerKind.CLIMB, 0) in pending, f"P4: {task.code} is unanswered and does not climb"
        else:
            assert timers.at_work(task) or (TimerKind.PROGRESS, 0) in pending, f"P4: nobody watches {task.code}"
        assert not timers.searching(task) or (TimerKind.SEARCH, 0) in pending
        for offer in task.offers:
            assert (TimerKind.OFFER, offer.agent) in pending, "nobody would ever end this offer"
        self._was_heard(task)

    def _was_heard(self, task: Task) -> None:
        """An alert does not wait for unreachable people while there are others.

        One who comes back is told with the next step.
        """
        people = [self.desk.person(person) for person in (*self.agents, *self.bosses)]
        told = self.desk.told(task)
        notified = [person for person in people if person.id in told]
        others = [boss for boss in people[AGENTS:] if boss.reachable and boss.id != task.reporter]
        last = max(climb.at for climb in self._climbs(task))
        if escalates(task) and notified and others and last > self.heard_at:
            assert any(person.reachable for person in notified), f"P4: {task.code} waits for people who can't hear"

    def _was_in_time(self, task: Task) -> None:
        """P8: whatever the desk did by itself, it did once, not before its time, and at its time unless it was dead."""
        offers: dict[int, datetime | None] = {}
        climb: datetime | None = None
        for one, after in self._states(task):
            match one.event:
                case e.Offered():
                    offers[one.event.agent] = one.event.until
                case e.Expired():
                    due = offers.pop(one.event.agent)
                    if one.event.agent not in self.ever_deaf:
                        self._came_in_time(due, one.at)
                case e.Escalated():
                    if one.event.cause is Cause.TIME and climb is not None:
                        self._came_in_time(climb, one.at)
                    climb = one.event.next_at
            if not escalates(after):
                climb = None  # an answer that is lost later sets a time of its own

    def _came_in_time(self, due: datetime | None, at: datetime) -> None:
        assert due is not None
        assert due <= at, "P8: too early"
        late = [(start, end) for start, end in self.stops if start <= due <= end]
        assert at in (due, *(end for _, end in late)), "P8: too late"

    def _nobody_is_in_two_places(self) -> None:
        """P7."""
        holding: Counter[int] = Counter()
        for task in self.tasks:
            if task.state.closed:
                continue
            holding.update(p.agent for p in task.assignments if p.state.holds or p.state is AssignmentState.OFFERED)
            assert len(task.crew) <= task.seats, f"P7: {task.code} has more in it than seats"
        assert all(count == 1 for count in holding.values()), "P7: somebody is in two places"
        for agent in self.agents:
            assert (self.desk.person(agent).hold is not None) is (agent.id in holding)

    def _climbs(self, task: Task) -> list[Record]:
        return [one for one in self.desk.history(task) if isinstance(one.event, e.Escalated | e.Passed)]

    def _unanswered(self) -> list[Task]:
        return [task for task in self.tasks if escalates(task)]

    def _does(self, who: Person, command: c.AnyCommand) -> None:
        done(self.desk.does(who, command))

    def _which(self, number: int) -> Task:
        return self.tasks[number % len(self.tasks)]

    def _one_of(self, people: list[Person], number: int) -> Person:
        return people[number % len(people)]


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
