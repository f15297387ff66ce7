"""An administrator looks after the people: lists, roles, and who is shut out."""

import pytest

from tests.story.desk import StoryDesk


async def test_a_role_is_given_with_a_press_and_the_menu_follows(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await marta.says("/usuarios")
    page = marta.sees("Agentes", "Toca a una persona")
    await page.presses("Ana Mora")
    page.says("Ana Mora · @ana", "Rol: agente", "disponible").offers(
        "→ Supervisor", "→ Administrador", "Quitar acceso", "🧊 Congelar", "« Lista"
    )
    await page.presses("→ Supervisor")
    page.says("Rol: supervisor")
    ana.sees("Tu rol cambió", "supervisor")
    assert "tareas" in {line.command for line in desk.telegram.commands_for(desk.bot, ana.user)}


async def test_shutting_somebody_out_asks_first(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await marta.says("/usuarios @ana")
    page = marta.sees("Ana Mora")
    await page.presses("Quitar acceso")
    page.says("¿Quitarle el acceso").offers("Sí, sin acceso", "No, volver")
    await page.presses("No, volver")
    page.says("Rol: agente")
    ana.sees_nothing()

    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")
    page.says("Sin acceso").offers("→ Agente", "→ Supervisor", "→ Administrador", "« Lista")
    ana.sees("cerró tu acceso")
    await ana.says("/mistareas")
    ana.sees("No tienes acceso")
    assert {line.command for line in desk.telegram.commands_for(desk.bot, ana.user)} == {"start", "ayuda"}


async def test_whoever_was_shut_out_is_let_in_again(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await marta.says("/usuarios @ana")
    page = marta.sees("Ana Mora")
    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")
    ana.reads_all()
    await page.presses("« Lista")
    page.says("Sin acceso")
    await page.presses("Ana Mora")
    await page.presses("→ Agente")
    page.says("Rol: agente")
    ana.sees("Ana Mora, estás dentro")


async def test_a_request_is_answered_from_the_list_too(desk: StoryDesk) -> None:
    marta, ivan = await desk.admin("Marta Solís"), desk.stranger("Iván Paz")
    await ivan.says("/start")
    ivan.reads_all()
    card = marta.sees("Pide acceso")
    await marta.says("/usuarios")
    page = marta.sees("Agentes")
    await page.presses("Pendientes")
    await page.presses("Iván Paz")
    await page.presses("Rechazar")
    page.says("¿Negarle el acceso a Iván Paz")
    await page.presses("Sí, sin acceso")
    ivan.sees("no fue aceptada")
    card.says("no entra. Lo decidió Marta Solís").offers()


async def test_p7_a_button_for_what_somebody_no_longer_is_changes_nothing(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ana = await desk.agent("Ana Mora")
    await marta.says("/usuarios @ana")
    await raul.says("/usuarios @ana")
    page, other = marta.sees("Ana Mora"), raul.sees("Ana Mora")
    await page.presses("Quitar acceso")
    await page.presses("Sí, sin acceso")
    ana.reads_all()
    await other.presses("→ Supervisor")
    raul.sees("acceso")
    other.says("Sin acceso")
    ana.sees_nothing()


async def test_nobody_changes_their_own_role(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    await marta.says("/usuarios @marta")
    page = marta.sees("Marta Solís")
    await page.presses("→ Agente")
    assert marta.unread
    marta.reads_all()
    page.says("Rol: administrador")


async def test_p11_a_long_list_is_leafed_through(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    for number in range(1, 20):
        await desk.agent(f"Agente {number:02}")
    await marta.says("/usuarios")
    page = marta.sees("Agentes")
    names = [label for label in page.buttons if "👤" in label]
    while "Más »" in page.buttons:
        await page.presses("Más »")
        names += [label for label in page.buttons if "👤" in label]
    assert names == [f"👤 Agente {number:02}" for number in range(1, 20)]
    await page.presses("« Inicio")
    assert page.buttons[0] == "👤 Agente 01"


@pytest.mark.parametrize("words", ["@nadie", "x" * 4_000, "<b>", "مرحبا 🚓", "@"])
async def test_an_unknown_name_gets_one_sentence(desk: StoryDesk, words: str) -> None:
    marta = await desk.admin("Marta Solís")
    await marta.says(f"/usuarios {words}")
    marta.sees("No conozco a", "/usuarios")


async def test_p9_people_are_shown_to_administrators_alone_and_in_private(desk: StoryDesk) -> None:
    marta, sara = await desk.admin("Marta Solís"), await desk.supervisor("Sara Luna")
    await sara.says("/usuarios")
    sara.sees("administrador").lacks("Marta")
    _, (here, _) = desk.group("Guardia", marta, sara)
    await here.says("/usuarios@gad_bot")
    here.sees("Te respondí en privado").lacks("Agentes")
    marta.sees("Agentes")


MADE_UP = """persona persona:x persona:999999 rol:2:7:active rol:2:1:nada rol:2 baja:2 baja:x:active
admitir:99999:1 rechazar:99999 gente gente:nadie gente:agentes:x admitir:2:9 admitir rechazar:x""".split()


@pytest.mark.parametrize("data", [*MADE_UP, "persona:" + "9" * 40])
async def test_a_made_up_button_changes_nothing_and_says_so(desk: StoryDesk, data: str) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    await marta.says("/usuarios")
    page = marta.sees("Agentes")
    before = page.text
    press = desk.telegram.make_up_press(marta.user, page.message, data)
    await desk.settle()
    assert press.answered is not None
    assert press.answered.text
    assert press.answered.alert
    marta.sees_nothing()
    assert page.text == before
    await desk.advance(60)
    ana.sees_nothing()
