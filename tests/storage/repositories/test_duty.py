"""People on duty, as on disk: by rota, by hand, and until they are relieved."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.state.shifts import on_duty
from core.state.units import Unit
from core.vocabulary.rotas import Cover, Rota, Rotation, Window
from core.vocabulary.words import Membership, Role
from storage.repositories import duty, people, units
from tests.storage.team import DAY, SEVEN, Team
from tests.support.databases import Direct

HOUR = timedelta(hours=1)


@pytest.fixture
def team(direct: Direct) -> Team:
    return Team(direct)


def test_each_unit_has_those_whose_turn_it_is(team: Team) -> None:
    ana, beto, carla = team.adds("Ana"), team.adds("Beto"), team.adds("Carla", 2)
    team.turns(ana, beto)
    team.turns(carla, unit=2)
    assert team.on_duty(SEVEN) == {ana.id, carla.id}
    assert team.on_duty(SEVEN + 5 * HOUR, 1) == {ana.id}
    assert team.on_duty(SEVEN, 2) == {carla.id}
    assert team.on_duty(SEVEN, 3) == set()


def test_a_boundary_counts_also_before_the_desk_has_acted_on_it(team: Team) -> None:
    ana, beto, carla = team.adds("Ana"), team.adds("Beto"), team.adds("Carla", 2)
    team.turns(ana, beto)
    team.turns(carla, unit=2)
    assert team.on_duty(SEVEN + DAY) == {ana.id, beto.id, carla.id}, "Ana answers until Beto has taken over"
    assert team.on_duty(SEVEN + DAY, 1) == {ana.id, beto.id}
    assert team.on_duty(SEVEN + DAY - timedelta(milliseconds=1), 1) == {ana.id}


def test_whoever_says_so_is_on_duty_too(team: Team) -> None:
    ana, sara = team.adds("Ana", shift_since=SEVEN), team.adds("Sara", None, Role.SUPERVISOR, shift_since=SEVEN)
    assert team.on_duty(SEVEN) == {ana.id, sara.id}
    assert team.on_duty(SEVEN, 1) == {ana.id}
    assert [person.name for person in team.direct.run(lambda session: duty.on_shift(session, 1))] == ["Ana"]


def test_a_role_is_asked_for_alone(team: Team) -> None:
    ana, sara = team.adds("Ana"), team.adds("Sara", role=Role.SUPERVISOR)
    tito = team.adds("Tito", role=Role.SUPERVISOR, shift_since=SEVEN)
    unit = team.turns(ana)
    second = Rotation(id=2, people=(sara.id,), begins=unit.rota.rotations[0].begins, length=DAY)
    team.keeps(replace(unit, rota=replace(unit.rota, rotations=(*unit.rota.rotations, second))), SEVEN)
    for now in (SEVEN, SEVEN + 9 * DAY):
        assert team.on_duty(now, role=Role.SUPERVISOR) == {sara.id, tito.id}
        assert team.on_duty(now, 1, Role.SUPERVISOR) == {sara.id, tito.id}
        assert team.on_duty(now, 1, Role.AGENT) == {ana.id}
        assert team.on_duty(now, role=Role.ADMIN) == set()


def test_who_has_the_watch_is_on_duty_whatever_unit_their_row_names(team: Team) -> None:
    sara = team.adds("Sara", 2, role=Role.SUPERVISOR)
    team.turns(sara)
    for role in (None, Role.SUPERVISOR):
        assert team.on_duty(SEVEN, 1, role) == {sara.id}
        assert team.on_duty(SEVEN, None, role) == {sara.id}
        assert team.on_duty(SEVEN, 2, role) == set()


def test_p9_whoever_is_shut_out_is_not_on_duty(team: Team) -> None:
    ana, beto = team.adds("Ana"), team.adds("Beto", membership=Membership.DISABLED)
    team.turns(beto, ana)
    assert team.on_duty(SEVEN) == set()
    assert team.on_duty(SEVEN + DAY) == {ana.id}


def test_a_unit_is_kept_as_it_is(team: Team) -> None:
    ana = team.adds("Ana")
    unit = team.turns(ana)
    cover = Cover(id=2, person=ana.id, rotation=1, start=SEVEN, end=SEVEN + HOUR)
    changed = replace(unit, name="Zona Ñandú", room=-5, version=7, rota=replace(unit.rota, covers=(cover,)))
    team.keeps(changed, SEVEN)
    assert team.direct.run(lambda session: units.find(session, 1)) == changed
    assert team.direct.run(lambda session: units.find(session, 2)) is None
    assert team.direct.run(lambda session: units.named(session, " zona  ÑANDU")) == 1
    assert team.direct.run(lambda session: units.named(session, "zona")) is None
    assert team.direct.run(lambda session: units.linked(session, -5)) == 1
    assert team.direct.run(lambda session: units.linked(session, -6)) is None


def test_a_rota_of_an_earlier_release_keeps_its_watch_until_it_is_set_again(team: Team) -> None:
    """Its order counted the days without hours too; the row says nothing of that, and is kept so once it is read."""
    ana, beto = team.adds("Ana"), team.adds("Beto")
    unit = team.turns(ana, beto)
    (rotation,) = unit.rota.rotations
    hours = Window(days=(0, 2, 4), opens=7 * 60, closes=19 * 60)
    rota = replace(unit.rota, rotations=(replace(rotation, windows=(hours,)),), posts=())
    team.keeps(replace(unit, rota=rota), SEVEN)
    team.direct.connection.execute("""UPDATE unit SET rota = replace(rota, ',"skips":true', '')""")

    for _ in range(2):
        kept = team.direct.run(lambda session: units.find(session, 1))
        assert kept is not None
        assert not kept.rota.rotations[0].skips
        assert [on_duty(kept.rota, SEVEN + day * DAY) for day in (0, 2, 4)] == [{ana.id}] * 3
        team.keeps(kept, SEVEN)


def test_p11_units_and_their_people_are_leafed_through(team: Team) -> None:
    for number, name in enumerate(("Sur", "norte", "Ñuble", "Este", "árbol"), 1):
        team.keeps(Unit(id=number, name=name, rota=Rota(zone="America/Guayaquil")), SEVEN)
    found: list[str] = []
    after: tuple[str, int] | None = None
    while page := team.direct.run(lambda session, key=after: units.page(session, key, 2)):  # type: ignore[misc]
        found += [unit.name for unit in page]
        after = (page[-1].name, page[-1].id)
    assert found == ["árbol", "Este", "norte", "Ñuble", "Sur"]

    for name in ("Carla", "Ana", "Beto"):
        team.adds(name, 4)
    team.adds("Otra", 5)
    first = team.direct.run(lambda session: people.of_unit(session, 4, ("", 0), 2))
    rest = team.direct.run(lambda session: people.of_unit(session, 4, (first[-1].name, first[-1].id), 2))
    assert [person.name for person in (*first, *rest)] == ["Ana", "Beto", "Carla"]
