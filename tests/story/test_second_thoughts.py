"""A slip of the thumb is taken back, and what was closed too early begins again."""

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone

PARK, NEAR, FAR = (-2.1862, -79.8885), (-2.1870, -79.8890), (-2.2100, -79.9000)
MINUTE = 60


def read_all(*phones: Phone) -> None:
    for phone in phones:
        phone.reads_all()


async def taken(desk: StoryDesk) -> tuple[Phone, Phone, Phone]:
    """Juan called for help, Ana is there, and Sara took charge."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    await ana.presses("Voy")
    await ana.presses("Llegué")
    await sara.presses("Recibido")
    read_all(sara, juan, ana)
    return sara, juan, ana


async def test_a_slip_on_finalizar_is_undone_within_ten_seconds(desk: StoryDesk) -> None:
    """Ana goes on as before, and everybody who read that it was over reads that it is not."""
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    answer = ana.sees("T-000001 finalizada", "¿Fue sin querer?")
    read_all(sara, juan)
    await desk.advance(5)
    await answer.presses("Deshacer")

    answer.says("Deshecho: T-000001 sigue como antes").offers()
    ana.has("La tienes tú", "en el lugar").says("en curso")
    for phone in (sara, juan):
        phone.sees("Sigue abierta: Ana Mora deshizo el cierre")
    sara.has("Recibido: Sara Luna")
    assert await desk.asks("SELECT state FROM task WHERE id = 1") == "in_progress"
    await answer.phone.says("/historial activas")
    ana.sees("T-000001")
    await sara.says("/porque T-1")
    sara.sees("Ana Mora deshizo el cierre")


async def test_after_ten_seconds_the_button_says_who_can_reopen_it(desk: StoryDesk) -> None:
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    read_all(sara, juan)
    answer = ana.sees("T-000001 finalizada")
    await desk.advance(11)
    await answer.presses("Deshacer")
    answer.says("Ya pasaron los segundos para deshacer", "los supervisores pueden reabrirla").lacks("Deshecho")
    assert "Deshacer" not in answer.buttons
    assert await desk.asks("SELECT state FROM task WHERE id = 1") == "completed"


async def test_a_supervisor_who_comes_too_late_to_undo_reopens_there(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await sara.says("/nueva Ronda @ana")
    await ana.presses("Voy").presses("Iniciar")
    read_all(sara, ana)
    await sara.says("/finalizar T-1")
    answer = sara.sees("T-000001 finalizada")
    ana.reads_all()
    await desk.advance(30)
    await answer.presses("Deshacer")
    await answer.says("Ya pasaron").presses("🔁 Reabrir · T-000001")
    ana.sees("Te piden una tarea", "Ronda").offers("Voy", "No puedo")
    sara.sees("Ronda", "Ana Mora: sin respuesta aún")


async def test_a_slip_on_no_puedo_is_undone_and_nobody_is_lost(desk: StoryDesk) -> None:
    """Ana gave it back on the way; the next one who was asked in her place need not come."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    await ana.presses("Voy").presses("En camino")
    beto = await desk.agent("Beto Salas", at=FAR)
    read_all(sara, juan, ana, beto)
    await ana.presses("No puedo")
    beto.sees("te necesitan")
    juan.sees("Ana Mora dijo que iba y ya no puede ir")
    read_all(sara, beto)
    await desk.advance(4)
    answer = ana.sees("Dijiste que no puedes ir a T-000001")
    await answer.presses("Deshacer")

    answer.says("Deshecho").offers()
    ana.has("La tienes tú", "en camino")
    juan.sees("Ana Mora se equivocó de botón")
    beto.has("Lo tomó Ana Mora")
    sara.has("La tiene Ana Mora", "en camino")
    await answer.phone.says("/mistareas")
    ana.sees("T-000001")
    read_all(sara, beto)


async def test_a_no_to_an_offer_is_taken_back_and_the_offer_waits_again(desk: StoryDesk) -> None:
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    ana.reads_all()
    await ana.presses("No puedo")
    await ana.presses("Deshacer")
    ana.has("¿Puedes ir?").offers("Voy", "No puedo")
    assert await desk.asks("SELECT hold FROM person WHERE name = 'Ana Mora'") == 1
    await desk.advance(46)
    ana.has("No respondiste a tiempo")
    read_all(juan, ana)


