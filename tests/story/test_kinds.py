"""The agency's own kinds of work: the alert leaves first, one press says what it is, and the seats grow."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)
KINDS = [
    {"name": "Incendio", "emoji": "🔥", "words": ["fuego"], "needs": 2, "checklist": ["¿Hay personas adentro?"]},
    {"name": "Fuga de gas", "arrive_within": "8m", "priority": "alta"},
]


@pytest.fixture
async def brigade(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    desk = StoryDesk(tmp_path, kinds=KINDS, dispatch={"offer_to": 1})
    await desk.open()
    yield desk
    await desk.end()


async def test_p12_after_the_alert_one_press_says_what_it_is_and_more_are_asked(brigade: StoryDesk) -> None:
    sara, juan = await brigade.supervisor("Sara Luna"), await brigade.agent("Juan Pérez", at=PARK)
    ana, beto = await brigade.agent("Ana Mora", at=PARK), await brigade.agent("Beto Vera", at=PARK)
    await juan.says("/emergencia Vengan al mercado")
    asked = juan.sees("¿Qué es T-000001? La alerta ya salió.")
    asked.offers("🔥 Incendio", "Fuga de gas")
    sara.has("Vengan al mercado")

    await asked.presses("🔥 Incendio")
    asked.says("T-000001 es 🔥 Incendio: van 2 personas").offers("Fuga de gas")
    sara.has("🏷 🔥 Incendio", "☐ ¿Hay personas adentro?", "Hacen falta 2")
    await ana.presses("Voy")
    await beto.presses("Voy")
    sara.has("2 de 2 van: Ana Mora (a cargo), Beto Vera")
    for phone in (sara, juan, ana, beto):
        phone.reads_all()


async def test_words_say_it_at_once_and_a_supervisor_corrects_it(brigade: StoryDesk) -> None:
    sara, juan = await brigade.supervisor("Sara Luna"), await brigade.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia ¡Fuego en el mercado!")
    juan.has("🏷 🔥 Incendio")
    await sara.presses("🏷 Clase")
    answer = sara.sees("T-000001 es 🔥 Incendio: van 2 personas")
    await answer.presses("Fuga de gas")
    answer.says("T-000001 es Fuga de gas: van 2 personas")
    sara.has("🎯 Llegada en 8 min")
    for phone in (sara, juan):
        phone.reads_all()


async def test_work_is_of_a_kind_too(brigade: StoryDesk) -> None:
    juan = await brigade.agent("Juan Pérez", at=PARK)
    await juan.says("/nueva")
    await juan.presses("Fuga de gas")
    await juan.says("Revisar el sótano")
    juan.reads_all()
    await juan.says("/cancelar")
    juan.reads_all()
    await juan.says("/nueva Simulacro de incendio en la escuela")
    juan.has("media · 🔥 Incendio")
    juan.reads_all()
