"""People on disk: found by id, by Telegram's id and by name, and where they were seen last."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from core.rules.situation import Invitation
from core.state.checkins import Sighting
from core.state.person import Person
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from storage.repositories import counters, invitations, people, people_by_id
from tests.support.databases import Direct

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
QUITO, CUENCA = Place(-0.18, -78.47), Place(-2.9, -79.0)


class Roster:
    """The desk's people."""

    def __init__(self, direct: Direct) -> None:
        self.direct = direct
        self._telegram_id = 1_000

    def adds(self, name: str, role: Role = Role.AGENT, **fields: object) -> Person:
        """One more person, active and available unless said otherwise."""
        self._telegram_id += 1
        given = {"membership": Membership.ACTIVE, "availability": Availability.AVAILABLE, **fields}
        person = Person(id=0, account=self._telegram_id, name=name, role=role, **given)  # type: ignore[arg-type]
        return self.direct.run(lambda session: people.save(session, None, person))

    def changes(self, before: Person, **fields: object) -> Person:
        """The same person, otherwise."""
        after = replace(before, **fields)
        return self.direct.run(lambda session: people.save(session, before, after))

    def moves(self, person: Person, place: Place, at: datetime) -> None:
        """Was seen there."""
        position = Position(place=place, at=at, accuracy=12.5)
        self.direct.run(lambda session: people.move(session, [(person.account, Sighting(position=position))]))

    def finds(self, person: Person) -> Person:
        """As they are on disk."""
        found = self.direct.run(lambda session: people.by_id(session, person.id))
        assert found is not None
        return found

    def totals(self) -> dict[str, int]:
        """How many agents there are, by availability."""
        kept = self.direct.run(lambda session: counters.totals(session, "agents"))
        return {name: many for name, many in kept.items() if many}


@pytest.fixture
def roster(direct: Direct) -> Roster:
    return Roster(direct)


def agents_after(direct: Direct, after: tuple[str, int]) -> tuple[Person, ...]:
    return direct.run(lambda session: people.page(session, Membership.ACTIVE, Role.AGENT, after=after, most=2))


def test_a_person_comes_back_as_they_were_kept(roster: Roster) -> None:
    ana = roster.adds(
        "Ana <Mora> 🚓",
        Role.SUPERVISOR,
        username="ana_mora",
        position=Position(place=QUITO, at=NOON, accuracy=3.0),
        reachable=False,
    )
    assert ana.id == 1
    assert roster.finds(ana) == ana
    assert roster.direct.run(lambda session: people.by_account(session, ana.account)) == ana
    assert roster.direct.run(lambda session: people.by_account(session, 1)) is None
    assert roster.direct.run(lambda session: people_by_id.several(session, [ana.id, 99])) == {ana.id: ana}


def test_a_user_name_is_found_in_any_case_and_belongs_to_who_came_last(roster: Roster) -> None:
    roster.adds("Old", username="Beto")
    beto = roster.adds("Beto", username="BETO")
    found = roster.direct.run(lambda session: people.by_username(session, "bEtO"))
    assert found is not None
    assert found.id == beto.id


def test_an_older_sighting_never_replaces_a_newer_one(roster: Roster) -> None:
    ana = roster.adds("Ana")
    roster.moves(ana, QUITO, NOON)
    roster.moves(ana, CUENCA, NOON - timedelta(seconds=1))
    assert roster.finds(ana).position == Position(place=QUITO, at=NOON, accuracy=12.5)
    roster.moves(ana, CUENCA, NOON + timedelta(seconds=1))
    assert roster.finds(ana).position == Position(place=CUENCA, at=NOON + timedelta(seconds=1), accuracy=12.5)


def test_to_keep_a_person_touches_neither_their_place_nor_their_hold(roster: Roster) -> None:
    ana = roster.adds("Ana")
    roster.moves(ana, QUITO, NOON)
    roster.direct.connection.execute("UPDATE person SET hold = 5")
    roster.changes(ana, name="Ana Mora", username="Ana")

    found = roster.finds(ana)
    assert (found.name, found.username, found.hold) == ("Ana Mora", "ana", 5)
    assert found.position is not None


def test_people_of_a_role_come_in_pages_by_name(roster: Roster) -> None:
    for name in ("Beto", "Ana", "Carla", "Ana"):
        roster.adds(name)
    roster.adds("Sara", Role.SUPERVISOR)
    roster.adds("Pía", membership=Membership.PENDING)

    seen: list[tuple[str, int]] = []
    after = ("", 0)
    while page := agents_after(roster.direct, after):
        seen += [(person.name, person.id) for person in page]
        after = seen[-1]
    assert seen == [("Ana", 2), ("Ana", 4), ("Beto", 1), ("Carla", 3)]


def test_p11_agents_are_counted_as_they_change(roster: Roster) -> None:
    ana, beto = roster.adds("Ana"), roster.adds("Beto")
    roster.adds("Sara", Role.SUPERVISOR)
    waits = roster.adds("Pía", membership=Membership.PENDING, availability=Availability.UNAVAILABLE)
    assert roster.totals() == {"available": 2}

    off = roster.changes(ana, availability=Availability.OFF_DUTY)
    roster.changes(beto, role=Role.SUPERVISOR)
    roster.changes(waits, membership=Membership.ACTIVE)
    assert roster.totals() == {"off_duty": 1, "unavailable": 1}

    roster.changes(off, membership=Membership.DISABLED)
    assert roster.totals() == {"unavailable": 1}


def test_p9_an_invitation_is_found_until_it_is_used(roster: Roster) -> None:
    made = Invitation(role=Role.SUPERVISOR, expires_at=NOON, made_by=3)
    roster.direct.run(lambda session: invitations.keep(session, "ab" * 32, made))
    assert roster.direct.run(lambda session: invitations.find(session, "ab" * 32)) == made
    assert roster.direct.run(lambda session: invitations.find(session, "cd" * 32)) is None

    roster.direct.run(lambda session: invitations.use(session, "ab" * 32))
    assert roster.direct.run(lambda session: invitations.find(session, "ab" * 32)) is None
