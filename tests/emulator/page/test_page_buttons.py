"""Buttons on the page: inline keyboards, keyboards under the composer, commands, and starting a bot."""

import re

import pytest
from playwright.async_api import expect

from tests.emulator.page.conftest import Town, Window
from tests.emulator.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_pressed_button_waits_until_the_bot_answers_and_the_answer_is_a_toast(town: Town, juan: Phone) -> None:
    await town.bot.sends(town.juan.id, "¿Vas?", ["Voy", "No puedo"])
    await juan.button("Voy").click()
    query = await town.bot.hears("callback_query")
    assert query["data"] == "voy"
    await expect(juan.button("Voy")).to_have_attribute("aria-busy", "true")
    await town.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Anotado, buen viaje")
    await expect(juan.toast).to_contain_text("Anotado, buen viaje")
    await expect(juan.button("Voy")).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_confirmed(town: Town, juan: Phone) -> None:
    await town.bot.sends(town.juan.id, "¿Vas?", ["Voy"])
    await juan.button("Voy").click()
    query = await town.bot.hears("callback_query")
    await town.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Ya lo tomó Ana", show_alert=True)
    alert = juan.element.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Ya lo tomó Ana")
    await juan.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_the_command_menu_filters_what_is_typed(town: Town, juan: Phone) -> None:
    commands = [("nueva", "Crear una tarea"), ("nota", "Añadir una nota"), ("emergencia", "Pedir ayuda")]
    listed = [{"command": command, "description": words} for command, words in commands]
    await town.bot.call("setMyCommands", commands=listed, scope={"type": "chat", "chat_id": town.juan.id})
    await juan.button("Comandos").click()
    options = juan.element.get_by_role("option")
    await expect(options).to_have_count(3)
    await juan.composer.fill("/n")
    await expect(options).to_have_text([re.compile("/nueva"), re.compile("/nota")])
    await juan.composer.press("ArrowDown")
    await juan.composer.press("ArrowDown")
    await juan.composer.press("Tab")
    await expect(juan.composer).to_have_value("/nota ")
    await juan.says("/n")
    assert (await town.bot.hears())["text"] == "/n"
    hint = juan.page.locator(".hint")
    await expect(hint).to_contain_text("/emergencia en el teléfono de Juan")
    await hint.get_by_role("button").first.click()
    await expect(juan.composer).to_have_value("/emergencia")


async def test_a_contact_is_shared_only_after_a_yes(town: Town, juan: Phone) -> None:
    keyboard = {"keyboard": [[{"text": "Mi número", "request_contact": True}]]}
    await town.bot.sends(town.juan.id, "¿Tu número?", reply_markup=keyboard)
    await juan.button("Mi número").click()
    await expect(juan.element.get_by_role("dialog")).to_contain_text("¿Compartir tu número de teléfono con GAD?")
    await juan.button("Compartir").click()
    assert (await town.bot.hears())["contact"]["first_name"] == "Juan"
    await town.bot.sends(town.juan.id, "Gracias", reply_markup={"remove_keyboard": True})
    await expect(juan.button("Mi número")).to_have_count(0)


async def test_a_new_person_gets_a_phone_and_starts_the_bot(town: Town, window: Window) -> None:
    await window.page.get_by_role("button", name="Añadir persona").click()
    await window.page.get_by_placeholder("Nombre y apellido").fill("Luis Vera")
    await window.page.keyboard.press("Enter")
    luis = window.phone("Luis Vera")
    await luis.button("Iniciar").click()
    heard = await town.bot.hears()
    assert (heard["text"], heard["from"]["first_name"]) == ("/start", "Luis")
    await expect(luis.composer).to_be_visible()


async def test_an_invitation_link_starts_the_bot_on_the_same_phone(town: Town, juan: Phone) -> None:
    await town.bot.sends(town.juan.id, "Tu invitación: https://t.me/gad_bot?start=abc123")
    await (await juan.sees("Tu invitación")).get_by_role("link").click()
    assert (await town.bot.hears())["text"] == "/start abc123"


async def test_a_blocked_bot_is_told_so_until_it_is_unblocked(town: Town, juan: Phone) -> None:
    await juan.button("Opciones del chat").click()
    await juan.element.get_by_role("menuitem", name="Bloquear bot").click()
    await juan.button("Desbloquear y reiniciar").wait_for()
    with pytest.raises(AssertionError, match="blocked"):
        await town.bot.sends(town.juan.id, "¿Estás?")
    await juan.button("Desbloquear y reiniciar").click()
    assert (await town.bot.hears())["text"] == "/start"
    await town.bot.sends(town.juan.id, "Hola otra vez")
    await juan.sees("Hola otra vez")
