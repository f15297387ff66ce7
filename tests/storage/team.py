"""Units and their people, put on disk."""

from datetime import UTC, datetime, timedelta

from core.state.handover import watch_of
from core.state.person import Person
from core.state.units import Unit
from core.vocabulary.rotas import Post, Rota, Rotation
from core.vocabulary.words import Availability, Membership, Role
from storage.repositories import duty, people, units
from tests.support.databases import Direct

SEVEN = datetime(2026, 3, 2, 12, tzinfo=UTC)  # on Monday, by the clocks of Guayaquil
DAY = timedelta(days=1)


class Team:
    """Units and their people."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        self._count = 0

    def adds(self, name: str, unit: int | None = 1, role: Role = Role.AGENT, **fields: object) -> Person:
        self._count += 1
        given = {"membership": Membership.ACTIVE, "availability": Availability.AVAILABLE, **fields}
        person = Person(id=0, account=self._count, name=name, role=role, unit=unit, **given)  # type: ignore[arg-type]
        return self.direct.run(lambda session: people.save(session, None, person))

    def turns(self, *persons: Person, unit: int = 1, length: timedelta = DAY) -> Unit:
        """These follow one another from Monday at seven, and the first has taken over."""
        ids = tuple(person.id for person in persons)
        begins = datetime.fromisoformat("2026-03-02T07:00")
        rotation = Rotation(id=1, people=ids, begins=begins, length=length)
        post = Post(rotation=1, holder=ids[0])
        rota = Rota(zone="America/Guayaquil", rotations=(rotation,), posts=(post,), numbered=1)
        return self.keeps(Unit(id=unit, name=f"Unidad {unit}", rota=rota), SEVEN)

    def keeps(self, unit: Unit, now: datetime) -> Unit:
        self.direct.run(lambda session: units.save(session, unit, watch_of(unit.rota, now)))
        return unit

    def on_duty(self, now: datetime, unit: int | None = None, role: Role | None = None) -> set[int]:
        return set(self.direct.run(lambda session: duty.on_duty(session, now, unit, role=role)))
