"""Buttons: their shapes, who presses them, and how long a press waits for its answer."""

import pytest
import telegram as ptb
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup, KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest

from emulator import Answer, Person, Server, Telegram
from tests.emulator.by_hand import Clock, refusal_of

OFFER = InlineKeyboardMarkup([[Button("Voy", callback_data="go:1"), Button("No puedo", callback_data="no:1")]])


async def test_a_press_reaches_the_bot_and_its_answer_the_person(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    await api.send_message(juan.id, "emergencia", reply_markup=OFFER)
    query = world.press(juan, world.messages(juan)[-1], "Voy")
    assert query.answered is None
    [update] = await api.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("go:1", juan.id)
    assert isinstance(update.callback_query.message, Message)
    await update.callback_query.answer("anotado", show_alert=True)
    assert query.answered == Answer("anotado", alert=True)


async def test_a_press_goes_stale(api: ptb.Bot, world: Telegram, clock: Clock, juan: Person) -> None:
    await api.send_message(juan.id, "x", reply_markup=OFFER)
    late, twice = [world.press(juan, world.messages(juan)[-1], data="no:1") for _ in range(2)]
    clock.advance(14)
    await api.answer_callback_query(twice.id)
    clock.advance(2)
    for query_id in (late.id, twice.id, "77"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await api.answer_callback_query(query_id)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await api.answer_callback_query(late.id, "x" * 201)


async def test_a_button_is_found_by_what_it_reads(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    rows = [
        [Button("✅ Voy ya", callback_data="1")],
        [Button("Voy", callback_data="2")],
        [Button("Ver", url="https://gad.ec")],
    ]
    await api.send_message(juan.id, "x", reply_markup=InlineKeyboardMarkup(rows))
    card = world.messages(juan)[-1]
    assert [world.press(juan, card, label).data for label in ("Voy", "✅", "ya")] == ["2", "1", "1"]
    with pytest.raises(LookupError, match="there are: ✅ Voy ya · Voy · Ver"):
        world.press(juan, card, "Cancelar")
    with pytest.raises(LookupError, match="tells the bot nothing"):
        world.press(juan, card, "Ver")


async def test_a_button_of_a_deleted_message_can_still_be_pressed(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    sent = await api.send_message(juan.id, "x", reply_markup=OFFER)
    card = world.messages(juan)[-1]
    await sent.delete()
    world.press(juan, card, "Voy")
    [update] = await api.get_updates()
    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, Message)
    assert update.callback_query.message.date.timestamp() == 0
    assert update.callback_query.message.text is None


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([[{"text": "x", "callback_data": "y" * 65}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": "ñ" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": " ", "callback_data": "y"}]], "text must be non-empty"),
        ([[{"text": "x"}]], "Text buttons are unallowed"),
        ([[{"text": "x", "callback_data": "y", "url": "https://gad.ec"}]], "exactly one action"),
        ([[{"text": "x", "url": "nada"}]], "Wrong HTTP URL"),
        ([[{"text": "x", "callback_data": str(n)} for n in range(9)]], "BUTTON_ROW_TOO_LONG"),
        ([[{"text": "x", "callback_data": str(n)}] for n in range(101)], "too long"),
    ],
)
async def test_wrong_inline_keyboards(
    server: Server, juan: Person, rows: list[list[dict[str, str]]], refusal: str
) -> None:
    message = {"chat_id": juan.id, "text": "x", "reply_markup": {"inline_keyboard": rows}}
    assert refusal in await refusal_of(server, "sendMessage", message)


async def test_64_bytes_of_data_are_taken(api: ptb.Bot, juan: Person) -> None:
    await api.send_message(juan.id, "x", reply_markup=InlineKeyboardMarkup([[Button("x", callback_data="ñ" * 32)]]))


async def test_keys_send_what_they_ask_for(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    keys: list[list[KeyboardButton | str]] = [
        [KeyboardButton("📍 Enviar ubicación", request_location=True), KeyboardButton("☎", request_contact=True)],
        ["Omitir"],
    ]
    await api.send_message(juan.id, "¿dónde?", reply_markup=ReplyKeyboardMarkup(keys, one_time_keyboard=True))
    assert [[key.text for key in row] for row in world.messages(juan)[-1].reply_keyboard] == [
        ["📍 Enviar ubicación", "☎"],
        ["Omitir"],
    ]
    with pytest.raises(LookupError, match="say which"):
        world.press_reply_key(juan, None, "📍")
    world.press_reply_key(juan, None, "📍", place=(-2.19, -79.88))
    world.press_reply_key(juan, None, "☎")
    world.press_reply_key(juan, None, "Omitir")
    sent = [update.to_dict()["message"] for update in await api.get_updates()]
    assert sent[0]["location"] == {"latitude": -2.19, "longitude": -79.88}
    assert sent[1]["contact"]["user_id"] == juan.id
    assert sent[2]["text"] == "Omitir"


async def test_a_keyboard_stays_until_it_is_removed(api: ptb.Bot, world: Telegram, juan: Person) -> None:
    await api.send_message(juan.id, "x", reply_markup=ReplyKeyboardMarkup([["Sí"]]))
    await api.send_message(juan.id, "y")
    world.press_reply_key(juan, None, "Sí")
    await api.send_message(juan.id, "z", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(LookupError, match="there are: none"):
        world.press_reply_key(juan, None, "Sí")


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": []},
        {"keyboard": [[{"text": ""}]]},
        {"keyboard": [[{"text": "x", "request_location": True, "request_contact": True}]]},
        {"keyboard": [["x"]], "input_field_placeholder": "x" * 65},
        {"keyboard": [["x"] * 13]},
    ],
)
async def test_wrong_reply_keyboards(server: Server, juan: Person, markup: dict[str, object]) -> None:
    assert await refusal_of(server, "sendMessage", {"chat_id": juan.id, "text": "x", "reply_markup": markup})
