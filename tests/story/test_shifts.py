"""Shifts: how one hands over to the next, and who is on duty by hand."""

from tests.story.desk import StoryDesk
from tests.story.teams import DAY, HOUR, MINUTE, north, unit_of

PARK = (-2.1862, -79.8885)


async def test_the_watch_is_handed_over_with_the_open_tasks(desk: StoryDesk) -> None:
    """Ana has the day; at seven Beto gets the open work and Ana answers for it until he says *Recibido*."""
    sara, ana, beto = await north(desk)
    await desk.advance(19 * HOUR)
    await ana.sees("Empieza tu guardia · Norte", "Hasta mié 4 mar 07:00", "Norte no tiene trabajo abierto").presses(
        "Recibido"
    )
    ana.has("Guardia recibida · Norte").offers()
    await ana.says("/nueva Revisar la bodega !baja")
    for phone in (ana, sara):
        phone.reads_all()

    await desk.advance(DAY)
    ana.sees("sigues a cargo hasta que Beto Salas toque Recibido")
    card = beto.sees("Empieza tu guardia", "Ana Mora sigue a cargo", "Trabajo abierto", "T-000001", "Revisar la bodega")
    await sara.says("/guardia")
    sara.sees("Beto Salas · hasta jue 5 mar 07:00 → Ana Mora", "Ana Mora sigue a cargo")

    await card.presses("Recibido")
    card.says("Guardia recibida").offers()
    ana.sees("Beto Salas recibió la guardia de Norte")
    await sara.says("/guardia")
    sara.sees("Beto Salas").lacks("sigue a cargo")
    sara.sees_nothing()


async def test_p8_a_watch_that_nobody_takes_is_told_to_the_supervisor_once(desk: StoryDesk) -> None:
    sara, ana, beto = await north(desk)
    await desk.advance(19 * HOUR)
    await ana.presses("Recibido")
    await desk.advance(DAY)
    for phone in (ana, beto):
        phone.reads_all()

    await desk.advance(9 * MINUTE)
    sara.sees_nothing()
    await desk.advance(MINUTE)
    sara.sees("Guardia de Norte sin recibir", "Beto Salas no ha tocado", "Sigue a cargo Ana Mora")
    await desk.advance(HOUR)
    await beto.presses("Recibido")
    ana.sees("Beto Salas recibió")
    sara.sees_nothing()


async def test_p8_the_turn_changes_once_though_the_process_was_down(desk: StoryDesk) -> None:
    _, ana, beto = await north(desk)
    await desk.close()
    desk.clock.advance(2 * DAY)
    await desk.open()
    beto.sees("Empieza tu guardia")
    ana.sees_nothing()
    await desk.close()
    await desk.open()
    beto.sees_nothing()


async def test_a_press_that_is_not_ones_own_or_comes_late_changes_nothing(desk: StoryDesk) -> None:
    _, ana, beto = await north(desk)
    await desk.advance(19 * HOUR)
    asked = ana.sees("Empieza tu guardia")
    take = asked.message.keyboard[0][0]
    await beto.does(lambda telegram: telegram.press_button(beto.user, beto.messages[-1], take))
    beto.sees("Ahora no te toca recibir la guardia")
    for _ in range(2):
        await ana.does(lambda telegram: telegram.press_button(ana.user, asked.message, take))
    ana.sees("Eso ya estaba hecho")


async def test_a_shift_by_hand(desk: StoryDesk) -> None:
    marta, sara, ana = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await unit_of(desk, marta, "Norte", sara, ana)
    await ana.says("/fuera")
    ana.reads_all()
    await ana.says("/turno inicio")
    ana.sees("Turno iniciado", "/turno fin")
    await ana.says("/turno inicio")
    ana.sees("Eso ya estaba hecho")
    await sara.says("/guardia")
    sara.sees("Ana Mora · por su cuenta desde 12:0")
    await ana.says("/turno fin")
    ana.sees("Turno terminado")
    await ana.says("/turno fin")
    ana.sees("No tienes un turno en marcha")
    await ana.says("/turno")
    ana.sees("No tienes turnos en la guardia de Norte", "/turno inicio")
    await ana.says("/turno mañana")
    ana.sees("No entiendo «mañana»", "/turno inicio")
    await sara.says("/guardia")
    sara.sees("Nadie de guardia ahora")


async def test_an_alert_goes_first_to_the_units_supervisor_on_duty(desk: StoryDesk) -> None:
    marta, sara, tito = (
        await desk.admin("Marta Solís"),
        await desk.supervisor("Sara Luna"),
        await desk.supervisor("Tito"),
    )
    ana = await desk.agent("Ana Mora")
    await unit_of(desk, marta, "Norte", sara, tito, ana)
    await sara.says("/turno inicio")
    sara.sees("Turno iniciado")
    await ana.says("/emergencia Robo").at(*PARK)
    sara.sees("Robo")
    tito.sees_nothing()
    for phone in (ana, sara, marta):
        phone.reads_all()


async def test_whoever_is_shut_out_has_no_turn_any_more(desk: StoryDesk) -> None:
    """Ana has the watch and is shut out: Beto is asked to take it over at once, and the rota forgets her."""
    sara, ana, beto = await north(desk)
    await desk.advance(20 * HOUR)
    await ana.presses("Recibido")
    marta = await desk.admin("Marta Rey")
    for phone in (sara, ana, beto):
        phone.reads_all()

    await marta.says("/usuarios @ana")
    page = marta.sees("Ana Mora")
    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")

    ana.sees("cerró tu acceso")
    beto.sees("Estás en la guardia de Norte")
    await beto.sees("Empieza tu guardia").presses("Recibido")
    await sara.says("/guardia Norte")
    sara.sees("Norte", "Beto Salas").lacks("Ana Mora", "⛔", "sigue a cargo")
    rota, shut_out = await desk.app.queries.rota(1), await desk.app.queries.person_named("ana")
    assert rota is not None
    assert shut_out is not None
    assert shut_out.id not in rota.people
    for phone in (sara, beto, marta):
        phone.reads_all()
