"""The rota: swaps, covers, absences, and who is on duty when."""

from tests.story.desk import StoryDesk
from tests.story.teams import HOUR, north, unit_of


async def test_a_swap_counts_when_the_other_accepts(desk: StoryDesk) -> None:
    sara, ana, beto = await north(desk)
    await ana.says("/turno")
    mine = ana.sees("Tus turnos · Norte", "mar 3 mar 07:00 – mié 4 mar 07:00", "jue 5 mar 07:00")
    await mine.presses("Cambiar un turno")
    form = ana.sees("¿Cuál de tus turnos?")
    await form.presses("mar 3 mar 07:00")
    await form.presses("Beto Salas")
    await form.presses("mié 4 mar 07:00")
    form.says("Tu turno: mar 3 mar 07:00", "A quién: Beto Salas", "Tú harías: mié 4 mar 07:00")
    await form.presses("Confirmar")
    form.says("Le pregunté a Beto Salas").offers("Retirar")
    asked = beto.sees("Ana Mora te pide un cambio", "Beto Salas haría el turno de Ana Mora: mar 3 mar 07:00")
    await sara.says("/guardia domingo 03:00")
    sara.reads_all()

    await asked.presses("Acepto")
    asked.says("Aceptaste el cambio").offers()
    ana.sees("Beto Salas aceptó el cambio")
    sara.sees("Cambio de turno en Norte: Ana Mora y Beto Salas")
    await desk.advance(19 * HOUR)
    beto.sees("Empieza tu guardia")
    ana.sees_nothing()


async def test_a_swap_that_is_declined_or_taken_back_changes_nothing(desk: StoryDesk) -> None:
    _, ana, beto = await north(desk)
    for answer in ("No puedo", "Retirar"):
        await ana.says("/turno")
        await ana.sees("Tus turnos").presses("Cambiar un turno")
        form = ana.sees("¿Cuál de tus turnos?")
        await form.presses("mar 3 mar 07:00")
        await form.presses("Beto Salas")
        await form.presses("Nada a cambio")
        await form.presses("Confirmar")
        asked = beto.sees("Ana Mora te pide un cambio")
        if answer == "Retirar":
            await form.presses("Retirar")
            form.says("Retiraste la pregunta")
        else:
            await asked.presses(answer)
            ana.sees("Beto Salas no puede con el cambio")
        asked.says("ya no está pendiente").offers()
    await desk.advance(19 * HOUR)
    ana.sees("Empieza tu guardia")
    beto.sees_nothing()


async def test_whoever_is_away_is_replaced_by_the_next(desk: StoryDesk) -> None:
    sara, ana, beto = await north(desk)
    await sara.says("/guardia")
    guard = sara.sees("Norte")
    await guard.presses("Norte")
    await guard.presses("Ausencia")
    form = sara.sees("Ausencia · Norte", "¿Quién falta?")
    await form.presses("Ana Mora")
    await sara.says("3/3 00:00")
    await sara.says("3/3 23:00")
    form = sara.sees("Desde: mar 3 mar 00:00", "Hasta: mar 3 mar 23:00")
    await form.presses("Confirmar")
    ana.sees("quedó anotada tu ausencia, mar 3 mar 00:00 – 23:00")
    sara.reads_all()

    await desk.advance(19 * HOUR)
    await beto.sees("Empieza tu guardia", "Hasta mar 3 mar 23:00").presses("Recibido")
    await desk.advance(16 * HOUR)
    ana.sees("Empieza tu guardia", "Beto Salas sigue a cargo")
    beto.sees("sigues a cargo hasta que Ana Mora")


async def test_a_cover_is_told_to_both_and_can_be_taken_back(desk: StoryDesk) -> None:
    sara, ana, beto = await north(desk)
    await sara.says("/guardia")
    guard = sara.sees("Norte")
    await guard.presses("Norte")
    await guard.presses("🔄 Reemplazo")
    form = sara.sees("¿En qué rotación?")
    await form.presses("Ana Mora, Beto Salas")
    await form.presses("Beto Salas")
    await form.presses("mar 3 mar 07:00")
    await sara.says("martes 12:00")
    await sara.sees("Hasta: mar 3 mar 12:00").presses("Confirmar")
    beto.sees("te toca cubrir: mar 3 mar 07:00 – 12:00")
    ana.sees("Beto Salas te cubre: mar 3 mar 07:00 – 12:00")

    await guard.presses("« Guardia")
    await guard.presses("Norte")
    guard.says("Beto Salas cubre: mar 3 mar 07:00 – 12:00")
    await guard.presses("Anular: Beto Salas")
    guard.lacks("cubre")
    beto.sees("se anuló un reemplazo")
    sara.reads_all()


