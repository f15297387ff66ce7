"""Rounds: everybody on scene is asked whether they are well, and whoever does not answer twice is looked for."""

from pathlib import Path

from tests.story.desk import StoryDesk
from tests.story.phone import Phone, all_read

PARK = (-2.1862, -79.8885)
NEAR, FARTHER, FAR = (-2.1870, -79.8890), (-2.1900, -79.8900), (-2.2100, -79.9000)
GRACE = 120


async def at_a_fire(desk: StoryDesk) -> tuple[Phone, Phone, Phone, Phone]:
    """Sara leads; Ana and Beto are there; Juan called from the park."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=FARTHER)
    await juan.says("/emergencia Incendio")
    await ana.presses("Voy")
    await ana.presses("Pido refuerzo")
    beto.reads_all()
    await beto.has("te necesitan").presses("Voy")
    await beto.has("Incendio").presses("Llegué")
    await ana.has("Incendio").presses("Llegué")
    all_read(sara, juan, ana, beto)
    return sara, juan, ana, beto


async def test_p4_whoever_does_not_answer_twice_has_an_emergency_in_their_name(desk: StoryDesk) -> None:
    """Each has their own clock: Ana answers, Beto is reminded, then looked for, once."""
    sara, juan, ana, beto = await at_a_fire(desk)

    await sara.says("/lista T-1")
    sara.sees("Lista de T-000001", "Ana Mora, Beto Salas")
    sara.has("⏳ Ana Mora · ⏳ Beto Salas")
    asked = ana.sees("¿Estás bien?", "Pasamos lista en T-000001", "te lo pregunto otra vez")
    beto.sees("¿Estás bien?").offers("Estoy bien", "Necesito ayuda")
    juan.sees_nothing()
    await desk.advance(30)
    await asked.presses("Estoy bien")
    asked.says("Estás bien, 12:00").offers()
    sara.has("✅ Ana Mora 12:00 · ⏳ Beto Salas")

    await desk.advance(GRACE - 30)
    beto.sees("¿Estás bien?", "abro una emergencia en tu nombre")
    sara.sees("Beto Salas no contesta la lista de T-000001", "Última ubicación")
    sara.has("✅ Ana Mora 12:00 · ❗ Beto Salas 12:02")
    await desk.advance(GRACE)
    sara.sees("No queda ningún agente", "No contestó la lista", "En nombre de Beto Salas", "Estaba en T-000001")
    sara.sees("📍 -2.19, -79.89")
    sara.has("🆘 Beto Salas 12:04")
    beto.sees("Alerta enviada", "No contestó la lista")

    await sara.says("/lista T-1")
    sara.has("⏳ Ana Mora · 🆘 Beto Salas 12:04")
    await ana.sees("¿Estás bien?").presses("Estoy bien")
    all_read(sara, juan, ana, beto)
    await desk.advance(2 * GRACE)
    assert await desk.asks("SELECT count(*) FROM task") == 2
    all_read(sara, juan, ana, beto)


async def test_a_round_is_answered_by_radio_in_words_and_with_a_call_for_help(desk: StoryDesk) -> None:
    sara, juan, ana, beto = await at_a_fire(desk)
    await sara.says("/lista T-1")
    all_read(sara, juan, ana, beto)
    await sara.says("/radio @beto está bien, canal 2")
    sara.sees("Anotado por radio: Beto Salas está bien")
    beto.has("Estás bien, 12:00")
    await ana.says("estoy bien")
    ana.sees("Estás bien, 12:00")
    sara.has("✅ Ana Mora 12:00 · ✅ Beto Salas 12:00")
    await desk.advance(2 * GRACE)
    assert await desk.asks("SELECT count(*) FROM check_in") == 0

    await sara.says("/lista T-1")
    all_read(sara, juan, ana, beto)
    await beto.has("¿Estás bien?").presses("Necesito ayuda")
    sara.sees("No queda ningún agente", "Pide ayuda", "En nombre de Beto Salas")
    sara.has("🆘 Beto Salas 12:04")
    all_read(sara, juan, ana, beto)


async def test_a_question_leaves_with_the_task_and_with_the_person(desk: StoryDesk) -> None:
    sara, juan, ana, beto = await at_a_fire(desk)
    await sara.says("/lista T-1")
    all_read(sara, juan, ana, beto)
    await beto.has("Incendio").presses("No puedo")
    all_read(sara, juan, ana, beto)
    await ana.has("Incendio").presses("Finalizar")
    all_read(sara, juan, ana, beto)
    await desk.advance(GRACE)
    beto.has("La lista de T-000001 terminó para ti")
    ana.has("La lista de T-000001 terminó para ti")
    await desk.advance(GRACE)
    sara.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM task") == 1


async def test_where_nobody_can_be_asked_one_sentence_says_so(desk: StoryDesk) -> None:
    """A closed, an unknown, an empty and a silent one; and an agent has no right to."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=NEAR)
    beto = await desk.agent("Beto Salas", at=FARTHER)
    await ana.says("/emergencia Robo")
    all_read(sara, ana, beto)
    await sara.says("/lista T-1")
    sara.sees("Nadie ha tocado Llegué")
    await sara.says("/lista T-99")
    sara.sees("T-000099")
    await sara.says("/lista T-1 ya")
    sara.sees("/lista T-000123")
    await beto.says("/lista T-1")
    beto.sees("supervisor")
    await sara.says("/lista")
    sara.sees("/lista T-000123")
    await ana.has("Robo").presses("Cancelar tarea")
    await ana.presses("Sí, cancelar")
    all_read(sara, ana, beto)
    await sara.says("/lista T-1")
    sara.sees("cancelada")

    await beto.says("/control clave girasol")
    await beto.says("girasol")
    await ana.has("ALARMA SILENCIOSA").presses("Voy")
    await ana.has("Alarma silenciosa").presses("Llegué")
    all_read(sara, ana, beto)
    await sara.says("/lista T-2")
    sara.sees("silenciosa")
    ana.sees_nothing()
    assert await desk.asks("SELECT count(*) FROM check_in") == 0
    all_read(sara, ana, beto)


