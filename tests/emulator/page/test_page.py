"""Messages on the page: what a person writes reaches the bot, and what the bot says is shown as Telegram shows it."""

import pytest
from playwright.async_api import expect

from tests.emulator.page.conftest import Town
from tests.emulator.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_a_person_writes_reaches_the_bot_and_its_answer_is_shown_formatted(town: Town, juan: Phone) -> None:
    await juan.says("hola 👋")
    assert (await town.bot.hears())["text"] == "hola 👋"
    styles = "<b>uno</b> <i>dos <u>tres</u></i> <s>no</s> <code>T-000123</code>"
    await town.bot.sends(town.juan.id, f"😀 {styles}\n<blockquote>cita</blockquote>\n<pre>a  b</pre>fin &lt;b&gt;")
    bubble = await juan.sees("fin <b>")
    shown = {"strong": "uno", "em": "dos tres", "u": "tres", "s": "no", "blockquote": "cita", "pre": "a  b"}
    for tag, text in shown.items():
        await expect(bubble.locator(f".text {tag}")).to_have_text(text)
    await expect(bubble.locator(".text > code")).to_have_text("T-000123")


async def test_links_open_in_a_window_of_their_own(town: Town, juan: Phone) -> None:
    await town.bot.sends(town.juan.id, "<a href='https://example.org/'>manual</a> y example.org/otro")
    links = (await juan.sees("manual")).get_by_role("link")
    await expect(links.first).to_have_attribute("href", "https://example.org/")
    await expect(links.last).to_have_attribute("href", "https://example.org/otro")
    await expect(links.first).to_have_attribute("target", "_blank")


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


async def test_an_answer_quotes_the_message_it_answers(town: Town, juan: Phone) -> None:
    sent = await town.bot.sends(town.juan.id, "¿Todo bien?")
    await (await juan.sees("¿Todo bien?")).click(button="right")
    await juan.element.get_by_role("menuitem", name="Responder").click()
    await juan.says("todo bien")
    heard = await town.bot.hears()
    assert heard["reply_to_message"]["message_id"] == sent["message_id"]
    await expect((await juan.sees("todo bien")).locator(".quote")).to_contain_text("¿Todo bien?")


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
