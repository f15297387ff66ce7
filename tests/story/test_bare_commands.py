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
