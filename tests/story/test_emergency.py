"""An emergency, from the street to the end."""

import pytest

from tests.story.desk import StoryDesk

PARK = (-2.1862, -79.8885)
NEAR = (-2.1870, -79.8890)
FAR = (-2.2100, -79.9000)


async def test_p7_the_nearest_are_asked_and_the_first_yes_wins(desk: StoryDesk) -> None:
    """Juan calls, Ana and Beto are asked, Ana goes; Beto and the supervisor see who has it, Juan sees who comes."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    beto = await desk.agent("Beto Salas", at=FAR)

    await juan.says("/emergencia Robo con arma")

    juan.sees("Alerta enviada", "T-000001")
    sara.sees("EMERGENCIA", "Robo con arma", "Juan Pérez").offers(
        "Recibido", "Asignar", "Escalar", "Cancelar tarea", "Nota", "Historia"
    )
    sara.sees("📍 -2.1862, -79.8885")
    late = beto.sees("te necesitan", "A 2,9 km de ti").offers("Voy", "No puedo").holds("Voy")
    beto.sees("📍")
    asked = ana.sees("te necesitan", "Robo con arma", "A 100 m de ti").offers("Voy", "No puedo")
    ana.sees("📍")

    await asked.presses("Voy")

    asked.says("La tienes tú")
    asked.offers("En camino", "Llegué", "Nota", "Finalizar", "🆘 Pido refuerzo", "Historia", "No puedo")
    beto.has("Lo tomó Ana Mora, 12:00").offers()
    sara.has("La tiene Ana Mora")
    juan.sees("Ana Mora va")

    await late
    beto.sees("Ya lo tomó Ana Mora, 12:00")


async def test_it_is_done_step_by_step_and_everybody_sees_it(desk: StoryDesk) -> None:
    """En camino, Llegué, Finalizar: one card each, in place; the reporter hears of what matters."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia")
    await ana.presses("Voy")
    for phone in (sara, juan, ana):
        phone.reads_all()

    await ana.presses("En camino")
    sara.has("La tiene Ana Mora", "en camino")
    await ana.presses("Llegué")
    juan.sees("Ana Mora llegó al lugar")
    await sara.presses("Recibido")
    juan.sees("Sara Luna se hizo cargo")
    await ana.presses("Finalizar")

    juan.sees("Finalizada por Ana Mora")
    sara.sees("Finalizada por Ana Mora")
    sara.has("Finalizada, 12:00").lacks("Nadie ha dicho")
    ana.has("Finalizada, 12:00")
    ana.sees("T-000001 finalizada").offers("Resuelto", "Falsa alarma", "Trasladado", "Derivado", "Deshacer")
    await ana.says("/disponible")
    ana.sees("Ya estabas disponible")


async def test_the_alert_does_not_wait_for_the_place(desk: StoryDesk) -> None:
    """Without a place the alert goes out at once; the place follows, with the pin, and whoever is near is asked."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez")
    ana = await desk.agent("Ana Mora", at=NEAR)

    await juan.says("/emergencia Incendio")

    juan.sees("Alerta enviada")
    juan.sees("¿Dónde es?")
    sara.sees("EMERGENCIA", "Lugar desconocido")
    ana.sees("te necesitan", "Lugar desconocido")

    await juan.is_at(*PARK)

    juan.sees("el lugar ya está en T-000001")
    sara.sees("📍 -2.1862, -79.8885")
    ana.sees("📍 -2.1862, -79.8885")
    ana.has("A 100 m de ti")


async def test_what_is_said_next_reaches_whoever_decides_whether_to_go(desk: StoryDesk) -> None:
    """*/emergencia* without a word, then "tiene un arma": those who are asked read it, and it is what it is called."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia")
    offer = ana.sees("te necesitan", "Sin descripción")
    for phone in (sara, juan, ana):
        phone.reads_all()

    await juan.says("Tiene un arma")

    juan.sees("Lo sumé a T-000001")
    ana.sees("Juan Pérez en T-000001", "Tiene un arma")
    sara.sees("Juan Pérez en T-000001", "Tiene un arma")
    offer.says("🚨 Tiene un arma").lacks("Sin descripción").offers("Voy", "No puedo")
    await juan.says("Ya se fue")
    offer.says("🚨 Tiene un arma", "2 notas")
    for phone in (sara, juan, ana):
        phone.reads_all()