async def test_what_another_took_meanwhile_stays_theirs(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas", at=NEAR)
    await juan.says("/emergencia Robo")
    await ana.presses("No puedo")
    await beto.presses("Voy")
    read_all(juan, ana, beto)
    await ana.presses("Deshacer")
    ana.has("Ya lo tomó Beto Salas, 12:00")
    beto.has("La tienes tú")


async def test_p7_who_is_in_another_emergency_by_then_stays_there_and_the_search_begins_again(desk: StoryDesk) -> None:
    """Ana was asked to the next one in the second in which she had ended the first."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    eva = await desk.agent("Eva Gil", at=FAR)
    await juan.says("/emergencia Robo")
    await ana.presses("Voy")
    await eva.says("/emergencia Choque")
    read_all(sara, juan, ana, eva)
    await ana.presses("Finalizar")
    ana.sees("te necesitan", "Choque")
    read_all(sara, juan, ana)
    await ana.presses("Deshacer")
    assert await desk.asks("SELECT hold FROM person WHERE name = 'Ana Mora'") == 2
    assert await desk.asks("SELECT searching FROM task WHERE id = 1") == 1
    sara.sees("EMERGENCIA REABIERTA por Ana Mora", "Robo")
    await desk.advance(MINUTE)
    assert await desk.asks("SELECT count(*) FROM timer WHERE task = 1") > 0
    read_all(sara, juan, ana, eva)


async def test_what_was_cancelled_by_a_slip_is_undone_too(desk: StoryDesk) -> None:
    """The people who were to be rung are rung again: their alert may have been taken back on its way."""
    sara = await desk.supervisor("Sara Luna")
    juan, ana = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    read_all(sara, juan, ana)
    await juan.presses("Cancelar tarea").presses("Sí, cancelar")
    question = juan.has("T-000001 cancelada").offers("Deshacer")
    read_all(sara, juan, ana)
    await question.presses("Deshacer")
    question.says("Deshecho")
    ana.sees("te necesitan", "Robo").offers("Voy", "No puedo")
    sara.sees("EMERGENCIA REABIERTA por Juan Pérez")
    read_all(sara, juan, ana)


async def test_only_who_did_it_takes_it_back(desk: StoryDesk) -> None:
    """In a group everybody sees the button; the others learn who can reopen it."""
    sara, raul = await desk.supervisor("Sara Luna"), await desk.supervisor("Raúl Peña")
    _, (here, rauls) = desk.group("Guardia", sara, raul)
    await here.says("/nueva@gad_bot Ronda")
    await here.says("/finalizar@gad_bot T-1")
    answer = here.sees("T-000001 finalizada")
    read_all(sara, raul, here)
    await rauls.presses("Deshacer")
    here.sees("Eso lo deshace solo quien lo hizo")
    await answer.presses("Deshacer")
    answer.says("Deshecho").offers()
    read_all(sara, raul, here)


async def test_the_reporter_reopens_and_the_search_begins_again(desk: StoryDesk) -> None:
    """The agent who had it is free and asked again; the ladder begins at its first step, and never in silence (P4)."""
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    read_all(sara, juan, ana)
    await desk.advance(5 * MINUTE)
    await juan.has("Finalizada").presses("🔁 Reabrir")

    ana.sees("te necesitan", "Robo").offers("Voy", "No puedo")
    ana.sees("📍")
    sara.sees("EMERGENCIA REABIERTA por Juan Pérez").offers(
        "Recibido", "Asignar", "Escalar", "Cancelar tarea", "Nota", "Historia"
    )
    juan.sees("Robo", "Ana Mora", "sin respuesta aún")
    await sara.says("/porque T-1")
    sara.sees("Juan Pérez la reabrió", "porque se reabrió")
    await sara.presses("Historia")
    sara.sees("Juan Pérez la reabrió")
    await desk.passes(6 * MINUTE)
    read_all(sara, juan, ana)
    assert await desk.asks("SELECT count(*) FROM timer WHERE task = 1 AND kind = 'climb'") == 1
    assert await desk.asks("SELECT searching + escalations FROM task WHERE id = 1") > 2


async def test_a_second_press_on_reabrir_changes_nothing(desk: StoryDesk) -> None:
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    read_all(sara, juan, ana)
    again = juan.has("Finalizada").holds("🔁 Reabrir")
    await juan.presses("🔁 Reabrir")
    read_all(sara, juan, ana)
    version = await desk.asks("SELECT version FROM task WHERE id = 1")
    await again
    juan.sees("Eso ya estaba hecho")
    assert await desk.asks("SELECT version FROM task WHERE id = 1") == version
    read_all(sara, juan, ana)


async def test_a_day_later_it_is_reported_anew(desk: StoryDesk) -> None:
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    read_all(sara, juan, ana)
    late = juan.has("Finalizada").holds("🔁 Reabrir")
    await desk.advance(25 * 60 * MINUTE)
    await late
    juan.sees("se cerró hace más de un día").offers("🚨 Pedir ayuda ya")
    await sara.says("/tarea T-1")
    sara.sees("Robo").offers("Nota", "Historia")


async def test_what_the_reporter_sends_after_the_end_reaches_those_who_had_it(desk: StoryDesk) -> None:
    """Words, a photo, a voice, a place: each to Ana and Sara, and Sara has the button under it."""
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    read_all(sara, juan, ana)
    await desk.advance(10 * MINUTE)

    await juan.says("sigue aquí, volvió con otro")
    juan.sees("T-000001 ya está cerrada", "Se lo pasé").offers("🔁 Reabrir · T-000001", "🚨 Pedir ayuda ya")
    ana.sees("Juan Pérez sigue en T-000001, que ya está cerrada", "volvió con otro").offers()
    sara.sees("volvió con otro").offers("🔁 Reabrir · T-000001")
    await juan.does(lambda telegram: telegram.send_photo(juan.user, "la moto"))
    assert sara.sees("la moto").offers("🔁 Reabrir · T-000001").message.wire.photo
    await juan.does(lambda telegram: telegram.send_voice(juan.user))
    assert sara.sees("que ya está cerrada").offers("🔁 Reabrir · T-000001").message.wire.voice
    await juan.is_at(-2.2, -79.9)
    note = sara.sees("-2.20000, -79.90000").offers("🔁 Reabrir · T-000001")
    read_all(juan, ana)

    await note.presses("🔁 Reabrir · T-000001")
    sara.sees("Robo", "4 notas").offers("Recibido", "Asignar", "Escalar", "Cancelar tarea", "Nota", "Historia")
    juan.sees("Reabierta por Sara Luna")
    ana.sees("te necesitan")
    read_all(sara, juan, ana)


async def test_after_some_minutes_words_are_only_words_again(desk: StoryDesk) -> None:
    sara, juan, ana = await taken(desk)
    await ana.presses("Finalizar")
    read_all(sara, juan, ana)
    await desk.advance(16 * MINUTE)
    await juan.says("gracias a todos")
    juan.sees("¿Qué es?")
    sara.sees_nothing()


async def test_whoever_is_asked_for_the_place_of_what_was_closed_is_still_heard(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    await juan.says("/emergencia Robo")
    await sara.presses("Cancelar tarea").presses("Sí, cancelar")
    read_all(sara, juan)
    await juan.says("Calle 9 y Loja, portón verde")
    juan.sees("T-000001 ya está cerrada", "Se lo pasé")
    sara.sees("Calle 9 y Loja, portón verde").offers("🔁 Reabrir · T-000001")
    juan.reads_all()


@pytest.mark.parametrize("topic", [False, True])
@pytest.mark.parametrize("minutes", [1, 16, 600])
async def test_a_cry_to_the_question_of_what_was_closed_gets_the_button_that_calls(
    desk: StoryDesk, topic: bool, minutes: int
) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez")
    view = _in_topic(desk, sara, juan) if topic else juan
    await view.says("/emergencia Robo")
    await sara.presses("Cancelar tarea").presses("Sí, cancelar")
    await desk.advance(minutes * MINUTE)
    read_all(sara, juan, view)
    await view.says("auxilio me disparan")
    await view.sees("¿Es una emergencia?").offers("🚨 Pedir ayuda ya").presses("Pedir ayuda ya")
    sara.sees("auxilio me disparan", "T-000002")
    read_all(sara, juan)


def _in_topic(desk: StoryDesk, sara: Phone, juan: Phone) -> Phone:
    forum = desk.telegram.add_group("Zonas", [sara.user, juan.user, desk.bot], forum=True)
    for user in (sara.user, desk.bot):
        desk.telegram.promote(forum, user, sara.user)
    return Phone(desk.telegram, juan.user, desk.settle, forum, desk.telegram.create_topic(forum, "Norte", sara.user))
