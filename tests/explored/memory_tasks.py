"""Tasks over a ledger in memory, what they take of their agents, and what one reporter has open."""

from collections.abc import Awaitable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from core.desk.ports import Record
from core.desk.search_port import Sought
from core.rules.free import is_their_own
from core.rules.timers import searching
from core.state.commitments import engaged, held, pending
from core.state.person import Person
from core.state.task import Task, answered
from core.vocabulary.card_names import task_card
from core.vocabulary.words import Availability, Kind
from tests.explored.memory_cards import CardsInMemory


class _Turn(NamedTuple):
    """The place of an emergency among those that look for an agent."""

    drill: bool
    attended: bool
    earlier: int
    opened_at: datetime
    task: int


def _turn(task: Task) -> _Turn:
    return _Turn(task.drill, task.owner is not None, task.earlier, task.opened_at, task.id)


class TasksInMemory(CardsInMemory):
    """Reads and writes of tasks."""

    async def next_task_id(self) -> int:
        return len(self._ledger.tasks) + 1

    async def task(self, task_id: int) -> Task | None:
        return self._ledger.tasks.get(task_id)

    async def try_task(self, task_id: int) -> bool:
        return task_id in self._ledger.tasks

    async def save_task(self, before: Task | None, after: Task) -> None:
        self._ledger.tasks[after.id] = after
        for part in after.assignments:
            was = before.part_of(part.agent) if before is not None else None
            if part != was or before is None or before.state is not after.state:
                self._carry(before, after, part.agent)

    def _carry(self, before: Task | None, after: Task, agent: int) -> None:
        """Carry the change of a part to its agent: what it takes of them, or gives back."""
        person = self._ledger.people[agent]
        was, part = before.part_of(agent) if before else None, after.part_of(agent)
        assert part is not None
        holds, held_before = held(after, part), bool(before and was and held(before, was))
        if holds and not held_before:
            assert person.hold in (None, after.id), f"{person.name} is held by {person.hold} and asked for {after.id}"
            person = replace(person, hold=after.id)
        elif held_before and not holds and person.hold == after.id:
            person = replace(person, hold=None)
        works, worked = engaged(after, part), bool(before and was and engaged(before, was))
        if works and not worked and person.availability is Availability.AVAILABLE:
            person = replace(person, availability=Availability.ON_TASK)
        if worked and not works and person.availability is Availability.ON_TASK and not self._at_work(agent):
            person = replace(person, availability=Availability.AVAILABLE)
        self._ledger.people[agent] = person

    def _at_work(self, agent: int) -> bool:
        return any((part := task.part_of(agent)) and engaged(task, part) for task in self._ledger.open_tasks())

    async def record(self, records: Iterable[Record]) -> None:
        """Nothing that is explored asks what was."""

    async def unit_tasks(self, unit_id: int, most: int) -> tuple[Task, ...]:
        return ()

    async def unanswered(self) -> tuple[int, ...]:
        alerts = (one for one in self._ledger.open_tasks() if one.alert and not answered(one) and not one.quiet)
        return tuple(task.id for task in alerts)

    async def involving(self, person_id: int) -> tuple[int, ...]:
        found = []
        for task in self._ledger.open_tasks():
            part = task.part_of(person_id)
            if task.acknowledged_by == person_id or (part is not None and pending(task, part)):
                found.append(task.id)
        return tuple(found)

    async def own_emergency(self, person_id: int) -> Task | None:
        return next((task for task in self._ledger.open_tasks() if is_their_own(task, person_id)), None)

    async def own_alarm(self, person_id: int) -> Task | None:
        mine = (task for task in self._ledger.open_tasks() if task.alarm and task.reporter == person_id)
        return next(mine, None)

    async def lately_shown(self, person: Person) -> tuple[int, ...]:
        return tuple(task for task in self._ledger.tasks if person.account in self._shown(task_card(task)))

    async def is_searched(self) -> bool:
        return any(map(searching, self._ledger.open_tasks()))

    async def searching(self, after: Sought | None) -> Sequence[Sought]:
        looking = sorted(map(_turn, filter(searching, self._ledger.open_tasks())))
        last = None
        if after is not None:
            last = _turn(self._ledger.tasks[after.task])._replace(attended=after.attended)
        return [Sought(turn.task, turn.attended) for turn in looking if last is None or turn > last]

    async def open_of(
        self, reporter: int | None, program: str | None, most: int, *, counting: bool = False
    ) -> tuple[int, ...]:
        return self._reported(reporter, counting=counting)[:most]

    def _reported(self, reporter: int | None, *, counting: bool) -> tuple[int, ...]:
        own = (one for one in self._ledger.open_tasks() if one.reporter == reporter and one.urgent and not one.alarm)
        return tuple(one.id for one in own if not counting or (not one.quiet and one.taken_from is None))

    def ask_counting(self, task: Task) -> Awaitable[Sequence[int]]:
        return self.open_of(task.reporter, task.program, 10, counting=True)

    async def reported_by(
        self, reporter: int, title: str, since: datetime, most: int
    ) -> tuple[int | None, tuple[int, ...]]:
        alike = (
            one.id
            for one in reversed([*self._ledger.open_tasks()])
            if one.reporter == reporter and one.kind is Kind.EMERGENCY and one.title == title and one.opened_at >= since
        )
        return next(alike, None), self._reported(reporter, counting=True)[:most]

    async def ended_with(self, task: Task) -> tuple[int, ...]:
        ended = (one for one in self._ledger.tasks.values() if one.closed_at == task.closed_at is not None)
        return tuple(one.id for one in ended if one.reporter == task.reporter and one.id != task.id)

    async def giving(self) -> tuple[tuple[Task, ...], bool]:
        found = [task for task in self._ledger.open_tasks() if len(task.offers) > 1 or task.earlier > 0]
        return tuple(sorted(found, key=lambda task: -task.id)[:10]), True

    async def alone(self, agents: Sequence[int]) -> frozenset[int]:
        found = set()
        for agent in agents:
            to_do = [one for one in self._ledger.open_tasks() if (part := one.part_of(agent)) and pending(one, part)]
            if len(to_do) == 1 and await self.own_emergency(agent) is None:
                found.add(agent)
        return frozenset(found)
