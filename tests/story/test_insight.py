"""Seeing it before and after: ``/plan`` says who would be told and when, ``/porque`` why each person was told."""

from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.teams import unit_of

PARK = (-2.1862, -79.8885)
NEAR, FAR = (-2.1870, -79.8890), (-2.2100, -79.9000)


def read_all(*phones: Phone) -> None:
    for phone in phones:
        phone.reads_all()


async def test_the_plan_of_now_names_everybody_in_their_order(desk: StoryDesk) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta Solís")
    await desk.agent("Ana Mora", at=NEAR)
    await sara.says("/plan")
    plan = sara.sees("Si alguien pide ayuda ahora")
    assert plan.text.splitlines()[2:] == [
        "ahora · se pregunta si puede ir: Ana Mora",
        "ahora · supervisores de guardia de la unidad: no hay nadie de guardia, se pasa al siguiente",
        "ahora · supervisores de guardia: no hay nadie de guardia, se pasa al siguiente",
        "ahora · supervisores: Sara Luna",
        "+45 s · administradores: Marta Solís",
        "+1 min 30 s · se vuelve a preguntar, hasta que alguien vaya: Ana Mora",
        "+2 min 45 s · 📣 todos los mandos, y luego otra vez cada 2 min hasta que alguien toque Recibido: "
        "Sara Luna, Marta Solís",
    ]
    marta.sees_nothing()


async def test_the_plan_of_an_open_one_goes_on_from_where_it_is(desk: StoryDesk) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta Solís")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    read_all(sara, juan)
    await sara.says("/plan T-1")
    sara.sees("T-000001", " · administradores: Marta Solís", " · 📣 todos los mandos").lacks("ahora ·")
    await sara.presses("Recibido")
    await sara.says("/plan T-1")
    sara.sees("min", " · supervisores: Sara Luna", " · administradores: Marta Solís")
    juan.reads_all()
    await desk.advance(120)
    marta.sees_nothing()


async def test_the_plan_of_a_night_to_come_asks_the_rota_of_the_unit(desk: StoryDesk) -> None:
    marta, sara, luis = (
        await desk.admin("Marta Solís"),
        await desk.supervisor("Sara Luna"),
        await desk.supervisor("Luis Vega"),
    )
    await unit_of(desk, marta, "Norte", sara, luis)
    read_all(marta, sara, luis)
    await sara.says("/turno inicio")
    read_all(marta, sara, luis)
    await marta.says("/plan domingo 03:00 Norte")
    marta.sees("dom 8 mar 03:00", "Unidad: Norte", "los 3 agentes que estén libres").says(
        "ahora · supervisores de guardia de la unidad: Sara Luna",
        "+1 min · supervisores de guardia: Sara Luna",
        "+3 min · supervisores: Luis Vega, Sara Luna",
        "+5 min · administradores: Marta Solís",
    )
    await marta.says('/plan "domingo 03:00" Norte')
    marta.sees("dom 8 mar 03:00", "Unidad: Norte")
    await marta.says("/plan Norte")
    marta.sees("ahora", "Unidad: Norte")


