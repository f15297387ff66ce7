"""Fair shares: several open emergencies of one phone, and a true one behind them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from emulator import Message
from storage.engine.session import Session
from storage.repositories import tasks
from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK, QUAY = (-2.1885, -79.8880), (-2.1900, -79.8800)
WORDS = ("Robo en el parque", "Choque en la avenida", "Humo en el mercado", "Gritos en el puerto")


async def floods(desk: StoryDesk, phone: Phone, count: int) -> None:
    """So many emergencies from one phone at once."""
    for number in range(count):
        desk.telegram.say(phone.user, f"/emergencia Falsa número {number}")
    await desk.until(lambda: not phone_waits(desk), "they are on disk")


def phone_waits(desk: StoryDesk) -> bool:
    return bool(desk.bot.updates)


def about(phone: Phone, words: str) -> list[str]:
    return [message.text for message in phone.messages if words in message.text]


def about_card(phone: Phone, words: str) -> Message:
    """The newest message that shows the task with these words, and has buttons."""
    return [message for message in phone.messages if words in message.text and message.keyboard][-1]


def labels(message: Message) -> list[str]:
    return [button.text for line in message.keyboard or () for button in line]


async def test_the_third_open_one_joins_the_first_and_everybody_sees_it(desk: StoryDesk) -> None:
    marta, ana = await desk.supervisor("Marta Solís"), await desk.agent("Ana Mora", at=PARK)
    beto = await desk.agent("Beto Ruiz")
    for words in WORDS[:2]:
        await beto.says(f"/emergencia {words}")
    for phone in (marta, ana, beto):
        phone.reads_all()
    await beto.says(f"/emergencia {WORDS[2]}")

    beto.sees("Se sumó a T-000001").offers("Robo en el parque · T-000001")
    note = marta.sees("Beto Ruiz reportó otra emergencia", "T-000001", "Humo en el mercado")
    note.offers("🚨 Es otra", "Cerrar todas las de Beto Ruiz")
    marta.has("Robo en el parque", "Se sumó otro reporte de la misma persona")
    ana.sees("Humo en el mercado")
    assert await desk.asks("SELECT count(*) FROM task") == 2

    await note.presses("🚨 Es otra")
    marta.sees("Humo en el mercado", "T-000003", "Estaba sumada a T-000001")
    beto.sees("Humo en el mercado", "T-000003")
    await note.presses("🚨 Es otra")
    marta.sees("Humo en el mercado", "T-000003")
    assert await desk.asks("SELECT count(*) FROM task") == 3
    for phone in (marta, ana, beto):
        phone.reads_all()


async def test_when_the_first_one_ends_the_card_of_the_one_that_is_left_offers_no_end_of_all(desk: StoryDesk) -> None:
    marta, beto = await desk.supervisor("Marta Solís"), await desk.agent("Beto Ruiz")
    for words in WORDS[:2]:
        await beto.says(f"/emergencia {words}")
    await marta.presses("Recibido")
    second = about_card(marta, WORDS[1])
    assert "Cerrar todas las de Beto Ruiz" in labels(second)
    first = about_card(beto, WORDS[0])
    await beto.does(lambda telegram: telegram.press(beto.user, first, "Cancelar tarea"))
    await beto.presses("Sí, cancelar")
    await desk.settle()
    assert "Cerrar todas las de Beto Ruiz" not in labels(about_card(marta, WORDS[1]))
    for phone in (marta, beto):
        phone.reads_all()


async def test_a_photo_goes_with_the_report_that_is_taken_out(desk: StoryDesk) -> None:
    marta, beto = await desk.supervisor("Marta Solís"), await desk.agent("Beto Ruiz")
    for words in WORDS[:2]:
        await beto.says(f"/emergencia {words}")
    await beto.does(lambda telegram: telegram.send_photo(beto.user, f"/emergencia {WORDS[2]}"))
    marta.reads_all()
    tito = await desk.supervisor("Tito Paz")
    await marta.presses("🚨 Es otra")
    tito.sees("Humo en el mercado", "T-000003")
    photo = tito.sees("Beto Ruiz", "T-000003")
    assert photo.message.wire.photo
    marta.sees("Humo en el mercado", "T-000003")
    await marta.presses("Historia")
    marta.sees("Historia de T-000003", "Beto Ruiz la reportó", "Beto Ruiz: foto").lacks("Marta Solís")
    for phone in (marta, tito, beto):
        phone.reads_all()


async def test_a_supervisor_closes_all_of_one_reporter_and_takes_it_back(desk: StoryDesk) -> None:
    marta, beto = await desk.supervisor("Marta Solís"), await desk.agent("Beto Ruiz")
    for words in WORDS:
        await beto.says(f"/emergencia {words}")
    marta.reads_all()
    await marta.presses("Cerrar todas las de Beto Ruiz")
    sure = marta.sees("¿Cerrar las 2 emergencias abiertas de Beto Ruiz?").offers("No", "Sí, cerrar (2)")
    await sure.presses("Sí, cerrar (2)")
    sure.says("Cerradas todas", "Deshacer")
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1") == 0

    await sure.presses("Deshacer")
    sure.says("Deshecho")
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1") == 2
    for phone in (marta, beto):
        phone.reads_all()


async def test_p5_behind_sixty_false_ones_a_true_one_is_heard_and_asks_an_agent(desk: StoryDesk) -> None:
    marta, beto, eva = await desk.supervisor("Marta Solís"), await desk.agent("Beto Ruiz"), await desk.agent("Eva Paz")
    agents = [await desk.agent(name, at=PARK) for name in ("Ana Mora", "Juan Pérez")]
    await desk.advance(60)
    await floods(desk, beto, 60)
    desk.telegram.say(eva.user, "/emergencia Disparos en el muelle")
    await desk.passes(6)
    assert about(marta, "Disparos en el muelle"), "the true one is at the supervisor within six seconds"
    await desk.passes(6)
    assert any(about(agent, "Disparos en el muelle") for agent in agents), "an agent is asked within twelve"
    for phone in (marta, beto, *agents):
        assert len(phone.messages) <= 12 + len(about(phone, "Disparos")), phone.name
    assert await desk.asks("SELECT count(*) FROM task") == 3
    assert await desk.asks("SELECT joined FROM task WHERE id = 1") == 58, "nothing is dropped"
    for phone in (marta, beto, eva, *agents):
        phone.reads_all()


async def test_after_the_reporter_is_put_out_the_flood_rings_nobody_more(desk: StoryDesk) -> None:
    marta, ada, beto = await desk.supervisor("Marta Solís"), await desk.admin("Ada Vera"), await desk.agent("Beto Ruiz")
    ana = await desk.agent("Ana Mora", at=PARK)
    await floods(desk, beto, 10)
    await desk.settle()
    await ada.says("/usuarios Beto Ruiz")
    await ada.presses("Quitar acceso")
    await ada.presses("Sí, sin acceso")
    for phone in (marta, ada, ana, beto):
        phone.reads_all()
    await desk.advance(3600)
    for phone in (marta, ada, ana):
        phone.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1") == 2, "and nothing is dropped"


async def test_what_the_desk_raises_is_never_joined_or_counted(desk: StoryDesk) -> None:
    marta, beto = await desk.supervisor("Marta Solís"), await desk.agent("Beto Ruiz")
    for words in WORDS[:3]:
        await beto.says(f"/emergencia {words}")
    await beto.says("/control 30")
    await beto.presses("Necesito ayuda")
    assert await desk.asks("SELECT count(*) FROM task") == 3
    marta.has("T-000003")
    for phone in (marta, beto):
        phone.reads_all()


async def her_later_one_has_ana(desk: StoryDesk, eva: Phone) -> Phone:
    """Eva reports two, and the only agent, who can't go to the first, is asked to go to the second."""
    for words in WORDS[:2]:
        await eva.says(f"/emergencia {words}")
    ana = await desk.agent("Ana Mora")
    await desk.advance(45)
    await ana.sees("¿Puedes ir?", WORDS[0]).presses("No puedo")
    ana.sees("¿Puedes ir?", WORDS[1])
    return ana


