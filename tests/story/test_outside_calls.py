"""Somebody is on the telephone: the alert leaves with the first word, and the number is for those who go."""

from tests.story.desk import StoryDesk
from tests.story.phone import all_read

NEAR, FARTHER = (-2.1870, -79.8890), (-2.1900, -79.8900)


async def test_one_line_sends_the_alert_and_only_who_goes_reads_the_number(desk: StoryDesk) -> None:
    sara, leo = await desk.supervisor("Sara Luna"), await desk.supervisor("Leo Paz")
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=FARTHER)
    await sara.says("/llamada 099 123 4567 calle Loja y Cuenca: choque con heridos")
    sara.sees("La alerta T-000001 ya salió")
    sara.sees("choque con heridos", "calle Loja y Cuenca", "0991234567")
    sara.sees("¿Algo más?").offers("Omitir", "Cancelar")
    leo.sees("EMERGENCIA", "Llamaron por teléfono, 12:00", "0991234567")
    beto.sees("choque con heridos")
    offer = ana.sees("te necesitan", "calle Loja y Cuenca", "Llamaron por teléfono")
    assert not any("0991234567" in message.text for message in ana.messages if message.text)
    await offer.presses("Voy")
    ana.has("0991234567")
    assert not any("0991234567" in message.text for message in beto.messages if message.text)

    await sara.says("Es un bus rojo")
    sara.sees("T-000001")
    ana.sees("Es un bus rojo")
    all_read(sara, leo, ana, beto)


async def test_the_form_asks_one_thing_at_a_time_and_the_alert_does_not_wait(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    await sara.says("/llamada")
    sara.sees("¿Número para devolver la llamada")
    await sara.says("0991234567 Rosa Vera")
    sara.sees("¿Dónde es?")
    ana.sees_nothing()
    await sara.says("Mercado central, frente a la farmacia")
    sara.sees("La alerta T-000001 ya salió")
    ana.sees("te necesitan", "Mercado central, frente a la farmacia")
    sara.reads_all()
    await sara.says("Incendio en un puesto")
    ana.has("Incendio en un puesto")
    await sara.has("¿Algo más?").presses("Omitir")
    sara.has("Listo")
    await ana.has("Incendio").presses("Voy")
    ana.has("Rosa Vera: 0991234567")
    all_read(sara, ana)


async def test_a_word_first_is_enough_and_two_calls_are_two_emergencies(desk: StoryDesk) -> None:
    """An operator who takes one call after another reports for others: nothing joins, nobody waits behind."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    for number, what in enumerate(("Robo", "Incendio", "Choque"), start=1):
        await sara.says("/llamada")
        await sara.says(f"{what} en el barrio")
        sara.sees(f"La alerta T-00000{number} ya salió")
        sara.sees(f"{what} en el barrio")
        await sara.sees("¿Dónde es?").presses("Cancelar")
        all_read(sara, ana)
    assert await desk.asks("SELECT count(*) FROM task WHERE open = 1 AND earlier = 0") == 3


async def test_who_may_not_take_calls_changes_nothing(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    await ana.says("/llamada 0991234567 calle X: robo")
    ana.sees("supervisor")
    assert await desk.asks("SELECT count(*) FROM task") == 0
    sara.sees_nothing()
