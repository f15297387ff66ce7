"""The real desk over a ledger in memory, and its small cast."""

from datetime import UTC, datetime, timedelta

from core.desk.desk import Desk
from core.desk.ports import Composer, OutgoingMessage
from core.notifications.notifications import Notification, TaskContext
from core.rules.situation import Rules
from core.state.person import Person
from core.vocabulary.card_names import task_card
from core.vocabulary.contents import Screen
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from scripts.seed_desk import Silent
from tests.explored.ledger import Ledger
from tests.explored.memory import MemoryUnitOfWork

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
PLACE = Place(-2.19, -79.88)
ANA, BETO, CARO, DORA, EVA = 1, 2, 3, 4, 5
RULES = Rules(offer_to=2, location_max_age=timedelta(days=999), duplicate_window=timedelta(0))
AGENTS, SUPERVISORS = (ANA, BETO), (CARO, DORA)


class Bare(Silent):
    """Says of a task that there is something to see: whose card it is, and whether it rings."""

    def task(self, notification: Notification, file: TaskContext, now: datetime) -> OutgoingMessage | None:
        """One message for each notification."""
        return OutgoingMessage(
            to=notification.to,
            lane=notification.lane,
            content=Screen(text=file.task.code),
            card=task_card(file.task.id),
            notify=notification.notify,
            superseded=notification.superseded,
        )


class Explored:
    """A desk at one ledger, whose clock is the ledger's."""

    def __init__(self, ledger: Ledger, composer: Composer | None = None) -> None:
        self.key = "this act"
        self.ledger = ledger.copy()
        self.units = MemoryUnitOfWork(self.ledger)
        self.desk = Desk(units=self.units, clock=self, composer=composer or Bare(), rules=RULES)

    def now(self) -> datetime:
        """The moment of the ledger."""
        return self.ledger.now

    async def settle(self) -> None:
        """Act on what is due now, all of it.

        Raises:
            Endless: there is always more.
        """
        for _ in range(MOST_AT_ONCE):
            if not await self.desk.fire_due(limit=1):
                return
        raise Endless(f"more than {MOST_AT_ONCE} due times at one moment")


MOST_AT_ONCE = 200


class Endless(Exception):
    """The desk is never done at one moment."""


def begun() -> Ledger:
    """Two agents, two supervisors of whom one is on duty, and an agent who is off duty and sees what burns."""
    people = (
        _person(ANA, "Ana", Role.AGENT),
        _person(BETO, "Beto", Role.AGENT),
        _person(CARO, "Caro", Role.SUPERVISOR),
        _person(DORA, "Dora", Role.SUPERVISOR, on_duty=False),
        _person(EVA, "Eva", Role.AGENT, on_duty=False),
    )
    return Ledger(now=BEGUN, people={person.id: person for person in people})


def _person(number: int, name: str, role: Role, *, on_duty: bool = True) -> Person:
    leads = role is Role.SUPERVISOR
    return Person(
        id=number,
        account=1000 + number,
        name=name,
        role=role,
        membership=Membership.ACTIVE,
        availability=Availability.AVAILABLE if on_duty and not leads else Availability.OFF_DUTY,
        position=Position(place=Place(PLACE.lat + number / 1000, PLACE.lon), at=BEGUN),
        shift_since=BEGUN if on_duty and leads else None,
    )