@asynccontextmanager
async def being_changed(desk: StoryDesk, task: int) -> AsyncIterator[None]:
    """Another process is changing it."""
    has, over = asyncio.Event(), asyncio.Event()

    async def unit(session: Session) -> None:
        await tasks.find(session, task, to_change=True)
        has.set()
        await over.wait()

    holding = asyncio.create_task(desk.app.store.write(unit))
    await has.wait()
    yield
    over.set()
    await holding


@pytest.mark.outgrown
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_p13_an_agent_to_spare_is_found_two_seconds_after_their_emergency_was_being_changed(
    desk: StoryDesk,
) -> None:
    marta, eva = await desk.supervisor("Marta Solís"), await desk.supervisor("Eva Paz")
    ana = await her_later_one_has_ana(desk, eva)
    async with being_changed(desk, 2):
        await marta.says("/emergencia Disparos en el muelle")
    assert not about(ana, "Disparos")
    await desk.advance(2)
    ana.sees("¿Puedes ir?", "Disparos en el muelle")
    for phone in (marta, eva, ana):
        phone.reads_all()


async def test_p13_an_agent_who_can_be_spared_only_later_is_asked_then(desk: StoryDesk) -> None:
    """Marta is in charge of what Ana goes to, until she lets it climb: a true one that waits is asked for again."""
    marta, eva = await desk.supervisor("Marta Solís"), await desk.supervisor("Eva Paz")
    ana = await her_later_one_has_ana(desk, eva)
    await ana.presses("Voy")
    await marta.says("/tarea 2")
    await marta.presses("Recibido")
    await marta.says("/emergencia Disparos en el muelle")
    assert not about(ana, "Disparos")
    await marta.says("/escalar 2 nadie la ve")
    await desk.advance(45)
    ana.sees("¿Puedes ir?", "Disparos en el muelle")
    for phone in (marta, eva, ana):
        phone.reads_all()
