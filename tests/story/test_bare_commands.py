"""A command that is tapped in the menu, without its code, is answered with the tasks to choose from."""

import pytest

from tests.story.desk import StoryDesk


@pytest.mark.parametrize(
    ("command", "button"),
    [("asignar", "Asignar"), ("escalar", "Escalar"), ("nota", "Nota"), ("tarea", "Portón roto")],
)
async def test_a_supervisor_chooses_the_task_with_a_button(desk: StoryDesk, command: str, button: str) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas")
    await sara.says("/nueva Portón roto !alta @beto")
    sara.reads_all()
    await sara.says(f"/{command}")
    question = sara.sees("¿Cuál?", f"/{command} T-000123").offers(f"{button} · T-000001")
    await question.presses(f"{button} · T-000001")
    for phone in (sara, beto):
        phone.reads_all()


async def test_an_agent_finishes_what_they_hold_and_is_offered_nothing_else(desk: StoryDesk) -> None:
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas")
    await sara.says("/nueva Portón roto @beto")
    await sara.says("/nueva Luz rota")
    await beto.presses("Voy")
    await beto.says("/finalizar")
    await beto.sees("¿Cuál?").offers("Finalizar · T-000001").presses("Finalizar · T-000001")
    assert await desk.asks("SELECT state FROM task WHERE id = 1") == "completed"
    for phone in (sara, beto):
        phone.reads_all()


@pytest.mark.parametrize("command", ["asignar", "escalar", "nota", "tarea", "porque", "finalizar"])
async def test_with_no_fitting_task_the_answer_is_new_work(desk: StoryDesk, command: str) -> None:
    sara = await desk.supervisor("Sara Luna")
    await sara.says(f"/{command}")
    await sara.sees("No hay ninguna tarea", f"/{command} T-000123").presses("➕ Reportar como trabajo")
    sara.sees("Paso 1 de 6").presses("Cancelar")
    sara.reads_all()


async def test_a_supervisor_asks_why_of_a_task_that_is_over(desk: StoryDesk) -> None:
    sara, _ = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas")
    await sara.says("/nueva Portón roto")
    await sara.says("/nueva Luz rota")
    await sara.has("Luz rota").presses("Cancelar tarea")
    sara.reads_all()
    await sara.says("/porque")
    await sara.sees("¿Cuál?").offers("Luz rota · T-000002", "Portón roto · T-000001").presses("Luz rota · T-000002")
    sara.sees("T-000002")
    sara.reads_all()


@pytest.mark.parametrize(("label", "role"), [("Agente", 1), ("Supervisor", 2), ("Administrador", 3)])
async def test_an_administrator_invites_with_a_button(desk: StoryDesk, label: str, role: int) -> None:
    rosa = await desk.admin("Rosa Paz")
    await rosa.says("/invitar")
    asked = rosa.sees("¿Con qué rol entra?").offers("Agente", "Supervisor", "Administrador", "📋 Ver las abiertas")
    await asked.presses(label)
    rosa.sees("https://t.me/gad_bot?start=")
    assert f'"role":{role}' in await desk.asks("SELECT body FROM event WHERE body LIKE '%invited%'")


async def test_a_supervisor_presses_no_invitation(desk: StoryDesk) -> None:
    """The button of an administrator's question in a group gives nobody else a link."""
    rosa, sara = await desk.admin("Rosa Paz"), await desk.supervisor("Sara Luna")
    _, (rosa_there, sara_there) = desk.group("Mandos", rosa, sara)
    await rosa_there.says("/invitar")
    await sara_there.presses("Agente")
    assert await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%invited%'") == 0
    rosa_there.reads_all()


async def test_a_search_asks_for_its_words(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    await sara.says("/nueva Portón roto")
    sara.reads_all()
    await sara.says("/buscar")
    sara.sees("¿Qué busco?").offers("Cancelar")
    await sara.says("¿?")
    sara.sees("¿Qué busco?")
    await sara.says("porton")
    sara.sees("Portón roto")
    assert await desk.asks("SELECT count(*) FROM form") == 0
    sara.reads_all()


@pytest.mark.parametrize("minutes", [15, 30, 60])
@pytest.mark.parametrize("typed", ["/control", "/control ayer", "/control 0"])
async def test_a_check_in_begins_with_a_button(desk: StoryDesk, typed: str, minutes: int) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says(typed)
    await ana.sees("🛡" if typed == "/control" else "El control va de").presses(f"Cada {minutes} min")
    ana.sees(f"Control cada {minutes} min").presses("Terminar control")
    ana.reads_all()


async def test_a_shift_begins_and_ends_with_a_button(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    await sara.says("/turno")
    await sara.sees("Para entrar de turno").offers("🟢 Empezar turno").presses("🟢 Empezar turno")
    sara.sees("Turno iniciado")
    await sara.says("/turno quizá")
    await sara.sees("No entiendo «quizá»").offers("🏁 Terminar turno").presses("🏁 Terminar turno")
    sara.sees("Turno terminado")
