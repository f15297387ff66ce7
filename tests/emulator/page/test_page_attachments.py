"""Attachments: places from the drawn map, live places, pictures, documents, voice notes."""

import pytest
from playwright.async_api import expect

from tests.emulator.page.conftest import Town, Window
from tests.emulator.page.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


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
    await pin.hover()
    box = await pin.bounding_box()
    assert box is not None
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


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        (
            "sendPoll",
            {"question": "¿Quién va?", "options": [{"text": "Yo"}, {"text": "Nadie"}]},
            ["¿Quién va?", "○ Nadie"],
        ),
        ("sendDice", {"emoji": "🎲"}, ["🎲", "Dado"]),
    ],
)
async def test_polls_and_dice_are_no_empty_bubbles(
    town: Town, juan: Phone, method: str, parameters: dict[str, object], words: list[str]
) -> None:
    await town.bot.call(method, chat_id=town.juan.id, **parameters)
    bubble = juan.log.locator(".bubble").last
    for each in words:
        await expect(bubble).to_contain_text(each)
