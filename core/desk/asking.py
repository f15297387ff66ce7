"""Answers what a decision asks about people: page by page, and nobody twice in one decision."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from core.state.directory import PAGE, Directory, Found, Question, Unasked
from core.state.person import Person
from core.vocabulary.escalation_policy import EscalationTarget

T = TypeVar("T")
Ask = Callable[[Question], Awaitable[Found]]
ON_DUTY = (EscalationTarget.UNIT_SUPERVISORS_ON_DUTY, EscalationTarget.SUPERVISORS_ON_DUTY)
# One more than a page tells whether others follow; the reporter and who may not know can be among them.
MOST = PAGE + 3


class Roll(Protocol):
    """Source of the people, by what names them."""

    async def named(
        self, target: EscalationTarget, unit: int | None, now: datetime, *, after: int, most: int
    ) -> tuple[Person, ...]:
        """Active people whom a target names for a task of this unit, by id after the given one, reachable or not."""


async def asking(decision: Callable[[Directory], T], directory: Directory, ask: Ask) -> tuple[T, Directory]:
    """The decision, made anew whenever it needs people for whom nobody has asked yet, and all that it knew."""
    while True:
        try:
            return decision(directory), directory
        except Unasked as unasked:
            directory = directory.knowing(unasked.question, await ask(unasked.question))


class Asker:
    """Answers questions about people at one moment."""

    def __init__(self, roll: Roll, now: datetime) -> None:
        self._roll = roll
        self._now = now
        self._pages: dict[tuple[EscalationTarget, int | None, int], tuple[Person, ...]] = {}

    async def __call__(self, question: Question) -> Found:
        """Ask for one page of each target; of their people together the first page is the answer."""
        named = {target: await self._reachable(target, question) for target in question.targets}
        ids = sorted({person.id for people, _ in named.values() for person in people})
        page = frozenset(ids[:PAGE])
        deaf = any(deaf for _, deaf in named.values())
        alone = not page and not deaf and any(target in ON_DUTY for target in question.targets)
        return Found(
            people={
                target: tuple(sorted((one for one in people if one.id in page), key=lambda one: (one.name, one.id)))
                for target, (people, _) in named.items()
            },
            deaf=deaf,
            led=alone and bool(await self._page(EscalationTarget.SUPERVISORS, None, 0)),
            after=ids[PAGE - 1] if len(ids) > PAGE else None,
        )

    async def _reachable(self, target: EscalationTarget, question: Question) -> tuple[list[Person], bool]:
        """More than a page where there are so many, and whether somebody on the way is out of reach."""
        found: list[Person] = []
        deaf, after = False, question.after
        while True:
            page = await self._page(target, question.unit, after)
            named = [person for person in page if person.id not in question.but]
            found += [person for person in named if person.reachable]
            deaf = deaf or len(found) < len(named)
            if len(page) < MOST or len(found) > PAGE:
                return found, deaf
            after = page[-1].id

    async def _page(self, target: EscalationTarget, unit: int | None, after: int) -> tuple[Person, ...]:
        """Those on duty in a unit are among those on duty anywhere, where these are few."""
        if target is EscalationTarget.UNIT_SUPERVISORS_ON_DUTY:
            anywhere = await self._page(EscalationTarget.SUPERVISORS_ON_DUTY, None, after)
            if len(anywhere) < MOST:
                return tuple(person for person in anywhere if person.unit == unit)
        else:
            unit = None
        key = (target, unit, after)
        if key not in self._pages:
            self._pages[key] = await self._roll.named(target, unit, self._now, after=after, most=MOST)
        return self._pages[key]