async def test_a_plan_that_nobody_understands_says_what_to_write(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    for words in ("cuando llueva", "domingo 99:99", "💥" * 300, "<b>hoy"):
        await sara.says(f"/plan {words}")
        sara.sees("No entiendo", "/plan domingo 03:00 Norte")
    await sara.says("/plan 2020-01-01 03:00")
    sara.sees("demasiado lejos")
    await sara.says("/plan ayer")
    sara.sees("No entiendo")
    await sara.says("/plan T-99")
    sara.sees("No existe la tarea T-000099")
    await ana.says("/plan")
    ana.sees("supervisor")


async def test_why_each_person_was_told_is_one_sentence_for_each_cause(desk: StoryDesk) -> None:
    sara, marta = await desk.supervisor("Sara Luna"), await desk.admin("Marta Solís")
    juan = await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    beto, carla, dora = [await desk.agent(name, at=FAR) for name in ("Beto Salas", "Carla Díaz", "Dora Gil")]
    await juan.says("/emergencia Robo")
    await ana.presses("No puedo")
    await sara.says("/escalar T-1 hay heridos")
    await beto.presses("Voy")
    await sara.says("/porque T-1")
    read_all(juan, ana, beto, carla, dora, marta)
    lines = sara.has("por qué se avisó").text.splitlines()[1:]
    assert [line.partition(" ")[2] for line in lines] == [
        "La reportó Juan Pérez.",
        "Se preguntó a Ana Mora (a 100 m), Beto Salas (a 2,9 km), Carla Díaz (a 2,9 km): "
        "nadie libre estaba más cerca que ellos.",
        "Paso 1 (supervisores de guardia de la unidad): no había nadie de guardia, se pasó al siguiente.",
        "Paso 2 (supervisores de guardia): no había nadie de guardia, se pasó al siguiente.",
        "Paso 3 (supervisores): se avisó a Sara Luna, porque se abrió la alerta.",
        "Se preguntó a Dora Gil (a 2,9 km) porque Ana Mora no puede.",
        "Paso 4 (administradores): se avisó a Marta Solís, porque Sara Luna la escaló: «hay heridos».",
        "Dejó de subir: Beto Salas dijo que va.",
        "Se retiró la pregunta a Carla Díaz, Dora Gil porque Beto Salas va.",
    ]
    sara.reads_all()


async def test_broadcasts_that_repeat_are_one_sentence(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/emergencia Robo")
    for _ in range(4):
        await desk.advance(120)
    await sara.says("/porque T-1")
    sara.has("Se avisó a todos los mandos (Sara Luna) 4 veces")
    read_all(sara, juan)


async def test_a_cause_is_asked_for_with_a_code(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await sara.says("/porque")
    sara.sees("No hay ninguna tarea para eso", "/porque T-000123").offers("➕ Reportar como trabajo")
    await sara.says("/porque ayer")
    sara.sees("«ayer» no es un código")
    await ana.says("/porque T-1")
    ana.sees("supervisor")


async def test_why_says_whether_the_place_or_the_agent_was_not_known(desk: StoryDesk) -> None:
    """One agent or several: the words follow the cause, not the count."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana, beto = await desk.agent("Ana Mora", at=NEAR), await desk.agent("Beto Salas")
    await juan.says("/emergencia Robo")
    await sara.says("/porque T-1")
    read_all(juan, ana, beto)
    why = sara.sees("por qué se avisó").says("Se preguntó a Ana Mora (a ", "): nadie libre estaba más cerca.")
    why.says("Se preguntó a Beto Salas: no se sabía dónde estaba").lacks("no había un punto")
    sara.reads_all()


async def test_why_says_that_there_was_no_point_on_the_map(desk: StoryDesk) -> None:
    sara, juan, ana = (
        await desk.supervisor("Sara Luna"),
        await desk.agent("Juan Pérez"),
        await desk.agent("Ana", at=NEAR),
    )
    await juan.says("/emergencia Robo")
    await sara.says("/porque T-1")
    sara.sees("por qué se avisó").says("Se preguntó a Ana: no había un punto en el mapa").lacks("no se sabía dónde")
    read_all(sara, juan, ana)


async def test_why_says_that_it_began_again_when_the_helper_gave_up(desk: StoryDesk) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    ana = await desk.agent("Ana Mora", at=NEAR)
    await juan.says("/emergencia Robo")
    await ana.presses("Voy")
    await ana.presses("No puedo")
    await sara.says("/porque T-1")
    sara.sees("por qué se avisó").says(
        "Dejó de subir: Ana Mora dijo que va.", "Volvió a empezar: Ana Mora iba y ya no puede."
    )
    read_all(sara, juan, ana)
