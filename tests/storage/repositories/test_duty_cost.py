"""P11: to ask who is on duty costs the same with many people and units, counted in what SQLite does for it."""

from core.state.units import Unit
from core.vocabulary.rotas import Rota
from core.vocabulary.words import Role
from tests.storage.team import SEVEN, Team
from tests.support.databases import Direct


def test_p11_who_is_on_duty_costs_the_same_whoever_is_not(direct: Direct) -> None:
    team = Team(direct)
    ana, beto = team.adds("Ana"), team.adds("Beto")
    team.turns(ana, beto)

    def steps() -> int:
        """Steps of the database for one answer."""
        count = 0

        def step() -> int:
            nonlocal count
            count += 1
            return 0

        direct.connection.set_progress_handler(step, 1)
        team.on_duty(SEVEN)
        team.on_duty(SEVEN, 1, Role.SUPERVISOR)
        team.on_duty(SEVEN, role=Role.SUPERVISOR)
        direct.connection.set_progress_handler(None, 0)
        return count

    before = steps()
    for number in range(300):
        team.adds(f"Agente {number}", 2)
        team.keeps(Unit(id=10 + number, name=f"U{number}", rota=Rota(zone="America/Guayaquil")), SEVEN)
    assert steps() <= before * 1.2
