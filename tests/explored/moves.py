"""Acts of the people and of time: what may happen next in a ledger."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from core.rules.permissions import DESK, Caller, caller_of, on_behalf
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.seats import Reinforce, Relieve
from core.vocabulary.words import AssignmentState, Availability
from tests.explored.desk import AGENTS, ANA, BETO, CARO, EVA, PLACE, SUPERVISORS, Explored
from tests.explored.ledger import Ledger

CALLS = ((EVA, 1), (EVA, 2), (ANA, 1))


class Act(Struct, frozen=True, kw_only=True):
    """A command of somebody (0: the desk's own), in words; without one, time passes until the next due time.

    ``radio`` is the supervisor who notes it on their behalf.
    """

    words: str
    by: int = 0
    command: c.AboutTask | c.PersonCommand | None = None
    radio: int = 0

    async def happen(self, explored: Explored) -> None:
        """Let it happen, and act on all that is due then."""
        if self.command is None:
            explored.ledger.now = _later(explored.ledger)
        else:
            explored.ledger.answers.clear()  # every act has a key of its own
            await self.execute(explored)
        await explored.settle()

    async def execute(self, explored: Explored) -> None:
        """Carry out its command, once for one key."""
        if self.command is not None:
            await explored.desk.execute(self.command, caller=self._caller(explored.ledger.people), key=explored.key)

    def _caller(self, people: dict[int, Person]) -> Caller:
        if not self.by:
            return DESK
        person = people[self.by]
        return on_behalf(person, people[self.radio]) if self.radio else caller_of(person)


def _later(ledger: Ledger) -> datetime:
    return max(ledger.next_due or ledger.now, ledger.now)


def acts(ledger: Ledger, emergencies: int) -> Iterator[Act]:
    """Acts that may come next, with so many emergencies at most."""
    if ledger.next_due is not None:
        yield Act(words="time passes")
    if len(ledger.tasks) < emergencies:
        for who, seats in CALLS:
            words = f"{ledger.people[who].name} calls for help from {seats}"
            title = f"Robo {len(ledger.tasks) + 1}"
            help_ = c.OpenEmergency(title=title, sent_at=ledger.now, place=PLACE, seats=seats)
            yield Act(words=words, by=who, command=help_)
    for task in ledger.open_tasks():
        yield from _of_agents(ledger, task)
        yield from _of_supervisors(ledger, task)
    for who in (*AGENTS, CARO):
        yield from _of_oneself(ledger.people[who])


def _of_agents(ledger: Ledger, task: Task) -> Iterator[Act]:
    for agent in AGENTS:
        name, part = ledger.people[agent].name, task.part_of(agent)
        if part is None:
            continue
        yield Act(words=f"{name}: I go to {task.id}", by=agent, command=c.Accept(task=task.id))
        if part.state.holds or part.state is AssignmentState.OFFERED:
            yield Act(words=f"{name}: I can't go to {task.id}", by=agent, command=c.Decline(task=task.id))
        if agent == BETO and part.state is AssignmentState.OFFERED:
            said = f"{name} by radio: I go to {task.id}"
            yield Act(words=said, by=agent, radio=CARO, command=c.Accept(task=task.id))
        if part.state.holds:
            more = Reinforce(task=task.id, seats=2)
            yield Act(words=f"{name}: one more to {task.id}", by=agent, command=more)
            yield Act(words=f"{name}: I am at {task.id}", by=agent, command=c.Arrive(task=task.id))
            yield Act(words=f"{name}: {task.id} is done", by=agent, command=c.Complete(task=task.id))


def _of_supervisors(ledger: Ledger, task: Task) -> Iterator[Act]:
    who = SUPERVISORS[0]
    name = ledger.people[who].name
    yield Act(words=f"{name}: {task.id} is mine", by=who, command=c.Acknowledge(task=task.id))
    yield Act(words=f"{name}: {task.id} climbs", by=who, command=c.Escalate(task=task.id))
    yield Act(words=f"{name}: {task.id} is off", by=who, command=c.Cancel(task=task.id))
    for agent in AGENTS:
        if (part := task.part_of(agent)) is not None and part.state.holds:
            words = f"{name} relieves {ledger.people[agent].name} of {task.id}"
            yield Act(words=words, by=who, command=Relieve(task=task.id, agent=agent))
            continue
        words = f"{name} sends {ledger.people[agent].name} to {task.id}"
        yield Act(words=words, by=who, command=c.Assign(task=task.id, agent=agent))


def _of_oneself(person: Person) -> Iterator[Act]:
    if person.reachable:
        yield Act(words=f"{person.name} blocks the bot", command=c.MarkSilenced(person=person.id))
    else:
        yield Act(words=f"{person.name} is back", by=person.id, command=c.MarkHeard(person=person.id))
    if person.id not in AGENTS:
        return
    if person.availability is Availability.AVAILABLE:
        pause = c.SetAvailability(person=person.id, availability=Availability.UNAVAILABLE)
        yield Act(words=f"{person.name} takes a break", by=person.id, command=pause)
    elif person.availability is Availability.UNAVAILABLE:
        free = c.SetAvailability(person=person.id, availability=Availability.AVAILABLE)
        yield Act(words=f"{person.name} is free", by=person.id, command=free)
