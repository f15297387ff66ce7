"""Groups on the page: whoever tries the desk makes one, and the bot is in it."""

import pytest
from playwright.async_api import expect

from tests.emulator.page.conftest import Town, Window
from tests.emulator.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_newcomer_makes_a_group_with_the_bot_in_it(town: Town, window: Window, juan: Phone, ana: Phone) -> None:
    await juan.button("Opciones del chat").click()
    await juan.element.get_by_role("menuitem", name="Nuevo grupo").click()
    sheet = juan.element.get_by_role("dialog", name="Nuevo grupo")
    await expect(sheet.get_by_role("button", name="Crear grupo")).to_be_disabled()
    await expect(sheet.get_by_role("checkbox", name="Ana Mora")).to_be_checked()
    await sheet.get_by_label("Nombre del grupo").fill("Unidad Norte")
    await sheet.get_by_role("button", name="Crear grupo").click()

    came = await town.bot.hears("my_chat_member")
    assert (came["chat"]["title"], came["new_chat_member"]["status"]) == ("Unidad Norte", "member")
    await expect(juan.element.get_by_role("heading", name="Unidad Norte")).to_be_visible()
    await expect(juan.element.locator(".status")).to_have_text("3 miembros")
    await juan.says("/vincular@gad_bot")
    asked = await town.bot.hears()
    assert (asked["text"], asked["chat"]["id"]) == ("/vincular@gad_bot", came["chat"]["id"])
    await ana.button("Volver a los chats").click()
    # A notice of the new message may stand above the list, and is a button with the same name.
    await ana.element.locator(".chat-row").filter(has_text="Unidad Norte").click()
    await ana.sees("/vincular@gad_bot")


async def test_who_is_left_out_of_a_group_does_not_see_it(town: Town, window: Window, ana: Phone, juan: Phone) -> None:
    await ana.button("Volver a los chats").click()
    await ana.button("Nuevo grupo").click()
    sheet = ana.element.get_by_role("dialog", name="Nuevo grupo")
    await sheet.get_by_role("checkbox", name="Juan Pérez").uncheck()
    await sheet.get_by_label("Nombre del grupo").fill("Solo Ana")
    await window.page.keyboard.press("Enter")
    await expect(ana.element.locator(".status")).to_have_text("2 miembros")
    await expect(juan.button("Volver a los chats")).to_be_hidden()
