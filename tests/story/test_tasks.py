"""A task, from the report to the end, and who sees what of it."""

from pathlib import Path

from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)


async def test_one_line_from_the_report_to_the_end(desk: StoryDesk) -> None:
    juan, beto = await desk.agent("Juan Pérez"), await desk.agent("Beto Salas")

    await juan.says("/nueva Patrullaje zona norte !alta @beto")
    juan.sees("Tarea creada", "Patrullaje zona norte", "alta", "Beto Salas: sin respuesta aún")
    offer = beto.sees("Te piden una tarea", "Patrullaje zona norte", "Juan Pérez").offers("Voy", "No puedo")

    await offer.presses("Voy")
    juan.sees("Beto Salas va")
    for step, words in (("Iniciar", "en curso"), ("Pausar", "pausada"), ("Reanudar", "en curso")):
        await offer.presses(step)
        offer.says(words)
        juan.has("Patrullaje zona norte", words)

    await beto.says("/finalizar T-1")
    beto.sees("🏁 T-000001 finalizada")
    juan.sees("Finalizada por Beto Salas")
    offer.says("Finalizada, 12:00").offers("Nota", "Historia")


async def test_the_form_survives_a_restart_in_the_middle(desk: StoryDesk) -> None:
    """Juan has answered two questions when the desk is closed; it opens again, and goes on at the third."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await juan.says("/nueva")
    form = juan.sees("Nueva tarea", "Paso 1 de 6")
    await form.presses("Vigilancia")
    form.says("Paso 2 de 6", "¿Qué hay que hacer?")
    await juan.says("Ruido en el parque")
    form = juan.sees("Paso 3 de 6", "Qué: Ruido en el parque")

    await desk.close()
    await desk.open()

    await form.presses("🔵 media")
    form.says("Paso 4 de 6")
    juan.sees("Con este botón envías tu ubicación")
    await juan.is_at(*PARK)
    juan.sees("Listo")
    form = juan.sees("Paso 5 de 6", "-2.18620, -79.88850")
    await form.presses("Omitir")
    form.says("Paso 6 de 6", "vigilancia", "Ruido en el parque", "media", "sin asignar")
    await form.presses("Confirmar")
    form.says("Tarea creada: T-000001").offers()
    juan.sees("Tarea creada", "Ruido en el parque")
    sara.sees("Tarea nueva", "Ruido en el parque", "Nadie la tiene")


async def test_p7_confirmed_twice_it_is_created_once(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez")
    await juan.says("/nueva").presses("Patrullaje").says("Ronda").presses("alta")
    for _ in ("lugar", "quién"):
        await juan.presses("Omitir")
    late = juan.has("Paso 6 de 6").holds("Confirmar")
    await juan.presses("Confirmar")
    juan.reads_all()
    await late
    juan.sees("Ese formulario ya terminó")
    await juan.says("/tarea T-2")
    juan.sees("No existe la tarea T-000002")


async def test_evidence_reaches_who_is_involved_and_whoever_comes_later(desk: StoryDesk) -> None:
    """Evidence travels by its file: who is involved gets it at once, who comes later finds it in the history."""
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await sara.says("/nueva Ronda @ana")
    card = ana.sees("Te piden una tarea")
    await card.presses("Voy")
    sara.reads_all()

    await card.presses("Nota")
    question = ana.sees("Nota para T-000001").offers("Cancelar")
    await ana.does(lambda telegram: telegram.send_photo(ana.user, "Puerta <rota>"))
    ana.sees("Nota guardada en T-000001")
    question.says("Nota para T-000001").offers()
    assert sara.sees("Ana Mora en T-000001", "Puerta <rota>").message.wire.photo
    await card.presses("Nota")
    ana.sees("Nota para T-000001")
    await ana.does(lambda telegram: telegram.send_voice(ana.user))
    ana.sees("Nota guardada")
    sara.sees("Ana Mora en T-000001")
    await ana.says("/nota T-1 Todo tranquilo")
    ana.sees("Nota guardada")
    sara.sees("Todo tranquilo")

    rosa = await desk.supervisor("Rosa Gil")
    await rosa.says("/tarea T-1")
    await rosa.sees("Ronda", "3 notas").presses("Historia")
    rosa.sees("Historia de T-000001", "📷 Ana Mora: foto Puerta <rota>", "🎤 Ana Mora: voz")
    assert rosa.sees("Ana Mora en T-000001", "Puerta <rota>").message.wire.photo
    assert rosa.sees("Ana Mora en T-000001").message.wire.voice


async def test_a_supervisor_chooses_whom_to_send(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=PARK)
    await beto.says("/fuera")
    await juan.says("/emergencia Robo")
    for phone in (juan, ana, beto):
        phone.reads_all()
    alert = sara.sees("EMERGENCIA")
    sara.sees("📍")

    await beto.says("/disponible")
    beto.reads_all()
    await alert.presses("Asignar")
    choice = sara.sees("¿A quién envío a T-000001?", "Beto Salas · a 0 m · disponible · sin tareas")
    await choice.presses("Beto Salas · 0 m")
    choice.says("Le pregunté a Beto Salas").offers()
    ana.has("Se le preguntó a otra persona").lacks("Ya no hace falta").offers()
    beto.sees("te necesitan").offers("Voy", "No puedo")
    beto.sees("📍")

    await beto.presses("No puedo")
    beto.sees("Dijiste que no puedes ir a T-000001").offers("Deshacer")
    # Ana is asked again, now that nobody has it: the desk took her question back, and she refused nothing.
    sara.sees("Beto Salas no puede ir", "Beto Salas (a 0 m): no puede", "Ana Mora (a 100 m): sin respuesta aún")
    ana.sees("te necesitan").offers("Voy", "No puedo")
    ana.sees("📍")
    juan.reads_all()


async def test_a_task_is_cancelled_only_when_it_is_meant(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    ana = await desk.agent("Ana Mora")
    await sara.says("/nueva Ronda @ana")
    sara.sees("Tarea creada")
    await ana.presses("Voy")
    ana.reads_all()
    sara.sees("Ana Mora va")

    await sara.has("Ronda").presses("Cancelar tarea")
    sure = sara.sees("¿Cancelar T-000001").offers("No, dejarla", "Sí, cancelar")
    await sure.presses("No, dejarla")
    sure.says("sigue como estaba").offers()
    await sara.has("Ronda").presses("Cancelar tarea")
    sure = sara.sees("¿Cancelar T-000001")
    await ana.presses("Iniciar")
    await sure.presses("Sí, cancelar")
    sure.says("cambió mientras decidías", "en curso")
    await sure.presses("Sí, cancelar")
    sure.says("T-000001 cancelada")
    ana.sees("Cancelada por Sara Luna")


async def test_an_edited_command_changes_nothing(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez")
    await juan.says("/nueva Ronda")
    juan.sees("Tarea creada")
    await juan.edits("/nueva Otra ronda")
    juan.sees("Lo que editas no cambia nada", "en un mensaje nuevo")


async def test_several_people_fill_in_forms_in_one_group(desk: StoryDesk) -> None:
    juan, ana = await desk.agent("Juan Pérez"), await desk.agent("Ana Mora")
    _, (here, there) = desk.group("Guardia", juan, ana)

    await here.says("/nueva@gad_bot")
    form = here.sees("Paso 1 de 6")
    foreign = desk.telegram.press(ana.user, there.has("Paso 1 de 6").message, "Patrullaje")
    await desk.settle()
    assert foreign.answered is not None
    assert "Ese formulario es de otra persona" in foreign.answered.text
    here.sees_nothing()
    await form.presses("Patrullaje")
    form.says("Paso 2 de 6", "Responde a este mensaje")
    await here.answers(form, "Ronda nocturna")
    form = here.sees("Paso 3 de 6", "Ronda nocturna")
    await form.presses("Cancelar")
    form.says("Cancelado").offers()
    there.reads_all()


async def test_what_was_done_is_found_again(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    for title in ("Vigilancia del mercado", "Inspección del túnel @ana", "Ronda"):
        await sara.says(f"/nueva {title}")
    await sara.says("/finalizar T-3")
    for phone in (sara, ana):
        phone.reads_all()

    await sara.says("/tareas")
    page = sara.sees("Tareas abiertas", "T-000001", "T-000002").lacks("T-000003")
    await page.presses("📋 T-000001")
    sara.sees("Vigilancia del mercado")
    await sara.says("/historial finalizadas")
    sara.sees("T-000003").lacks("T-000001")
    await sara.says("/buscar INSPECCION tun")
    sara.sees("T-000002")
    await ana.says("/mistareas")
    ana.sees("Tus tareas", "Inspección del túnel")
    await ana.says("/buscar mercado")
    ana.sees("No encontré ninguna")
    await sara.says("/equipo")
    sara.sees("Ana Mora · disponible · una tarea")


async def test_everything_works_in_english(tmp_path: Path) -> None:
    desk = StoryDesk(tmp_path, language="en")
    await desk.open()
    juan, ana = await desk.agent("John Poe", at=PARK), await desk.agent("Ann Moor", at=NEAR)
    await juan.says("/emergency Robbery")
    juan.sees("Alert sent")
    await ana.sees("you are needed", "100 m from you").presses("I'm going")
    ana.sees("📍")
    juan.sees("Ann Moor is going")
    await ana.presses("On my way")
    await ana.presses("I'm here")
    juan.sees("Ann Moor is on the scene")
    await ana.presses("Complete")
    juan.sees("Completed by Ann Moor")
    await ana.sees("T-000001 completed").presses("Undo")
    juan.sees("Still open: Ann Moor took the end back")
    await desk.end()
