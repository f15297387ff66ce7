"""The page as a window: narrow, by keyboard alone, without its server, and with nothing from elsewhere."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from emulator import serve
from tests.emulator.page.conftest import Town, Window
from tests.emulator.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

narrow = pytest.mark.parametrize("window", [360], indirect=True)


async def test_a_page_that_lost_the_server_says_so_and_comes_back(town: Town, window: Window, juan: Phone) -> None:
    await juan.sees("/start")
    telegram, port = town.server.telegram, urlsplit(town.server.url).port or 0
    await town.server.stop()
    await expect(window.page.get_by_role("alert")).to_be_visible()
    await expect(juan.element.locator(".status")).to_have_text("conectando…")
    await juan.says("sigo aquí")
    await expect(juan.toast).to_contain_text("Sin conexión")
    town.server = await serve(telegram, port=port)
    await expect(window.page.get_by_role("alert")).to_be_hidden()
    await juan.composer.press("Enter")
    assert (await town.bot.hears())["text"] == "sigo aquí"
    window.forgive("ERR_CONNECTION_REFUSED")


@narrow
async def test_a_narrow_window_shows_one_phone_and_tabs(town: Town, window: Window, juan: Phone, ana: Phone) -> None:
    await expect(juan.element).to_be_visible()
    await expect(ana.element).to_be_hidden()
    await town.bot.sends(town.ana.id, "para Ana")
    tab = window.page.get_by_role("tab", name="Ana")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(juan.element).to_be_hidden()
    await ana.sees("para Ana")
    await expect(tab.locator(".badge")).to_have_text("")
    assert await window.page.evaluate("document.documentElement.scrollWidth") == 360


async def test_everything_can_be_done_with_the_keyboard_alone(town: Town, window: Window, juan: Phone) -> None:
    await town.bot.sends(town.juan.id, "¿Vas?", ["Voy", "No puedo"])
    await juan.sees("¿Vas?")
    keys = window.page.keyboard
    await juan.composer.focus()
    await keys.type("ya voy")
    await keys.press("Enter")
    assert (await town.bot.hears())["text"] == "ya voy"
    await juan.sees("ya voy")
    await keys.press("Shift+Tab")  # to the newest message
    await keys.press("ArrowUp")
    await keys.press("Tab")
    await expect(juan.button("Voy")).to_be_focused()
    await keys.press("ArrowRight")
    await keys.press("Enter")
    query = await town.bot.hears("callback_query")
    assert query["data"] == "no puedo"
    await town.bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await juan.button("Adjuntar").focus()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(juan.element.get_by_role("application")).to_be_focused()
    await keys.press("Shift+ArrowRight")
    await keys.press("Enter")
    assert (await town.bot.hears())["location"]
    await juan.button("Opciones del chat").focus()
    await keys.press("Enter")
    await keys.press("Escape")
    await expect(juan.element.get_by_role("menu")).to_have_count(0)
    await expect(juan.button("Opciones del chat")).to_be_focused()


@pytest.mark.parametrize("window", [1280, 1360, 1100, 760], indirect=True)
async def test_no_phone_is_cut_however_many_there_are(town: Town, window: Window, juan: Phone) -> None:
    telegram = town.server.telegram
    telegram.add_person("Beto Salas")
    telegram.add_person("Rosa Vera")
    await expect(window.page.locator(".phone")).to_have_count(4)
    await window.page.locator(".jumps button").nth(3).wait_for(state="attached")
    edges = await window.page.evaluate(
        "[...document.querySelectorAll('.phone')].map((phone) => phone.getBoundingClientRect().right)"
    )
    width = await window.page.evaluate("innerWidth")
    assert max(edges) <= width
    scroller = window.page.locator(".phones")
    assert await scroller.evaluate("(row) => row.scrollWidth <= row.clientWidth")
    if width >= 1280:
        assert await scroller.evaluate("(row) => row.scrollHeight <= row.clientHeight"), "all four in one row"


async def test_few_tabs_lead_to_every_composer(town: Town, window: Window, juan: Phone, ana: Phone) -> None:
    """However many messages, commands and buttons there are: one stop for each kind, and a way past them all."""
    for number in range(6):
        await town.bot.sends(town.juan.id, f"{number}: /uno /dos /tres /cuatro", ["Voy", "No puedo", "Nota"])
    await juan.sees("5: /uno")
    keys = window.page.keyboard
    stops = 0
    while not await juan.composer.evaluate("(field) => field === document.activeElement"):
        await keys.press("Tab")
        stops += 1
        assert stops <= 8
    await window.page.reload()
    await juan.sees("5: /uno")
    await keys.press("Tab")
    await expect(window.page.get_by_role("navigation").get_by_role("button", name="Juan")).to_be_focused()
    await keys.press("ArrowRight")
    await keys.press("Enter")
    await expect(ana.composer).to_be_focused()


async def test_arrows_go_among_the_commands_and_the_buttons_of_a_message(
    town: Town, window: Window, juan: Phone
) -> None:
    await town.bot.sends(town.juan.id, "Prueba /uno o /dos", ["Voy", "No puedo"])
    message = await juan.sees("Prueba")
    keys = window.page.keyboard
    await message.focus()
    await keys.press("Tab")
    await keys.press("ArrowRight")
    await keys.press("Enter")
    assert (await town.bot.hears())["text"] == "/dos"
    await message.focus()
    await keys.press("Tab")
    await keys.press("Tab")
    await expect(juan.button("Voy")).to_be_focused()


async def test_every_control_has_a_name_and_nothing_comes_from_elsewhere(
    town: Town, window: Window, juan: Phone
) -> None:
    await town.bot.sends(town.juan.id, "¿Vas?", ["Voy", "No puedo"])
    await juan.attaches("Ubicación")
    nameless = await window.page.evaluate(
        """[...document.querySelectorAll("button, a, input, textarea, [role=button]")]
        .filter((control) => !control.hidden && !control.getAttribute("aria-label") && !control.innerText.trim())
        .map((control) => control.outerHTML)"""
    )
    assert nameless == []
    assert {urlsplit(asked).hostname for asked in window.asked} == {urlsplit(town.server.url).hostname}


async def test_digits_and_spaces_are_no_pictures_where_none_of_the_named_fonts_is(window: Window, juan: Phone) -> None:
    """A font of pictures has digits and spaces too, as wide as a picture: the one before it must have them all."""
    wide = """(body) => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = `100px ${getComputedStyle(body).fontFamily}`;
        return ["0", "7", " "].map((sign) => pen.measureText(sign).width);
    }"""
    await juan.sees("/start")
    assert all(width < 75 for width in await window.page.locator("body").evaluate(wide))