async def test_p8_a_round_goes_on_after_the_desk_was_away(desk: StoryDesk) -> None:
    """Its due times are rows: closed in the middle, each miss is counted once, in its time."""
    sara, juan, ana, beto = await at_a_fire(desk)
    await sara.says("/lista T-1")
    await ana.has("¿Estás bien?").presses("Estoy bien")
    all_read(sara, juan, ana, beto)
    await desk.close()
    await desk.open()
    await desk.advance(GRACE)
    sara.sees("Beto Salas no contesta la lista de T-000001")
    beto.sees("¿Estás bien?", "abro una emergencia en tu nombre")
    await desk.close()
    await desk.open()
    await beto.has("¿Estás bien?").presses("Estoy bien")
    sara.has("✅ Beto Salas 12:02")
    await desk.advance(GRACE)
    assert await desk.asks("SELECT count(*) FROM task") == 1
    all_read(sara, juan, ana, beto)


async def test_p8_rounds_are_called_by_themselves_where_the_configuration_says_so(tmp_path: Path) -> None:
    desk = StoryDesk(tmp_path, safety={"round_every": "15m"})
    await desk.open()
    sara, juan, ana, beto = await at_a_fire(desk)
    await desk.advance(15 * 60)
    await ana.sees("¿Estás bien?", "Pasamos lista").presses("Estoy bien")
    await beto.sees("¿Estás bien?", "Pasamos lista").presses("Estoy bien")
    sara.has("✅ Ana Mora 12:15 · ✅ Beto Salas 12:15")
    await desk.advance(15 * 60)
    await ana.has("Incendio").presses("Finalizar")
    all_read(sara, juan, ana, beto)
    await desk.advance(60 * 60)
    all_read(ana, beto)
    assert await desk.asks("SELECT count(*) FROM task") == 1
    all_read(sara, juan)
    await desk.end()
