"""Nights in which anybody does anything at any moment, on a real desk and a real file, and what holds all the same."""

import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from core.desk.desk import Desk
from core.desk.outcome import Outcome
from core.desk.ports import Record
from core.queries.allowed_actions import allowed_actions
from core.rules.escalation import escalates
from core.rules.permissions import DESK, caller_of
from core.rules.timers import TimerKind
from core.state.commitments import held
from core.state.person import Person
from core.state.task import Task, evolve, opened
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import seats as seats_
from core.vocabulary.notifying import Notified
from core.vocabulary.places import Place, Position
from core.vocabulary.refusals import Reason
from core.vocabulary.shares import Counted
from core.vocabulary.words import Availability, Membership, Role
from storage.audit import record
from storage.repositories import counters, people, tasks
from tests.core.dispatch import told_of
from tests.core.night_parts import Clock, Plain, at_once
from tests.core.stages import NOON, RULES
from tests.support.databases import Direct
from tests.support.outcomes import refusal_of, task_of

CITY = Place(-2.19, -79.88)
ROLES = (*[Role.AGENT] * 5, Role.SUPERVISOR, Role.SUPERVISOR, Role.ADMIN)
STEPS = (c.Accept, c.Decline, c.Depart, c.Arrive, c.Start, c.Pause, c.Resume, c.Complete, c.Undo)
CHARGES = (c.Cancel, c.Undo, c.Reopen, c.Acknowledge, c.Escalate)
OF_THE_AGENT = {
    Reason.AGENT_BUSY,
    Reason.AGENT_UNFIT,
    Reason.ENDANGERED,
    Reason.TAKEN,
    Reason.ALREADY,
    Reason.UNKNOWN_PERSON,
}


