"""Capabilities: an administrator gives one, whoever is on scene asks for one, and nobody's is said at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk

PARK, FAR = (-2.1862, -79.8885), (-2.20, -79.90)


@pytest.fixture
async def brigade(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    desk = StoryDesk(tmp_path, dispatch={"offer_to": 1, "capabilities": ["paramédico", "escalera"]})
    await desk.open()
    yield desk
    await desk.end()


async def test_p12_whoever_is_there_asks_for_a_medic_and_the_medic_is_asked(brigade: StoryDesk) -> None:
    ada, juan = await brigade.admin("Ada Ríos"), await brigade.agent("Juan Pérez", at=PARK)
    ana, eva = await brigade.agent("Ana Mora", at=PARK), await brigade.agent("Eva Sosa", at=FAR)
    await ada.says("/usuarios Eva Sosa")
    await ada.presses("➕ paramédico")
    ada.has("🧰 paramédico")

    await juan.says("/emergencia Un ciclista en el suelo")
    await ana.presses("Voy")
    await ana.presses("🆘 Pido refuerzo")
    answer = ana.sees("Pediste refuerzo en T-000001")
    await answer.presses("Con paramédico")
    eva.has("Un ciclista en el suelo")
    await eva.presses("Voy")
    ana.has("🧰 paramédico: Eva Sosa")
    again = ana.sees("1 de 3 va")
    await again.presses("Con escalera")
    ana.sees("Nadie libre tiene escalera: pregunté sin eso")
    for phone in (ada, juan, ana, eva):
        phone.reads_all()
