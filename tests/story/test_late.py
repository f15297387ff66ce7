"""Late updates: Telegram was away, and all that was sent meanwhile arrives at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)
MINUTE = 60


@pytest.fixture
async def desk(tmp_path: Path, database: str) -> AsyncIterator[StoryDesk]:
    """One thing is handled after the other, so that their order can be seen."""
    story = StoryDesk(tmp_path, storage={"url": database}, intake={"workers": 1})
    await story.open()
    yield story
    await story.end()


async def outage(desk: StoryDesk, minutes: float, *said: tuple[Phone, str]) -> None:
    """Telegram is away for so long; at its beginning people write."""
    await desk.telegram_goes()
    for phone, words in said:
        desk.telegram.say(phone.user, words)
    desk.clock.advance(minutes * MINUTE)
    await desk.telegram_comes_back()
    await desk.advance(31)


async def test_p5_after_an_outage_emergencies_are_handled_first(desk: StoryDesk) -> None:
    """Fifteen minutes of routine wait before it, three of them its sender's own: the emergency is number one."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    crowd = [await desk.agent(f"Agente {number}") for number in range(5)]
    routine = [(phone, f"/nueva Ronda {number}") for number in range(3) for phone in (*crowd, juan)]

    await outage(desk, 15, *routine, (juan, "/emergencia Robo en el banco"))

    first = sara.unread[0]
    assert "EMERGENCIA" in first.text
    sara.sees("EMERGENCIA", "T-000001", "Robo en el banco", "Enviada hace 16 min")
    ana.sees("te necesitan", "T-000001", "Enviada hace 16 min").offers("Voy", "No puedo")
    juan.sees("Alerta enviada", "T-000001")
    question = juan.sees("T-000001", "la enviaste hace 16 min", "¿Sigue activa?").offers("Sí, sigue", "Ya no")
    rounds = [m for m in sara.unread if "Ronda" in m.text]
    assert len(rounds) == 18

    await question.presses("Sí, sigue")
    question.says("T-000001 sigue activa").offers()
    sara.has("Robo en el banco", "Una nota", "Enviada hace 16 min al llegar y sigue activa").lacks("¿Sigue activa?")
    sara.sees("Juan Pérez en T-000001", "Sigue activa")
    for phone in (sara, juan, ana, *crowd):
        phone.reads_all()


async def test_what_is_over_is_withdrawn_with_its_reason(desk: StoryDesk) -> None:
    """*Ya no*: whoever is on the way is called back, and the history says why."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await outage(desk, 12, (juan, "/emergencia Pelea"))
    sara.reads_all()
    await ana.sees("te necesitan").presses("Voy")
    ana.reads_all()
    question = juan.sees("la enviaste hace")
    juan.reads_all()

    await question.presses("Ya no")
    question.says("T-000001 cancelada").offers("Deshacer")
    ana.sees("Cancelada por Juan Pérez", "La tenías tú").lacks("La atendiste", "de ti")
    sara.has("La tenía Ana Mora").lacks("La atendió")
    await sara.has("Pelea").presses("Historia")
    sara.sees("Juan Pérez la canceló", "quien la envió dice que ya no está activa")


async def test_a_second_answer_changes_nothing_and_says_why(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez", at=PARK)
    await outage(desk, 12, (juan, "/emergencia Pelea"))
    question = juan.sees("la enviaste hace")
    juan.reads_all()
    no = question.message.keyboard[0][1]
    await question.presses("Ya no")
    again = desk.telegram.press_button(juan.user, question.message, no)
    await desk.settle()
    assert again.answered is not None
    assert "ya no está en él" in again.answered.text
    question.says("cancelada").offers("Deshacer")


async def test_what_is_not_that_late_is_not_asked_about(desk: StoryDesk) -> None:
    """Nine minutes: the cards say so, and that is all."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await outage(desk, 9, (juan, "/emergencia Pelea"))
    juan.sees("Alerta enviada")
    sara.sees("Pelea", "Enviada hace 10 min")
    sara.sees("📍")


async def test_the_place_is_asked_for_too(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez")
    await outage(desk, 12, (juan, "/emergencia Pelea"))
    juan.sees("Alerta enviada")
    juan.sees("la enviaste hace")
    juan.sees("¿Dónde es?")
