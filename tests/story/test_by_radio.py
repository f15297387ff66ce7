"""A supervisor notes what somebody said by radio: it counts as theirs, and the record says who noted it."""

from tests.story.desk import StoryDesk
from tests.story.phone import all_read

PARK, NEAR, FURTHER = (-2.1862, -79.8885), (-2.1870, -79.8890), (-2.1900, -79.8890)


async def test_what_beto_says_by_radio_counts_as_his_and_his_late_press_says_why(desk: StoryDesk) -> None:
    sara, eva = await desk.supervisor("Sara Luna"), await desk.agent("Eva Mora", at=PARK)
    beto = await desk.agent("Beto Salas", at=NEAR)
    await eva.says("/emergencia Robo")
    voy = beto.sees("¿Puedes ir?").holds("Voy")
    all_read(sara, eva, beto)
    await sara.says("/radio Beto Salas voy T-1 canal 3")
    noted = sara.sees("Anotado por radio: Beto Salas va · T-000001")
    noted.offers("En camino", "Llegué", "Finalizar", "No puedo")
    assert await desk.asks("SELECT state FROM assignment") == "accepted"
    eva.sees("Beto Salas")
    await voy
    beto.sees("Sara Luna ya anotó por radio lo que dijiste")
    await noted.presses("Llegué")
    noted.says("Anotado por radio: Beto Salas llegó · T-000001").offers("Finalizar", "No puedo")
    all_read(sara, eva, beto)
    await sara.says("/tarea T-1")
    await sara.sees("Robo").presses("Historia")
    sara.sees("Beto Salas dijo que va (por radio, anotó Sara Luna): «canal 3»")


async def test_a_task_that_others_ended_is_no_word_of_the_one_who_presses(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=NEAR)
    await sara.says("/nueva Portón roto @beto")
    all_read(sara, beto)
    await sara.says("/radio @beto voy T-1")
    all_read(sara, beto)
    arrived = beto.has("Portón roto").holds("Llegué")
    await sara.says("/tarea T-1")
    await sara.sees("Portón roto").presses("Cancelar")
    await sara.presses("Sí, cancelar")
    all_read(sara, beto)
    await arrived
    assert not any("ya anotó por radio" in message.text for message in beto.messages if message.text)
    all_read(sara, beto)


async def test_a_no_by_radio_asks_the_next_one_and_can_be_taken_back(desk: StoryDesk) -> None:
    sara, eva = await desk.supervisor("Sara Luna"), await desk.agent("Eva Mora", at=PARK)
    beto = await desk.agent("Beto Salas", at=NEAR)
    await eva.says("/emergencia Robo")
    all_read(sara, eva, beto)
    await sara.says("/radio Beto Salas no puede")
    noted = sara.sees("Anotado por radio: Beto Salas no puede · T-000001")
    assert await desk.asks("SELECT state FROM assignment") == "declined"
    all_read(sara, eva, beto)
    await noted.presses("Deshacer")
    noted.says("Beto Salas se queda como estaba")
    assert await desk.asks("SELECT state FROM assignment") == "offered"
    all_read(sara, eva, beto)


async def test_buttons_lead_there_from_the_note_and_from_the_command_alone(desk: StoryDesk) -> None:
    sara, eva = await desk.supervisor("Sara Luna"), await desk.agent("Eva Mora", at=PARK)
    beto, ana = await desk.agent("Beto Salas", at=NEAR), await desk.agent("Ana Paz", at=FURTHER)
    await eva.says("/emergencia Robo")
    await sara.sees("🚨 Robo").presses("Nota")
    await sara.sees("Nota para T-000001").presses("📻 Por radio")
    steps = sara.sees("T-000001: ¿qué te dijeron por radio?")
    assert {"Beto Salas: Voy", "Ana Paz: No puedo"} <= set(steps.buttons)
    await steps.presses("Ana Paz: Voy")
    steps.says("Ana Paz va")
    all_read(sara, eva, beto, ana)
    await sara.says("/radio")
    await sara.sees("¿Cuál?").presses("Robo · T-000001")
    await sara.sees("¿Qué te dijo Ana Paz por radio?").presses("Llegué")
    assert await desk.asks("SELECT state FROM assignment WHERE state = 'on_scene'") == "on_scene"
    all_read(sara, eva, beto, ana)


