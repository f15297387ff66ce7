"""Mayday: whoever is on scene and in danger has an emergency in their name at once, and those beside them know."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK = (-2.1862, -79.8885)
NEAR, FARTHER, FAR = (-2.1870, -79.8890), (-2.1900, -79.8900), (-2.2100, -79.9000)


async def at_a_fire(desk: StoryDesk) -> tuple[Phone, Phone, Phone, Phone, Phone]:
    """Sara leads, Juan called, Ana and Beto are there; Carla is free."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=FARTHER)
    carla = await desk.agent("Carla Díaz", at=FAR)
    await juan.says("/emergencia Incendio")
    await ana.presses("Voy")
    await ana.presses("Pido refuerzo")
    beto.reads_all()
    await beto.has("te necesitan").presses("Voy")
    await beto.has("Incendio").presses("Llegué")
    await ana.has("Incendio").presses("Llegué")
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()
    return sara, juan, ana, beto, carla


async def test_p4_mayday_opens_one_emergency_in_their_name_and_rings_those_beside_them(desk: StoryDesk) -> None:
    sara, juan, ana, beto, carla = await at_a_fire(desk)

    await beto.has("Incendio").presses("🆘 Mayday")

    beto.sees("Tu Mayday ya salió")
    beto.sees("Alerta enviada", "Mayday", "Estaba en T-000001")
    ana.sees("MAYDAY de Beto Salas", "T-000002")
    ana.sees("📍 -2.19, -79.89")
    sara.sees("EMERGENCIA", "Mayday", "En nombre de Beto Salas", "Estaba en T-000001")
    sara.sees("📍 -2.19, -79.89")
    sara.sees("MAYDAY de Beto Salas", "T-000002")
    carla.sees("te necesitan", "Mayday").offers("Voy", "No puedo")
    carla.sees("📍")
    juan.sees_nothing()

    await beto.has("Incendio").presses("🆘 Mayday")
    beto.sees("T-000002")
    await beto.says("/mayday me caigo")
    beto.sees("T-000002")
    assert await desk.asks("SELECT count(*) FROM task") == 2
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()


async def test_an_old_card_still_calls_and_the_call_is_taken_back_like_any_report(desk: StoryDesk) -> None:
    """Work that is over leaves the call as it was; the emergency then names no task."""
    sara, juan, ana, beto, carla = await at_a_fire(desk)
    pressed = beto.has("Incendio").holds("🆘 Mayday")
    await ana.has("Incendio").presses("Finalizar")
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()

    await pressed
    beto.sees("Tu Mayday ya salió")
    await beto.sees("Alerta enviada", "Mayday").presses("Cancelar tarea")
    beto.sees("¿Cancelar T-000002")
    await beto.presses("Sí, cancelar")
    sara.has("T-000002", "cancelada")
    for phone in (sara, juan, ana, beto, carla):
        phone.reads_all()


async def test_mayday_beside_a_silent_alarm_says_nothing_of_it(desk: StoryDesk) -> None:
    """Their duress word has called already: the Mayday is another emergency, which everybody may see."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    beto = await desk.agent("Beto Salas", at=FARTHER)
    await beto.says("/control clave girasol")
    beto.reads_all()
    await beto.says("girasol")
    for phone in (sara, ana, beto):
        phone.reads_all()
    await ana.has("ALARMA SILENCIOSA").presses("Voy")
    await ana.has("Alarma silenciosa").presses("Llegué")
    sara.reads_all()

    await beto.says("/mayday")
    beto.sees("Tu Mayday ya salió")
    beto.sees("Alerta enviada", "Mayday", "T-000002")
    assert not any("T-000001" in message.text for message in beto.messages if message.text)

    await ana.has("Alarma silenciosa").presses("🆘 Mayday")
    ana.sees("Tu Mayday ya salió")
    ana.sees("Alerta enviada", "T-000003")
    assert not any("T-000001" in message.text for message in beto.messages if message.text)
    for phone in (sara, ana, beto):
        phone.reads_all()
