"""The page in a real browser: people write, press and drag; a bot answers through the Bot API."""

import re

import pytest
from playwright.async_api import expect
from yarl import URL

from emulator import serve
from tests.page.conftest import Town, Window
from tests.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

narrow = pytest.mark.parametrize("window", [360], indirect=True)


async def test_what_a_person_writes_reaches_the_bot_and_its_answer_is_shown_formatted(town: Town, juan: Phone) -> None:
    await juan.says("hola 👋")
    assert (await town.bot.hears())["text"] == "hola 👋"
    html = "😀 <b>uno</b> <i>dos <u>tres</u></i> <code>T-000123</code> <a href='https://example.org/'>enlace</a> <s>no</s>"
    await town.bot.sends(town.juan.id, f"{html}\n<blockquote>cita</blockquote>\n<pre>a  b</pre>fin &lt;b&gt;")
    bubble = await juan.sees("fin <b>")
    for tag, text in {"strong": "uno", "em": "dos tres", "u": "tres", "s": "no", "blockquote": "cita", "pre": "a  b"}.items():
        await expect(bubble.locator(f".text {tag}")).to_have_text(text)
    await expect(bubble.locator(".text > code")).to_have_text("T-000123")
    await expect(bubble.get_by_role("link", name="enlace")).to_have_attribute("href", "https://example.org/")


async def test_names_with_html_are_shown_as_typed(town: Town, juan: Phone) -> None:
    await juan.says("<img src=x onerror=alert(1)>")
    bubble = await juan.sees("<img src=x onerror=alert(1)>")
    await expect(bubble.locator("img")).to_have_count(0)


async def test_a_spoiler_is_hidden_until_it_is_pressed(town: Town, juan: Phone) -> None:
    await town.bot.sends(town.juan.id, "clave: <tg-spoiler>7431</tg-spoiler>")
    bubble = await juan.sees("clave")
    await expect(bubble.get_by_text("7431")).to_be_hidden()
    await bubble.get_by_role("button", name="Texto oculto").click()
    await expect(bubble.get_by_text("7431")).to_be_visible()


async def test_an_edit_happens_in_place_and_says_so(town: Town, juan: Phone) -> None:
    sent = await town.bot.sends(town.juan.id, "Estado: <b>en curso</b>", ["Finalizar"])
    await juan.sees("en curso")
    count = await juan.log.get_by_role("article").count()
    await town.bot.call(
        "editMessageText", chat_id=town.juan.id, message_id=sent["message_id"], text="Estado: finalizada"
    )
    bubble = await juan.sees("finalizada")
    await expect(bubble).to_contain_text("editado")
    await expect(juan.button("Finalizar")).to_have_count(0)
    assert await juan.log.get_by_role("article").count() == count


async def test_a_person_edits_what_they_wrote(town: Town, juan: Phone) -> None:
    await juan.says("patruya")
    await town.bot.hears()
    await (await juan.sees("patruya")).click(button="right")
    await juan.element.get_by_role("menuitem", name="Editar").click()
    await expect(juan.composer).to_have_value("patruya")
    await juan.says("patrulla")
    assert (await town.bot.hears("edited_message"))["text"] == "patrulla"
    await juan.sees("patrulla")


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


async def test_a_location_button_opens_a_map_and_sends_the_place_that_is_clicked(town: Town, juan: Phone) -> None:
    keyboard = {
        "keyboard": [[{"text": "Enviar ubicación", "request_location": True}], [{"text": "Omitir"}]],
        "one_time_keyboard": True,
        "input_field_placeholder": "Calle y número",
    }
    await town.bot.sends(town.juan.id, "¿Dónde?", reply_markup=keyboard)
    await expect(juan.composer).to_have_attribute("placeholder", "Calle y número")
    await juan.button("Enviar ubicación").click()
    await juan.picks_on_the_map(east=0.25, south=-0.2)
    before = await juan.element.locator("output").inner_text()
    await juan.button("Enviar esta ubicación").click()
    place = (await town.bot.hears())["location"]
    assert before == f"{place['latitude']:.5f}, {place['longitude']:.5f}"
    await expect(juan.button("Omitir")).to_be_hidden()  # one time
    await expect(juan.log.locator(".place")).to_have_count(1)
    await juan.button("Mostrar teclado del bot").click()
    await juan.button("Omitir").click()
    assert (await town.bot.hears())["text"] == "Omitir"


