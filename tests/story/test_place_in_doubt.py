"""Coordinates in the wrong order: the alert is out already, and a button says which place is meant."""

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)


async def in_an_emergency(desk: StoryDesk) -> tuple[Phone, Phone]:
    """Ana calls from nowhere known; where Beto was, the desk is."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    beto = await desk.agent("Beto Salas", at=PARK)
    await beto.says("/nueva Portón roto")
    await ana.says("/emergencia Robo")
    beto.reads_all()
    ana.reads_all()
    sara.sees("Robo")
    sara.reads_all()
    return sara, ana


async def test_a_swapped_place_waits_for_a_button(desk: StoryDesk) -> None:
    sara, ana = await in_an_emergency(desk)
    await ana.says("-79.8891, -2.1894")
    asked = ana.sees("-79.88910, -2.18940", "¿Cuál es?").offers("📍 -2.18940, -79.88910", "📍 -79.88910, -2.18940")
    assert await desk.asks("SELECT lat FROM task WHERE kind = 'emergency'") is None
    await asked.presses("📍 -2.18940, -79.88910")
    asked.says("el lugar ya está en T-000002")
    assert await desk.asks("SELECT lat FROM task WHERE kind = 'emergency'") == pytest.approx(-2.1894)
    assert any(message.place is not None for message in sara.unread)
    await ana.says("Hay dos personas")
    ana.sees("Lo sumé a T-000002")
    for phone in desk.phones:
        phone.reads_all()


async def test_another_place_is_an_answer_too(desk: StoryDesk) -> None:
    _, ana = await in_an_emergency(desk)
    await ana.says("0.0000, 0.0000")
    ana.sees("en medio del mar").offers("Sí, es ahí")
    await ana.is_at(*PARK)
    ana.sees("el lugar ya está en T-000002")
    assert await desk.asks("SELECT lat FROM task WHERE kind = 'emergency'") == pytest.approx(PARK[0])
    for phone in desk.phones:
        phone.reads_all()


async def test_the_form_of_new_work_asks_as_well(desk: StoryDesk) -> None:
    _, ana = await in_an_emergency(desk)
    await ana.says("2.1862, 79.8885")
    await ana.presses("📍 2.18620, 79.88850")
    assert await desk.asks("SELECT lat FROM task WHERE kind = 'emergency'") == pytest.approx(2.1862)
    sara = desk.phones[0]
    await sara.says("/nueva")
    await sara.presses("Patrullaje")
    await sara.says("Luz rota")
    await sara.presses("Omitir")
    await sara.says("-79.8891, -2.1894")
    await sara.sees("¿Cuál es?").presses("📍 -2.18940, -79.88910")
    sara.has("Paso 5 de 6").says("-2.18940, -79.88910")
    await sara.says("/cancelar")
    for phone in desk.phones:
        phone.reads_all()
