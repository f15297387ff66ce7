"""How somebody comes in: by a request that an administrator answers, by an invitation, or by the configuration."""

import re
from pathlib import Path

import pytest

from tests.story.desk import StoryDesk
from tests.story.phone import Phone


def menu(desk: StoryDesk, phone: Phone) -> set[str]:
    """The commands behind somebody's menu button."""
    return {line.command for line in desk.telegram.commands_for(desk.bot, phone.user)}


async def invitation(admin: Phone, role: str) -> str:
    """The text that an administrator passes on: ``/start`` and the token."""
    await admin.says(f"/invitar {role}")
    found = re.search(r"/start \S+", admin.sees("Invitación de un solo uso").text)
    assert found is not None
    return found[0]


async def test_a_request_is_answered_with_one_press(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ivan = desk.stranger("Iván Paz")

    await ivan.says("/start")
    ivan.sees("Envié tu solicitud")
    asked = raul.sees("Pide acceso", "Iván Paz · @iván")
    marta.sees("Pide acceso", "Iván Paz").offers("Agente", "Supervisor", "Administrador", "Rechazar")
    assert menu(desk, ivan) == {"start", "ayuda"}

    await marta.presses("Supervisor")
    ivan.sees("Iván Paz, estás dentro", "supervisor")
    for phone in (marta, raul):
        phone.has("Iván Paz", "entra con el rol de supervisor", "Lo decidió Marta Solís, 12:0").offers()
    assert "tareas" in menu(desk, ivan)
    assert "usuarios" not in menu(desk, ivan)
    assert asked.buttons == []
    raul.sees("🔑 Iván Paz", "ya entró con el rol de supervisor", "Lo decidió Marta Solís")


async def test_p7_a_second_answer_to_a_request_changes_nothing_and_says_why(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    ivan = desk.stranger("Iván Paz")
    await ivan.says("/start")
    ivan.reads_all()
    asked, also_asked = marta.sees("Pide acceso"), raul.sees("Pide acceso")
    agent, turn_down = asked.message.keyboard[0][0], also_asked.message.keyboard[2][0]

    await marta.does(lambda telegram: telegram.press_button(marta.user, asked.message, turn_down))
    ivan.sees("no fue aceptada")
    await raul.does(lambda telegram: telegram.press_button(raul.user, also_asked.message, agent))
    raul.sees("Nada cambió", "ya se le negó el acceso", "Lo decidió Marta Solís, 2 mar 12:0")
    await ivan.says("/nueva Algo")
    ivan.sees("No tienes acceso")


async def test_a_double_tap_on_a_request_admits_once(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan = desk.stranger("Iván Paz")
    await ivan.says("/start")
    ivan.reads_all()
    asked = marta.sees("Pide acceso")
    agent = asked.message.keyboard[0][0]
    await marta.does(lambda telegram: telegram.press_button(marta.user, asked.message, agent))
    await marta.does(lambda telegram: telegram.press_button(marta.user, asked.message, agent))
    ivan.sees("estás dentro")
    ivan.sees_nothing()
    marta.sees("Nada cambió: Iván Paz ya entró, con el rol de agente. Lo decidió Marta Solís, 2 mar 12:0")


async def test_a_request_that_waits_is_not_sent_again(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan = desk.stranger("Iván Paz")
    await ivan.says("/start")
    ivan.sees("Envié tu solicitud")
    await ivan.says("/start")
    ivan.sees("ya está con los administradores")
    marta.sees("Pide acceso")
    marta.sees_nothing()


async def test_whoever_is_in_reads_what_they_can_do(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    await ana.says("/start")
    ana.sees("estás dentro", "agente", "/emergencia")


async def test_p9_a_stranger_learns_nothing_but_how_to_ask_for_access(desk: StoryDesk) -> None:
    await desk.agent("Ana Mora")
    ivan = desk.stranger("Iván Paz")
    for text in ("hola", "/usuarios", "/estado", "/nueva Algo", "/ayuda", "/nosé", "/tarea 1"):
        await ivan.says(text)
        ivan.sees("solo entran personas registradas").lacks("Ana", "/nueva", "/usuarios")
    await ivan.is_at(-2.18, -79.89)
    ivan.sees("solo entran personas registradas")


async def test_an_invitation_opens_the_door_once(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan, eva = desk.stranger("Iván Paz"), desk.stranger("Eva Ríos")
    start = await invitation(marta, "supervisor")

    await ivan.says(start)
    ivan.sees("Iván Paz, estás dentro", "supervisor")
    ivan.sees("Tus datos en esta central")
    marta.sees("Iván Paz · @iván", "ya entró con el rol de supervisor")
    await eva.says(start)
    eva.sees("nvitación")
    await eva.says("/equipo")
    eva.sees("solo entran personas registradas")


async def test_an_invitation_ends(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan = desk.stranger("Iván Paz")
    start = await invitation(marta, "agente")
    await desk.advance(25 * 3600)
    await ivan.says(start)
    ivan.sees("nvitación")
    await ivan.says("/nueva Algo")
    ivan.sees("solo entran personas registradas")


async def test_an_invitation_answers_a_request_that_waits(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan = desk.stranger("Iván Paz")
    await ivan.says("/start")
    ivan.reads_all()
    asked = marta.sees("Pide acceso")
    await ivan.says(await invitation(marta, "agente"))
    ivan.sees("estás dentro")
    asked.says("Iván Paz", "ya entró con el rol de agente").offers()
    marta.sees("🔑 Iván Paz", "ya entró con el rol de agente", "invitación de Marta Solís")


async def test_invitar_says_which_roles_there_are(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    for words in ("", "jefe", "agente supervisor", "x" * 4_000):
        await marta.says(f"/invitar {words}".strip())
        marta.sees("¿Con qué rol entra?").offers("Agente", "Supervisor", "Administrador", "📋 Ver las abiertas")
    for words in ("AGENTE", "Supervisora", "administrator"):
        assert await invitation(marta, words)


async def test_p9_nobody_below_an_administrator_invites(desk: StoryDesk) -> None:
    sara = await desk.supervisor("Sara Luna")
    await sara.says("/invitar agente")
    sara.sees("administrador").lacks("https://")


async def test_in_a_group_access_is_asked_for_in_private(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan = desk.stranger("Iván Paz")
    _, (here, _) = desk.group("Guardia", ivan, marta)
    await here.says("/start@gad_bot")
    here.sees("escríbeme en privado", "https://t.me/gad_bot")
    marta.sees_nothing()


async def test_in_a_group_whoever_is_in_reads_what_they_can_do(desk: StoryDesk) -> None:
    ana, beto = await desk.agent("Ana Mora"), await desk.agent("Beto Salas")
    _, (here, _) = desk.group("Guardia", ana, beto)
    await here.says("/start@gad_bot")
    here.sees("Ana Mora, estás dentro")


async def test_an_invitation_is_never_shown_in_a_group(desk: StoryDesk) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    _, (here, _) = desk.group("Guardia", marta, ana)
    await here.says("/invitar@gad_bot administrador")
    here.sees("Te respondí en privado")
    marta.sees("Invitación de un solo uso", "administrador")


async def test_administrators_come_from_the_configuration(tmp_path: Path) -> None:
    admins: list[int] = []
    desk = StoryDesk(tmp_path, access={"admins": admins})
    marta = desk.stranger("Marta Solís")
    admins.append(marta.user.id)
    await desk.open()
    await marta.says("/start")
    marta.sees("Marta Solís, estás dentro", "administrador")
    marta.sees("Tus datos en esta central")
    assert "estado" in menu(desk, marta)
    await desk.end()


async def test_a_name_is_shown_as_it_was_typed(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    ivan = desk.stranger("<b>Iván</b> & مرحبا 🚓")
    await ivan.says("/start")
    ivan.reads_all()
    await marta.sees("<b>Iván</b> & ", "مرحبا", "🚓").presses("Agente")
    ivan.sees("<b>Iván</b> & ", "estás dentro")


@pytest.mark.parametrize("payload", ["ref_2026", "TOKEN", "a b c", "-"])
async def test_a_foreign_start_link_is_harmless_and_kind(desk: StoryDesk, payload: str) -> None:
    eva, ulf = await desk.agent("Eva Paz"), desk.stranger("Ulf Roca")
    await eva.says(f"/start {payload}")
    eva.sees("Eva Paz, estás dentro")
    await ulf.says(f"/start {payload}")
    ulf.sees("Esa invitación ya se usó o venció", "/start")
    await ulf.says("/start")
    ulf.sees("Envié tu solicitud")


async def test_the_link_that_let_me_in_says_so_when_i_press_it_again(desk: StoryDesk) -> None:
    marta, ida = await desk.admin("Marta Solís"), desk.stranger("Ida Luz")
    link = await invitation(marta, "agente")
    await ida.says(link)
    ida.sees("Ida Luz, estás dentro")
    ida.sees("Tus datos en esta central")
    await ida.says(link)
    ida.sees("Ida Luz, estás dentro")
    marta.reads_all()