class Nights(RuleBasedStateMachine):
    """The rules are what people, Telegram and the clock do; the invariants are the promises."""

    emergencies: Bundle[int] = Bundle("emergencies")
    work: Bundle[int] = Bundle("work")
    anybody = st.integers(0, len(ROLES) - 1)
    agents = st.integers(0, 4)

    @initialize(places=st.lists(st.floats(-0.2, 0.2), min_size=10, max_size=10))
    def begin(self, places: list[float]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.direct = Direct(Path(self.folder.name))
        self.clock = Clock()
        self.desk = Desk(units=self.direct, clock=self.clock, composer=Plain(), rules=RULES)
        self.persons = [self._hires(self._somebody(number, places)) for number in range(len(ROLES))]
        self.keys = 0
        self.looked_at: dict[int, tuple[int, int]] = {}

    def _hires(self, person: Person) -> Person:
        return self.direct.run(lambda session: people.save(session, None, person))

    def _somebody(self, number: int, places: list[float]) -> Person:
        agent = ROLES[number] is Role.AGENT
        where = Place(CITY.lat + places[number], CITY.lon + places[number + 5]) if agent else None
        return Person(
            id=0,
            account=1_000 + number,
            name=f"{ROLES[number].name} {number}",
            role=ROLES[number],
            membership=Membership.ACTIVE,
            availability=Availability.AVAILABLE,
            position=Position(place=where, at=NOON) if where else None,
        )

    def teardown(self) -> None:
        self.direct.close()
        self.folder.cleanup()

    def does(self, who: int | None, command: c.AnyCommand) -> Outcome:
        """Somebody asks, as the bot believes them to be (None: the desk itself), and their update comes twice (P2)."""
        self.keys += 1
        caller = caller_of(self.persons[who]) if who is not None else DESK
        before = self.direct.connection.total_changes
        outcome = at_once(self.desk.execute(command, caller=caller, key=f"update:{self.keys}:1"))
        changed = self.direct.connection.total_changes - before
        again = at_once(self.desk.execute(command, caller=caller, key=f"update:{self.keys}:1"))
        assert again == outcome
        assert self.direct.connection.total_changes - before == changed, "the second time changes nothing"
        if refusal_of(outcome) is not None:
            assert changed == 1, "a no leaves nothing behind but its answer"
        return outcome

    @rule(who=anybody, number=st.integers(0, 10**6), near=st.booleans(), wanted=st.integers(1, 4), target=emergencies)
    def reports_an_emergency(self, who: int, number: int, near: bool, wanted: int) -> MultipleResults[int]:
        place, seats = CITY if near else None, max(wanted - 1, 1)  # one seat twice as often
        command = c.OpenEmergency(title=f"Robo {number}", sent_at=self.clock.moment, place=place, seats=seats)
        return self._opened(self.does(who, command))

    @rule(who=anybody, number=st.integers(0, 10**6), assignee=st.none() | agents, target=work)
    def reports_work(self, who: int, number: int, assignee: int | None) -> MultipleResults[int]:
        agent = self.persons[assignee].id if assignee is not None else None
        return self._opened(
            self.does(who, c.OpenTask(title=f"Ronda {number}", sent_at=self.clock.moment, assignee=agent))
        )

    def _opened(self, outcome: Outcome) -> MultipleResults[int]:
        task = task_of(outcome)
        return multiple(*([task.id] if task is not None else []))

    @rule(task=work | emergencies, who=agents, step=st.sampled_from(STEPS))
    def takes_a_step(self, task: int, who: int, step: type[c.OnTask]) -> None:
        self.does(who, step(task=task))  # type: ignore[arg-type]

    @rule(task=emergencies, who=agents, step=st.sampled_from((c.Accept, c.Decline)))
    def answers_an_offer(self, task: int, who: int, step: type[c.OnTask]) -> None:
        self.does(who, step(task=task))  # type: ignore[arg-type]

    @rule(task=work | emergencies, who=anybody, charge=st.sampled_from(CHARGES))
    def takes_charge(self, task: int, who: int, charge: type[c.OnTask]) -> None:
        self.does(who, charge(task=task))  # type: ignore[arg-type]

    @rule(task=work | emergencies, who=st.integers(5, 7), agent=agents)
    def assigns(self, task: int, who: int, agent: int) -> None:
        self.does(who, c.Assign(task=task, agent=self.persons[agent].id))

    @rule(task=work | emergencies, who=st.integers(5, 7), agent=agents, seats=st.none() | st.integers(0, 4))
    def relieves_or_changes_how_many_go(self, task: int, who: int, agent: int, seats: int | None) -> None:
        relieve = seats_.Relieve(task=task, agent=self.persons[agent].id)
        self.does(who, relieve if seats is None else seats_.Reinforce(task=task, seats=seats, fewer=True))

    @rule(task=work | emergencies, who=anybody, place=st.sampled_from([None, CITY, Place(0, 179.9)]))
    def says_more(self, task: int, who: int, place: Place | None) -> None:
        self.does(who, c.Locate(task=task, place=place) if place else c.AddNote(task=task, text="se oyen tiros"))

    @rule(task=work | emergencies, who=anybody, chosen=st.integers(0, 20), agent=agents)
    def presses_a_button_that_their_card_shows(self, task: int, who: int, chosen: int, agent: int) -> None:
        reader = self._person(self.persons[who].id)
        buttons = sorted(allowed_actions(self._task(task), reader, self.clock.moment), key=lambda each: each.__name__)
        if not reader.active or not buttons:
            return
        button = buttons[chosen % len(buttons)]
        words: dict[object, dict[str, object]] = {c.AddNote: {"text": "?"}, c.Locate: {"address": "?"}}
        more = (words | {c.Assign: {"agent": self.persons[agent].id}}).get(button, {})
        refusal = refusal_of(self.does(who, button(task=task, **more)))  # type: ignore[arg-type]
        assert refusal is None or (button is c.Assign and refusal.reason in OF_THE_AGENT), (button, refusal)

    @rule(who=anybody, availability=st.sampled_from(Availability))
    def comes_or_goes(self, who: int, availability: Availability) -> None:
        self.does(who, c.SetAvailability(person=self.persons[who].id, availability=availability))

    @rule(whom=anybody, role=st.sampled_from([None, *Role]))
    def is_given_another_role_or_shut_out(self, whom: int, role: Role | None) -> None:
        person = self.persons[whom].id
        self.does(7, c.Promote(person=person, role=role) if role is not None else c.Disable(person=person))

    @rule(whom=anybody, role=st.sampled_from(Role))
    def is_let_in_again(self, whom: int, role: Role) -> None:
        self.does(7, c.Admit(person=self.persons[whom].id, role=role, again=True))

    @rule(whom=anybody, heard=st.booleans())
    def blocks_the_bot_or_writes_again(self, whom: int, heard: bool) -> None:
        person = self.persons[whom].id
        self.does(None, c.MarkHeard(person=person) if heard else c.MarkSilenced(person=person))

    @rule(seconds=st.sampled_from([1, 44, 46, 130, 700]))
    def time_passes(self, seconds: int) -> None:
        self.clock.moment += timedelta(seconds=seconds)
        fired = at_once(self.desk.fire_due())
        assert at_once(self.desk.fire_due()) == 0, f"{fired} fired, and some of them twice"

    @invariant()
    def p10_the_record_is_what_the_task_is_made_of(self) -> None:
        for task in self._changed_tasks():
            history = self._history(task.id)
            first, *others = history
            assert isinstance(first.event, e.Opened)
            folded = opened(task.id, first.event, first.at)
            for each in others:
                folded = evolve(folded, each.event, each.at)  # type: ignore[arg-type]
            assert folded == task
            unseen = sum(isinstance(each.event, Notified | Counted) for each in history)
            assert task.version == len(history) - unseen, "only what a card shows makes it another"

    @invariant()
    def p7_nobody_is_in_two_places(self) -> None:
        taken: dict[int, int] = {}
        for task in self._open_tasks():
            assert len(task.crew) <= task.seats, f"{task.code} has more in it than seats"
            for part in task.assignments:
                if held(task, part):
                    assert part.agent not in taken, f"{part.agent} is held by {taken[part.agent]} and {task.id}"
                    taken[part.agent] = task.id
        holds = {person.id: person.hold for person in self._everybody() if person.hold is not None}
        assert holds == taken

    @invariant()
    def p4_no_emergency_is_forgotten(self) -> None:
        due = {(row["kind"], row["task"]) for row in self._rows("SELECT kind, task FROM timer")}
        for task in self._open_tasks():
            if task.emergency:
                looking = (TimerKind.SEARCH, task.id) in due
                filled = not task.missing
                assert task.offers or filled or looking or task.quiet, f"{task.code} has a seat and nobody looks"
                assert not task.quiet or task.acknowledged_by, f"{task.code} is quiet and nobody is in charge"
                assert not escalates(task) or (TimerKind.CLIMB, task.id) in due, f"{task.code} climbs no further"
            for part in task.offers:
                assert not task.emergency or (TimerKind.OFFER, task.id) in due, f"{part.agent} may wait for ever"

    @invariant()
    def p14_nobody_who_is_out_has_anything(self) -> None:
        everybody = {person.id: person for person in self._everybody()}
        out = {person.id for person in everybody.values() if not person.active}
        for task in self._open_tasks():
            asked = {part.agent for part in (*task.offers, *(p for p in task.assignments if p.state.holds))}
            assert not asked & out, f"{task.code} is with {asked & out}, who are out"
            charged = everybody.get(task.acknowledged_by or 0)
            assert charged is None or (charged.active and charged.role >= Role.SUPERVISOR), (
                f"{task.code} is with nobody"
            )
            told = [everybody[person] for person in told_of(self.direct, task) if person in everybody]
            hears = any(
                person.active and person.reachable and (person.role >= Role.SUPERVISOR or person.id in asked)
                for person in told
            )
            assert not told or hears or not escalates(task), f"{task.code} waits for who is out"

    @invariant()
    def p11_the_totals_are_what_counting_says(self) -> None:
        for kind, count in (
            ("tasks", "SELECT state || ':' || priority AS name, count(*) AS many FROM task GROUP BY 1"),
            (
                "agents",
                "SELECT availability AS name, count(*) AS many FROM person"
                " WHERE role = 1 AND membership = 'active' GROUP BY 1",
            ),
        ):
            assert self._totals(kind) == {row["name"]: row["many"] for row in self._rows(count)}

    def _changed_tasks(self) -> list[Task]:
        """Those that something has happened to since the last look."""
        versions = {row["id"]: (row["version"], row["earlier"]) for row in self._rows("SELECT * FROM task")}
        changed = [number for number, version in versions.items() if self.looked_at.get(number) != version]
        self.looked_at = versions
        return [self._task(number) for number in changed]

    def _open_tasks(self) -> list[Task]:
        return [self._task(row["id"]) for row in self._rows("SELECT id FROM task WHERE open = 1")]

    def _history(self, number: int) -> list[Record]:
        return self.direct.run(lambda session: record.of_task(session, number))

    def _totals(self, kind: str) -> dict[str, int]:
        kept = self.direct.run(lambda session: counters.totals(session, kind))
        return {name: many for name, many in kept.items() if many}

    def _task(self, number: int) -> Task:
        task = self.direct.run(lambda session: tasks.find(session, number))
        assert task is not None
        return task

    def _everybody(self) -> list[Person]:
        return [self._person(person.id) for person in self.persons]

    def _person(self, number: int) -> Person:
        person = self.direct.run(lambda session: people.by_id(session, number))
        assert person is not None
        return person

    def _rows(self, query: str) -> list[sqlite3.Row]:
        return list(self.direct.connection.execute(query))


TestNights = Nights.TestCase
TestNights.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