async def test_a_live_place_is_dragged_and_every_move_is_told(town: Town, window: Window, juan: Phone) -> None:
    await juan.attaches("Ubicación en tiempo real")
    await juan.button("Enviar esta ubicación").click()
    start = (await town.bot.hears())["location"]
    assert start["live_period"] == 900
    pin = juan.element.locator(".pin.own")
    box = await pin.bounding_box()
    assert box is not None
    await window.page.mouse.move(box["x"] + 17, box["y"] + 17)
    await window.page.mouse.down()
    await window.page.mouse.move(box["x"] + 67, box["y"] + 17, steps=4)
    await window.page.mouse.up()
    moved = (await town.bot.hears("edited_message"))["location"]
    while moved["longitude"] - start["longitude"] < 0.0012:  # 50 pixels of a map 900 m wide
        moved = (await town.bot.hears("edited_message"))["location"]
    assert moved["latitude"] == pytest.approx(start["latitude"], abs=1e-4)
    await pin.press("ArrowUp")
    assert (await town.bot.hears("edited_message"))["location"]["latitude"] > moved["latitude"]
    await juan.button("Dejar de compartir").click()
    await expect(pin).to_have_count(0)


async def test_photo_document_and_voice_go_to_the_bot_and_are_shown(town: Town, juan: Phone) -> None:
    await juan.attaches("Foto")
    await juan.element.get_by_label("Añade un comentario…").fill("Puente cerrado")
    await juan.page.keyboard.press("Enter")
    photo = await town.bot.hears()
    assert photo["photo"]
    assert photo["caption"] == "Puente cerrado"
    picture = (await juan.sees("Puente cerrado")).locator("img")
    await expect(picture).to_have_js_property("complete", value=True)
    assert await picture.evaluate("(picture) => picture.naturalWidth") > 100
    await juan.attaches("Documento")
    await juan.element.get_by_role("dialog").get_by_role("button", name="Enviar").click()
    assert (await town.bot.hears())["document"]["file_name"] == "nota.txt"
    await juan.attaches("Nota de voz")
    assert (await town.bot.hears())["voice"]
    await expect(juan.button("Reproducir nota de voz")).to_be_visible()
    await expect(juan.log.locator(".voice-time")).to_have_text("0:03")


async def test_a_pinned_message_is_one_press_away(town: Town, juan: Phone) -> None:
    sent = await town.bot.sends(town.juan.id, "Tablero de hoy")
    for number in range(30):
        await town.bot.sends(town.juan.id, f"ruido {number}")
    await town.bot.call("pinChatMessage", chat_id=town.juan.id, message_id=sent["message_id"])
    await juan.sees("ruido 29")
    await juan.element.locator(".pinned").filter(has_text="Tablero de hoy").click()
    await expect(juan.bubble("Tablero de hoy")).to_be_in_viewport()
    await town.bot.call("unpinChatMessage", chat_id=town.juan.id)
    await expect(juan.element.locator(".pinned")).to_be_hidden()


async def test_an_answer_quotes_the_message_it_answers(town: Town, juan: Phone) -> None:
    sent = await town.bot.sends(town.juan.id, "¿Todo bien?")
    await (await juan.sees("¿Todo bien?")).click(button="right")
    await juan.element.get_by_role("menuitem", name="Responder").click()
    await juan.says("todo bien")
    heard = await town.bot.hears()
    assert heard["reply_to_message"]["message_id"] == sent["message_id"]
    await expect((await juan.sees("todo bien")).locator(".quote")).to_contain_text("¿Todo bien?")


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


async def test_what_comes_while_somebody_reads_above_is_counted_as_unread(town: Town, juan: Phone) -> None:
    for number in range(30):
        await town.bot.sends(town.juan.id, f"ruido {number}")
    await juan.sees("ruido 29")
    await juan.is_at_the_end()
    await juan.element.locator(".log").evaluate("(log) => log.scrollTo(0, 0)")
    await expect(juan.button("Ir al final")).to_be_visible()
    await town.bot.sends(town.juan.id, "una")
    await town.bot.sends(town.juan.id, "dos")
    await juan.has_unread(2)
    await juan.element.locator(".jump").click()
    await expect(juan.bubble("dos")).to_be_in_viewport()
    await juan.has_unread(0)


async def test_a_message_in_another_chat_comes_down_and_waits_as_unread(town: Town, ana: Phone) -> None:
    await town.bot.sends(town.group.id, "🚨 Emergencia")
    await expect(ana.element.locator(".notice")).to_contain_text("🚨 Emergencia")
    await ana.element.get_by_role("button", name="Volver a los chats").click()
    row = ana.element.locator(".chat-row", has_text="Alertas")
    await expect(row.locator(".badge")).to_have_text("1")
    await row.click()
    await expect(ana.element.get_by_role("separator")).to_have_text("Mensajes no leídos")
    await ana.sees("🚨 Emergencia")
    await town.bot.call("sendChatAction", chat_id=town.group.id, action="typing")
    await expect(ana.element.locator(".status")).to_have_text("escribiendo")


async def test_a_page_that_lost_the_server_says_so_and_comes_back(town: Town, window: Window, juan: Phone) -> None:
    await juan.sees("/start")
    telegram, port = town.server.telegram, URL(town.server.url).port or 0
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
