"""People over a ledger in memory: whom a step names, and who is free, as the database finds them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.desk.ports import OutgoingMessage
from core.rules.free import is_free, is_their_own
from core.rules.situation import Candidate
from core.state.crowd import Crowd
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.places import Place, distance
from core.vocabulary.words import Role
from tests.explored.ledger import Ledger


class OverLedger:
    """A part of a repository over a ledger; ``said`` is what it posts."""

    def __init__(self, ledger: Ledger, said: list[OutgoingMessage]) -> None:
        self._ledger = ledger
        self._said = said


class PeopleInMemory(OverLedger):
    """Reads and writes of people."""

    async def person(self, person_id: int) -> Person | None:
        return self._ledger.people.get(person_id)

    async def people(self, ids: Iterable[int]) -> dict[int, Person]:
        return {each: self._ledger.people[each] for each in ids if each in self._ledger.people}

    hold_people = people

    async def save_person(self, before: Person | None, after: Person) -> Person:
        self._ledger.people[after.id] = after
        return after

    async def named(
        self, target: EscalationTarget, unit: int | None, now: datetime, *, after: int, most: int
    ) -> tuple[Person, ...]:
        role = Role.ADMIN if target is EscalationTarget.ADMINS else Role.SUPERVISOR
        on_duty = target in (EscalationTarget.SUPERVISORS_ON_DUTY, EscalationTarget.UNIT_SUPERVISORS_ON_DUTY)
        of_unit = target is EscalationTarget.UNIT_SUPERVISORS_ON_DUTY
        found = [
            person
            for person in self._people()
            if person.role is role
            and person.active
            and person.id > after
            and (not on_duty or person.shift_since is not None)
            and (not of_unit or person.unit == unit)
        ]
        return tuple(found[:most]) if target is not EscalationTarget.ASSIGNEE else ()

    async def silent_leaders(self) -> tuple[Person, ...]:
        return tuple(one for one in self._people() if one.active and not one.reachable and one.role >= Role.SUPERVISOR)

    async def is_on_duty(self, person: Person, now: datetime) -> bool:
        return person.shift_since is not None

    async def crowd(self, crowd: Crowd, *, after: int, most: int) -> tuple[Person, ...]:
        """No page: messages about people are not explored."""
        return ()

    async def still_free(self, people: Sequence[int]) -> bool:
        return any(self._is_free(self._ledger.people[each], None) for each in people)

    async def candidates(
        self,
        place: Place | None,
        *,
        seen_after: datetime,
        task: int,
        reporter: int | None,
        limit: int,
        again: bool = False,
        first: tuple[int, ...] = (),
        able: str = "",
    ) -> tuple[Candidate, ...]:
        about = self._ledger.tasks.get(task)
        found = [
            Candidate(person=one, distance=_metres(one, place))
            for one in self._people()
            if one.id != reporter and self._is_free(one, about, again=again) and able in ("", *one.capabilities)
        ]
        found.sort(key=lambda each: (each.distance is None, each.distance, each.person.id))
        before = [each for one in first for each in found if each.person.id == one]
        return tuple([*before, *(each for each in found if each.person.id not in first)][:limit])

    async def check_in(self, account: int) -> None:
        """None: control of people alone is not explored."""

    def _is_free(self, person: Person, task: Task | None, *, again: bool = False) -> bool:
        danger = any(is_their_own(one, person.id) for one in self._ledger.open_tasks())
        part = task.part_of(person.id) if task is not None else None
        return is_free(person, in_danger=danger, part=part, again=again)

    def _people(self) -> list[Person]:
        return [person for _, person in sorted(self._ledger.people.items())]


def _metres(person: Person, place: Place | None) -> float | None:
    if place is None or person.position is None:
        return None
    return distance(place, person.position.place)
