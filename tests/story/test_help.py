"""Help by role, and what is said to what nobody understood."""

import pytest

from tests.story.desk import StoryDesk


async def test_help_lists_what_the_role_may_do(desk: StoryDesk) -> None:
    ana, sara, marta = await desk.agent("Ana"), await desk.supervisor("Sara"), await desk.admin("Marta")
    for phone in (ana, sara, marta):
        await phone.says("/ayuda")
    ana.sees("Lo que puedes hacer", "/nueva", "/emergencia").lacks("/tareas", "/usuarios")
    sara.sees("/nueva", "/tareas", "Coordinar").lacks("/usuarios")
    marta.sees("/nueva", "/tareas", "/usuarios", "Administrar")


async def test_a_misspelt_command_is_answered_with_the_nearest(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/dispnible")
    ana.sees("No conozco /dispnible", "¿Quisiste decir /disponible?").offers("🚨 Pedir ayuda ya")
    await ana.says("/emergensia Robo")
    ana.sees("Alerta enviada", "Robo")
    ana.sees("¿Dónde es?")
    await ana.says("/usuario")
    ana.sees("No conozco /usuario").lacks("/usuarios")


@pytest.mark.parametrize("text", ["/", "/<b>", "/" + "x" * 4_000, "/مرحبا", "/🚓", "//"])
async def test_any_unknown_command_gets_one_sentence(desk: StoryDesk, text: str) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says(text)
    ana.sees("No conozco /")


async def test_plain_words_get_a_hint(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("hola")
    ana.sees("/nueva", "/emergencia", "/ayuda")
    await ana.does(lambda telegram: telegram.send_photo(ana.user))
    ana.sees("/nota")


async def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    _, (here, _) = desk.group("Guardia", ana, beto)
    await here.says("/clima")
    await here.says("/clima@otro_bot")
    here.sees_nothing()
    await here.says("/clima@gad_bot")
    here.sees("No conozco /clima")
