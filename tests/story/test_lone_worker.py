"""Lone workers: a word every so often, a question, and an emergency in their name when no answer comes."""

from pathlib import Path

from emulator import Message
from tests.story.desk import StoryDesk
from tests.story.phone import Doing, Phone

PARK = (-2.1862, -79.8885)
QUAY = (-2.1900, -79.8800)
NEAR = (-2.1870, -79.8890)
MINUTE = 60


def moves(phone: Phone, desk: StoryDesk, lat: float, lon: float) -> Doing:
    """Their phone goes there with its live location."""
    return phone.does(lambda telegram: telegram.move(phone.user, live(phone, desk), lat, lon))


def live(phone: Phone, desk: StoryDesk) -> Message:
    return [m for m in desk.telegram.messages(phone.user) if m.sender is phone.user and m.place is not None][-1]


async def test_a_check_in_is_answered_in_time_and_goes_on(desk: StoryDesk) -> None:
    """Each *Estoy bien* puts the next one off; the one card says until when."""
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 30")
    card = juan.sees("Control cada 30 min", "antes de las 12:30")
    card.offers("Estoy bien", "Necesito ayuda", "Terminar control")

    await desk.advance(20 * MINUTE)
    await card.presses("Estoy bien")
    card.says("Estás bien, 12:20", "antes de las 12:50")
    await desk.advance(29 * MINUTE)
    juan.sees_nothing()
    await juan.says("estoy bien")
    juan.sees("Anotado", "13:19")
    card.says("antes de las 13:19")

    await juan.says("/control fin")
    juan.sees("Control terminado")
    card.says("Control terminado").offers()
    await desk.advance(60 * MINUTE)


async def test_p4_nobody_answers_and_an_emergency_opens_in_their_name(desk: StoryDesk) -> None:
    """A reminder that rings, the grace, then the alert with the last place; the nearest go, the supervisor takes it."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/control 30")
    juan.reads_all()
    await desk.advance(5 * MINUTE)
    await juan.is_at(*QUAY)
    juan.sees("Guardé dónde estás")

    await desk.advance(25 * MINUTE)
    juan.sees("¿Estás bien?", "Es la hora de tu control", "2 min").offers("Estoy bien", "Necesito ayuda")
    sara.sees_nothing()
    await desk.advance(2 * MINUTE)

    sara.sees(
        "EMERGENCIA",
        "No respondió a su control",
        "En nombre de Juan Pérez",
        "según su ubicación, ",
        "-2.19000, -79.88000",
    )
    sara.sees("📍 -2.19, -79.88")
    ana.sees("te necesitan", "No respondió a su control", "Estuvo en").offers("Voy", "No puedo")
    ana.sees("📍")
    juan.sees("Alerta enviada", "No respondió a su control")
    juan.has("Hay una emergencia en tu nombre", "T-000001").offers("Estoy bien", "Terminar control")
    await sara.presses("Recibido")
    juan.sees("Sara Luna se hizo cargo")


async def test_a_late_answer_lets_the_check_in_go_on(desk: StoryDesk) -> None:
    """A worker who overslept says so: the check-in goes on, and they withdraw the emergency themselves."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 30")
    await desk.advance(30 * MINUTE)
    await desk.advance(2 * MINUTE)
    sara.reads_all()
    juan.reads_all()

    await juan.has("Hay una emergencia en tu nombre").presses("Estoy bien")
    juan.has("Control cada 30 min", "antes de las 13:02")
    await juan.has("Alerta enviada").presses("Cancelar tarea")
    await juan.sees("¿Cancelar").presses("Sí, cancelar")
    sara.has("T-000001", "Cancelada, 12:32").offers("🔁 Reabrir", "Nota", "Historia")
    await desk.advance(30 * MINUTE)
    juan.sees("¿Estás bien?")
    await juan.presses("Estoy bien")


async def test_help_is_one_press_away(desk: StoryDesk) -> None:
    """*Necesito ayuda*: at once, and once however often it is pressed."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 30")
    card = juan.sees("Control cada 30 min")
    again = card.holds("Necesito ayuda")

    await card.presses("Necesito ayuda")
    sara.sees("No queda ningún agente", "Pide ayuda", "Juan Pérez")
    sara.sees("📍")
    juan.sees("Alerta enviada", "Pide ayuda")
    await again
    juan.sees("Ya recibí ese mismo reporte", "T-000001")
    sara.sees_nothing()


async def test_help_is_never_refused(desk: StoryDesk) -> None:
    """Their thumb was on *Necesito ayuda* when the check-in ended: it is an emergency all the same."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 30")
    help_wanted = juan.sees("Control cada 30 min").holds("Necesito ayuda")
    await juan.says("/control fin")
    juan.sees("Control terminado")
    sara.sees("Juan Pérez terminó su control")

    await help_wanted
    sara.sees("No queda ningún agente", "Juan Pérez")
    sara.sees("📍")
    juan.sees("Alerta enviada")


