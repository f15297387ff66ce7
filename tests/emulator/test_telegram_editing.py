"""Editing in place, pins, and what the page's people edit."""

import pytest
import telegram as ptb
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest

from emulator import Impossible, Person, Telegram

VOY = InlineKeyboardMarkup([[InlineKeyboardButton("Voy", callback_data="voy")]])


async def test_an_edit_replaces_text_and_buttons(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_message(juan.id, "oferta", reply_markup=VOY)
    await sent.edit_text("tomada por <b>Ana</b>", parse_mode="HTML")
    shown = world.messages(juan)[-1]
    assert (shown.id, shown.text, shown.keyboard) == (sent.message_id, "tomada por Ana", [])
    assert shown.edit_date is not None


async def test_an_edit_that_changes_nothing_is_refused(api: ptb.Bot, juan: Person) -> None:
    sent = await api.send_message(juan.id, "<b>igual</b>", parse_mode="HTML", reply_markup=VOY)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("<strong>igual</strong>", parse_mode="HTML", reply_markup=VOY)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_reply_markup(VOY)
    await sent.edit_text("igual", reply_markup=VOY)


async def test_buttons_alone_can_change(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_message(juan.id, "x", reply_markup=VOY)
    await sent.edit_reply_markup(None)
    assert world.messages(juan)[-1].keyboard == []


async def test_an_empty_keyboard_is_none(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_message(juan.id, "x", reply_markup=InlineKeyboardMarkup([]))
    await sent.edit_text("y", reply_markup=VOY)
    assert [[button.text for button in row] for row in world.messages(juan)[-1].keyboard] == [["Voy"]]


async def test_only_own_messages_of_the_right_kind(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    theirs = world.say(juan, "hola")
    keyed = await api.send_message(juan.id, "x", reply_markup=ReplyKeyboardMarkup([["Sí", "No"]]))
    place = await api.send_location(juan.id, -2.1, -79.9)
    for message_id, refusal in (
        (999, "Message to edit not found"),
        (theirs.id, "can't be edited"),
        (keyed.message_id, "can't be edited"),
        (place.message_id, "no text in the message"),
    ):
        with pytest.raises(BadRequest, match=refusal):
            await api.edit_message_text("y", juan.id, message_id)
    with pytest.raises(BadRequest, match="no caption in the message"):
        await api.edit_message_caption(juan.id, place.message_id, caption="y")


async def test_a_caption_is_edited(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_document(juan.id, b"datos", caption="uno", filename="a.txt")
    await sent.edit_caption("<i>dos</i>", parse_mode="HTML")
    assert world.messages(juan)[-1].text == "dos"
    with pytest.raises(BadRequest, match="caption is too long"):
        await sent.edit_caption("x" * 1025)


async def test_people_correct_what_they_wrote(api: ptb.Bot, world: Telegram, juan: Person, ana: Person) -> None:
    said = world.say(juan, "/nueva patrulaje")
    world.edit(juan, said, "/nueva patrullaje")
    _, update = await api.get_updates()
    assert update.edited_message is not None
    assert update.edited_message.text == "/nueva patrullaje"
    assert update.edited_message.edit_date is not None
    with pytest.raises(Impossible):
        world.edit(ana, said, "otra cosa")
    with pytest.raises(Impossible):
        world.edit(juan, said, "/nueva patrullaje")


async def test_pins_lie_on_top_of_each_other(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    first, second = [await api.send_message(juan.id, text) for text in ("uno", "dos")]
    await first.pin()
    await second.pin()
    kept = {message.id: message for message in world.messages(juan)}
    assert kept[first.message_id].pinned
    assert [m.service for m in world.messages(juan)][-1] == "GAD fijó un mensaje"
    chat = await api.get_chat(juan.id)
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "dos"
    await api.unpin_chat_message(juan.id)
    assert not kept[second.message_id].pinned
    await api.unpin_all_chat_messages(juan.id)
    assert not kept[first.message_id].pinned
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await api.unpin_chat_message(juan.id)