async def test_a_video_is_evidence_and_dice_are_told_what_is(desk: StoryDesk) -> None:
    """In the middle of an emergency people do not think of kinds of files."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Pelea")
    for phone in (sara, juan):
        phone.reads_all()

    await juan.does(lambda telegram: telegram.send_video(juan.user, "Son tres"))
    juan.sees("Lo sumé a T-000001")
    assert sara.sees("Juan Pérez en T-000001", "Son tres").message.wire.video
    await juan.does(lambda telegram: telegram.send_dice(juan.user))
    juan.sees("Eso no lo puedo guardar en T-000001", "un video")
    await sara.presses("Historia")
    sara.sees("🎬 Juan Pérez: video Son tres")
    assert sara.sees("Son tres").message.wire.video


async def test_p4_with_no_agent_it_climbs_at_once_and_says_so(desk: StoryDesk) -> None:
    """No agent is free: the supervisor reads that nobody is left, and an agent who comes on duty later is asked."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await ana.says("/fuera")
    ana.reads_all()

    await juan.says("/emergencia Herido")

    juan.sees("Alerta enviada", "Todavía no va nadie")
    sara.sees("No queda ningún agente", "Nadie la tiene")
    sara.sees("📍")
    await sara.presses("Recibido")
    juan.sees("Sara Luna se hizo cargo")

    await ana.says("/disponible")
    ana.sees("te necesitan", "Herido")
    ana.sees("📍")
    ana.sees("Estás disponible")


async def test_p2_the_same_call_twice_in_a_hurry_is_one(desk: StoryDesk) -> None:
    """A double send opens nothing twice and says which one it is."""
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)

    await juan.says("/emergencia Robo").says("/emergencia Robo")

    juan.sees("Alerta enviada")
    juan.sees("T-000001")
    sara.reads_all()
    assert len([m for m in sara.messages if "EMERGENCIA" in m.text or "No queda" in m.text]) == 1


async def test_a_no_can_be_taken_back_and_voy_says_why_not_yet(desk: StoryDesk) -> None:
    """Ana said no to the first call and is asked for a second: *Voy* stays, says what comes first, and works after."""
    sara = await desk.supervisor("Sara Luna")
    juan, rita = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Rita Vera", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    first = ana.sees("Robo")
    await first.presses("No puedo")
    await rita.says("/emergencia Incendio")
    second = ana.sees("Incendio")
    first.says("Si cambias de idea, toca Voy").offers("Voy", "Historia")

    await first.presses("Voy")
    ana.sees("Ya tienes otra emergencia, T-000002")

    await second.presses("No puedo")
    await first.presses("Voy")
    first.says("La tienes tú")
    for phone in (sara, juan, rita, ana):
        phone.reads_all()


@pytest.mark.parametrize("words", ["Fuga de gas en la escuela !crítica", "!critical Fuga de gas en la escuela"])
async def test_critical_work_that_names_nobody_is_an_emergency(desk: StoryDesk, words: str) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora", at=PARK)
    beto = await desk.agent("Beto Salas", at=PARK)
    await ana.says(f"/nueva {words}")
    beto.sees("Fuga de gas en la escuela").says("te necesitan")
    sara.sees("Fuga de gas en la escuela")
    told = ana.sees("Lo crítico es una emergencia", "T-000001").offers("Cancelar tarea · T-000001")
    await told.presses("Cancelar tarea · T-000001")
    assert await desk.asks("SELECT kind FROM task") == "emergency"
    for phone in (sara, ana, beto):
        phone.reads_all()


async def test_critical_work_for_somebody_is_theirs(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas", at=PARK)
    await sara.says("/nueva Cambiar la cerradura !crítica @beto")
    beto.sees("Cambiar la cerradura")
    assert await desk.asks("SELECT kind FROM task") == "task"
    for phone in (sara, beto):
        phone.reads_all()