async def test_it_survives_a_stop_of_the_desk(desk: StoryDesk) -> None:
    """Closed for an hour, overdue: it asks when it opens, and waits its grace before it alarms anybody (P8)."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 30")
    juan.reads_all()

    await desk.close()
    desk.clock.advance(60 * MINUTE)
    await desk.open()

    juan.sees("¿Estás bien?")
    sara.sees_nothing()
    await juan.presses("Estoy bien")
    await desk.advance(2 * MINUTE)
    sara.sees_nothing()


async def test_bad_input_gets_one_sentence(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez")
    for words in ("0", "721", "10000", "-5", "media hora", "30 40", "9" * 100, "٣٠"):
        await juan.says(f"/control {words}")
        juan.sees("El control va de 1 a 720 minutos")
    await juan.says("/control")
    juan.sees("No tienes ningún control en marcha")
    await juan.says("/control 720 min")
    juan.sees("Control cada 720 min")
    await juan.says("/checkin")
    juan.sees("Control cada 720 min").offers("Estoy bien", "Necesito ayuda", "Terminar control")
    await juan.presses("Terminar control")
    juan.has("Control terminado")
    await juan.says("/control fin")
    juan.sees("No tienes ningún control en marcha")


async def test_in_a_group_it_is_said_in_private(desk: StoryDesk) -> None:
    juan, ana = await desk.agent("Juan Pérez"), await desk.agent("Ana Mora")
    _, (here, _) = desk.group("Guardia", juan, ana)
    await here.says("/control@gad_bot 30")
    here.sees("Te respondí en privado")
    juan.sees("Control cada 30 min")
    await here.says("/control@gad_bot")
    here.sees("Te respondí en privado")
    juan.sees("Control cada 30 min")


async def test_off_duty_asks_first(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez")
    await juan.says("/control 30")
    juan.reads_all()
    await juan.says("/fuera")
    await juan.sees("Tienes un control en marcha").presses("No, seguir")
    juan.has("el control sigue").offers()
    await juan.says("/fuera")
    await juan.sees("Tienes un control en marcha").presses("Sí, salir")
    juan.sees("fuera de servicio")
    juan.has("Control terminado").offers()

    await juan.says("/turno inicio").says("/control 30")
    juan.reads_all()
    await juan.says("/turno fin")
    await juan.sees("Tienes un control en marcha").presses("Sí, salir")
    juan.has("Control terminado").offers()
    juan.reads_all()
    await desk.advance(60 * MINUTE)


async def test_whoever_has_a_task_in_hand_does_not_leave_and_keeps_the_check_in(desk: StoryDesk) -> None:
    juan = await desk.agent("Juan Pérez")
    await juan.says("/nueva Ronda @juan").presses("Iniciar")
    await juan.says("/control 30").says("/fuera")
    juan.reads_all()
    await juan.presses("Sí, salir")
    juan.sees("Primero hay que terminar")
    juan.has("Control cada 30 min").offers("Estoy bien", "Necesito ayuda", "Terminar control")


async def test_a_live_location_that_ends_asks(desk: StoryDesk) -> None:
    """Stopped by hand, or over by itself: the question comes at once, and once."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 60")
    juan.reads_all()
    await juan.is_at(*PARK, live=3600)
    juan.sees("en vivo")
    await desk.advance(5 * MINUTE)
    await juan.does(lambda telegram: telegram.stop_live(juan.user, live(juan, desk)))
    await juan.sees("¿Estás bien?", "Ya no compartes tu ubicación").presses("Estoy bien")

    await juan.is_at(*PARK, live=5 * MINUTE)
    juan.sees("en vivo")
    await desk.advance(5 * MINUTE)
    juan.sees("¿Estás bien?", "Ya no compartes tu ubicación")
    await desk.advance(2 * MINUTE)
    sara.sees("Dejó de compartir su ubicación y no responde", "Juan Pérez")
    sara.sees("📍")
    juan.sees("Alerta enviada")


async def test_standing_still_asks(desk: StoryDesk) -> None:
    """Less than 25 m in ten minutes is standing still; whoever walks is left alone, and the alarm shows their way."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 120")
    juan.reads_all()
    await juan.is_at(*PARK, live=3 * 3600)
    juan.sees("en vivo")
    for step in range(4):
        await desk.advance(8 * MINUTE)
        await moves(juan, desk, PARK[0] + 0.001 * (step + 1), PARK[1])
    juan.sees_nothing()
    await desk.advance(5 * MINUTE)
    await moves(juan, desk, PARK[0] + 0.0041, PARK[1])
    await desk.advance(5 * MINUTE)
    await juan.sees("¿Estás bien?", "Llevas 10 min sin moverte").presses("Estoy bien")
    await desk.advance(9 * MINUTE)
    juan.sees_nothing()
    await desk.advance(1 * MINUTE)
    juan.sees("¿Estás bien?", "sin moverte")
    await desk.advance(2 * MINUTE)
    sara.sees("No se mueve y no responde", "Estuvo en", "• 12:24 · -2.18320", "• 12:37 · -2.18210")
    sara.sees("📍")
    juan.sees("Alerta enviada")


async def test_work_of_some_kinds_wants_one_by_itself(tmp_path: Path) -> None:
    """It begins with the work and ends with it."""
    desk = StoryDesk(tmp_path, safety={"checkin_types": ["vigilancia"], "checkin_every": "15m", "grace": "1m"})
    await desk.open()
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/nueva Vigilancia bodega norte @juan")
    juan.reads_all()
    sara.reads_all()
    await juan.presses("Iniciar")
    card = juan.sees("Control cada 15 min", "Mientras dure T-000001")
    await desk.advance(15 * MINUTE)
    await juan.sees("¿Estás bien?", "1 min").presses("Estoy bien")
    await juan.presses("Finalizar")
    juan.has("Control terminado").offers()
    assert not card.buttons
    await juan.says("/nueva Patrullaje zona norte @juan")
    juan.reads_all()
    await juan.presses("Iniciar")
    await desk.advance(60 * MINUTE)
    juan.reads_all()
    sara.reads_all()
    assert not [m for m in juan.messages if "¿Estás bien?" in m.text and m.keyboard]
    await desk.end()