async def test_what_is_not_clear_is_asked_and_never_noted_wrongly(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=NEAR)
    await sara.says("/nueva Portón roto @beto")
    all_read(sara, beto)
    await sara.says("/radio Beto Salas todavía no llegó T-1")
    sara.sees("¿Qué te dijo Beto Salas por radio?")
    for goes_on in ("va a demorar T-1", "está bien herido", "llegó la policía T-1", "listo para salir"):
        await sara.says(f"/radio @beto {goes_on}")
        sara.sees("¿Qué te dijo Beto Salas por radio?")
    assert await desk.asks("SELECT state FROM assignment") == "offered"
    await sara.says("/radio @beto")
    await sara.sees("¿Qué te dijo Beto Salas por radio?").presses("Voy")
    await sara.says("/radio llegó")
    sara.sees("¿Quién lo dijo?")
    await sara.says("/radio @beto llegó T-99")
    sara.sees("T-000099")
    await sara.says("/radio @beto está bien")
    sara.sees("no tiene un control que contestar")
    assert await desk.asks("SELECT state FROM assignment") == "accepted"
    all_read(sara, beto)


async def test_words_that_are_asked_about_are_noted_with_the_button(desk: StoryDesk) -> None:
    """The rest of the line goes with the step, whichever questions come in between."""
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=NEAR)
    await sara.says("/nueva Portón roto @beto")
    all_read(sara, beto)
    await sara.says("/radio Beto llegó T-1 canal 3, <dos> heridos")
    which = sara.sees("canal 3, <dos> heridos").offers("Beto Salas")
    await which.presses("Beto Salas")
    assert await desk.asks("SELECT state FROM assignment") == "on_scene"
    await sara.presses("Historia")
    sara.sees("llegó", "canal 3, <dos> heridos")
    await sara.says("/radio @beto sigue lejos del portón T-1")
    what = sara.sees("¿Qué te dijo Beto Salas por radio?", "lejos del portón")
    await what.presses("Finalizar")
    await sara.presses("Historia")
    sara.sees("Beto Salas la finalizó", "lejos del portón")
    all_read(sara, beto)


async def test_a_name_after_the_step_is_never_passed_over_for_the_one_who_can(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=NEAR)
    ana = await desk.agent("Ana Paz", at=FURTHER)
    await sara.says("/nueva Portón roto @beto")
    all_read(sara, beto)
    await sara.says("/radio voy Ana Paz T-1")
    sara.sees("nadie le pidió a Ana Paz ir a T-000001")
    await sara.says("/radio voy Anna T-1")
    sara.sees("¿Qué te dijo Beto Salas por radio?").offers(
        "Voy", "En camino", "Llegué", "Iniciar", "Finalizar", "No puedo"
    )
    assert await desk.asks("SELECT state FROM assignment") == "offered"
    await sara.says("/radio voy Beto Salas T-1 canal 3")
    sara.sees("Anotado por radio: Beto Salas va")
    assert await desk.asks("SELECT state FROM assignment") == "accepted"
    all_read(sara, beto, ana)


async def test_whoever_was_not_asked_is_asked_with_one_press(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=NEAR)
    await sara.says("/nueva Portón roto")
    all_read(sara, beto)
    await sara.says("/radio @beto voy T-1")
    await sara.sees("nadie le pidió a Beto Salas ir a T-000001").presses("Asignar a Beto Salas")
    beto.sees("Portón roto")
    all_read(sara, beto)


async def test_whoever_works_alone_says_by_radio_that_they_are_well(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=NEAR)
    await beto.says("/control 15")
    beto.reads_all()
    await desk.passes(60 * 15)
    beto.reads_all()
    await sara.says("/radio @beto está bien, canal 2")
    sara.sees("Anotado por radio: Beto Salas está bien")
    await desk.passes(60 * 5)
    assert await desk.asks("SELECT count(*) FROM task") == 0
    all_read(sara, beto)


async def test_nobody_but_a_supervisor_notes_for_another(desk: StoryDesk) -> None:
    beto, ana = await desk.agent("Beto Salas", at=NEAR), await desk.agent("Ana Paz", at=FURTHER)
    await beto.says("/nueva Portón roto @ana")
    all_read(beto, ana)
    await beto.says("/radio @ana voy T-1")
    beto.sees("supervisor")
    assert await desk.asks("SELECT state FROM assignment") == "offered"
    all_read(beto, ana)


async def test_in_a_group_a_silent_alarm_is_not_spoken_of(desk: StoryDesk) -> None:
    """The one in danger may read along there."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    _, (in_group, _) = desk.group("Guardia", sara, juan)
    await juan.says("/control clave")
    await juan.says("Girasol azul")
    await juan.says("/control 30")
    await juan.says("Girasol azul")
    all_read(sara, juan, ana)
    await in_group.says("/radio Ana Mora voy")
    in_group.sees("Ana Mora no tiene nada abierto")
    await in_group.says("/radio Ana Mora voy T-1")
    in_group.sees("T-000001")
    assert await desk.asks("SELECT state FROM assignment") == "offered"
    await sara.says("/radio Ana Mora voy")
    sara.sees("Anotado por radio: Ana Mora va")
    assert await desk.asks("SELECT state FROM assignment") == "accepted"
    all_read(sara, ana)
    juan.sees_nothing()