async def test_nobody_left_on_duty_is_refused(desk: StoryDesk) -> None:
    sara, ana, beto = await north(desk)
    for who, notified in (("Ana Mora", ana), ("Beto Salas", None)):
        await sara.says("/guardia")
        guard = sara.sees("Norte")
        await guard.presses("Norte")
        await guard.presses("Ausencia")
        await sara.sees("¿Quién falta?").presses(who)
        await sara.says("3/3 00:00")
        await sara.says("4/3 00:00")
        await sara.has("Hasta: mié 4 mar 00:00").presses("Confirmar")
        if notified is not None:
            notified.sees("quedó anotada tu ausencia")
        sara.reads_all()
    sara.has("no quedaría nadie de guardia")
    beto.sees_nothing()


async def test_a_time_that_the_clocks_never_show_or_show_twice_is_refused_with_its_readings(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await unit_of(desk, marta, "Bronx", sara, zone="new york")
    await sara.says("/guardia 8/3 02:30")
    sara.sees("Esa hora no existe en America/New_York", "dom 8 mar 01:30 UTC-5", "dom 8 mar 03:30 UTC-4")
    await sara.says("/guardia 1/11 01:30")
    sara.sees("Esa hora pasa dos veces", "dom 1 nov 01:30 UTC-4", "dom 1 nov 01:30 UTC-5")
    for reading in ("dom 1 nov 01:30 UTC-4", "dom 1 nov 01:30 UTC-5"):
        await sara.says(f"/guardia {reading}")
        sara.sees("Bronx", reading, "nadie de guardia")


async def test_who_is_on_duty_at_a_moment_by_the_units_clock(desk: StoryDesk) -> None:
    sara, _, _ = await north(desk)
    await sara.says("/guardia domingo 03:00")
    sara.sees("Norte", "dom 8 mar 03:00", "Ana Mora").lacks("Beto")
    await sara.says("/guardia 9/3 12:00 norte")
    sara.sees("lun 9 mar 12:00", "Ana Mora")
    await sara.says("/guardia cuando sea")
    sara.sees("No entiendo «cuando sea»", "/guardia domingo 03:00")


async def test_who_has_left_the_unit_takes_no_turn_of_it(desk: StoryDesk) -> None:
    sara, ana, _ = await north(desk)
    marta = next(phone for phone in desk.phones if phone.name == "Marta Solís")
    caro = await desk.agent("Caro Paz")
    await marta.says("/unidades")
    page = marta.sees("Unidades")
    for label in ("Norte", "Personas", "Agregar", "Caro Paz"):
        await page.presses(label)
    caro.sees("Ahora eres de la unidad Norte")
    await ana.says("/turno")
    await ana.sees("Tus turnos").presses("Cambiar un turno")
    form = ana.sees("¿Cuál de tus turnos?")
    for label in ("mar 3 mar 07:00", "Caro Paz", "Nada a cambio", "Confirmar"):
        await form.presses(label)
    asked = caro.sees("te pide un cambio")

    await unit_of(desk, marta, "Sur", caro)
    ana.sees("Ese cambio ya no está pendiente", "Caro Paz ya no es de la unidad")
    asked.says("ya no está pendiente", "Caro Paz ya no es de la unidad").offers()
    await desk.advance(19 * HOUR)
    ana.sees("Empieza tu guardia")
    caro.sees_nothing()
    sara.sees_nothing()


async def test_hours_that_nobody_has_are_told_to_whoever_makes_the_rota_with_the_door_to_it(desk: StoryDesk) -> None:
    """Beto is away and Ana is shut out: Sara hears at once what is open, and not again each morning."""
    sara, _, beto = await north(desk)
    await sara.says("/guardia Norte")
    await sara.sees("Norte").presses("Ausencia")
    form = sara.sees("¿Quién falta?")
    await form.presses("Beto Salas")
    await sara.says("4/3 07:00")
    await sara.says("5/3 07:00")
    await sara.has("Hasta: jue 5 mar 07:00").presses("Confirmar")
    marta = await desk.admin("Marta Rey")
    for phone in (sara, beto):
        phone.reads_all()
    await marta.says("/usuarios @ana")
    page = marta.sees("Ana Mora")
    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")
    alarm = sara.sees("Guardia de Norte: horas sin nadie", "mié 4 mar 07:00 – jue 5 mar 07:00")
    await alarm.presses("Abrir la guardia")
    alarm.says("faltan todos y nadie reemplaza: mié 4 mar 07:00 – jue 5 mar 07:00")
    assert "➕ Rotación" in " ".join(alarm.buttons)
    for phone in desk.phones:
        phone.reads_all()
    await desk.advance(19 * HOUR)
    await beto.sees("Empieza tu guardia").presses("Recibido")
    await desk.advance(4 * HOUR)
    sara.sees_nothing()
