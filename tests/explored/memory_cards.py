"""Cards over a ledger in memory: who has which, who was told, and what is still to be announced."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from core.desk.ports import OutgoingMessage
from core.notifications.announcement import Announcement, Stage
from core.notifications.audience import Audience
from core.rules.situation import Receipt
from core.state.person import Person
from core.state.task import Task
from core.vocabulary.card_names import task_card
from core.vocabulary.destinations import Destination, PersonDestination
from core.vocabulary.words import Role
from tests.explored.memory_people import PeopleInMemory


class CardsInMemory(PeopleInMemory):
    """Reads and writes of who has been told and shown what."""

    async def receipt(self, card: str, to: Destination, since: datetime) -> Receipt:
        return Receipt.TAKEN

    async def round_waits(self, card: str, now: datetime) -> bool:
        return False

    async def note_told(self, task: int, climb: int, people: Sequence[int], now: datetime) -> None:
        for person in people:
            self._ledger.told[task, person] = max(climb, self._ledger.told.get((task, person), 0))

    async def was_told(self, task: Task, person: int) -> bool:
        return self._ledger.told.get((task.id, person)) == task.climb

    async def told(self, task: Task, *, after: int, most: int) -> tuple[Person, ...]:
        found = [
            person
            for person in self._people()
            if person.id > after
            and self._ledger.told.get((task.id, person.id)) == task.climb
            and person.active
            and person.reachable
            and (person.role >= Role.SUPERVISOR or task.part_of(person.id) is not None)
        ]
        return tuple(found[:most])

    async def audience(self, task: int, people: Sequence[Person], *, most: int) -> Audience:
        shown = self._shown(task_card(task))
        readers = sorted((one for one in self._people() if one.account in shown), key=lambda one: one.account)
        near = tuple(person.destination for person in people if person.account in shown)
        return Audience(rooms=(), shown=near, readers=tuple(readers[:most]))

    async def shown_to(self, card: str, people: Sequence[Person]) -> tuple[Destination, ...]:
        return tuple(person.destination for person in people if person.account in self._shown(card))

    async def readers(self, task: int, *, climb: int, after: int | None, most: int) -> tuple[Person, ...]:
        shown = self._shown(task_card(task))
        knows = {person for (of, person), told in self._ledger.told.items() if of == task and told >= climb}
        found = [one for one in self._people() if one.account in shown and one.id not in knows]
        return tuple(sorted((one for one in found if one.account > (after or 0)), key=lambda one: one.account)[:most])

    async def announce(self, announcement: Announcement) -> None:
        kept = self._ledger.announcements
        if announcement.stage is Stage.QUIET and announcement.after is None:
            kept = tuple(
                one for one in kept if one.task != announcement.task or one.stage is not Stage.QUIET or one.after
            )
        number = max((one.id for one in kept), default=0) + 1
        self._ledger.announcements = (*kept, replace(announcement, id=number))

    async def announcement(self, task: int) -> Announcement | None:
        return next((one for one in self._ledger.announcements if one.task == task), None)

    async def announce_on(self, announcement: Announcement) -> None:
        kept = self._ledger.announcements
        self._ledger.announcements = tuple(announcement if one.id == announcement.id else one for one in kept)

    async def announced(self, announcement: Announcement) -> None:
        kept = self._ledger.announcements
        self._ledger.announcements = tuple(one for one in kept if one.id != announcement.id)

    async def post(self, messages: Iterable[OutgoingMessage], now: datetime) -> None:
        for message in messages:
            self._said.append(message)
            if message.card is not None and isinstance(message.to, PersonDestination):
                shown = self._shown(message.card) | {message.to.account}
                self._ledger.cards[message.card] = shown

    def _shown(self, card: str) -> frozenset[int]:
        return self._ledger.cards.get(card, frozenset())
