"""Fair shares: several open emergencies of one phone, and a true one behind them."""

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
