"""Renders a message for Telegram: a destination and a content become a method of the Bot API and its parameters."""

from typing import Any, assert_never

from telegram.constants import ParseMode

from core.desk.ports import OutgoingMessage
from core.vocabulary.contents import (
    Button,
    ButtonsOff,
    Departure,
    Evidence,
    Menu,
    Pin,
    Redrawing,
    Removal,
    Screen,
    TextFile,
)
from core.vocabulary.destinations import RoomDestination
from storage.queues.addressed_call import BRIEF, GENERAL, PROTECTED, THREAD, AddressedCall, address_of


def render(message: OutgoingMessage) -> AddressedCall:
    """The call that says it.

    A conversation is a chat and a topic (https://core.telegram.org/bots/api#chat): the chat is the address, the topic a
    parameter, unless it is General, which a call must not name. What is said where others read along can be neither
    forwarded nor saved there, whatever it is: places and people are in most of it.
    """
    chat = address_of(message.to)
    method, parameters = _call(message, chat)
    conversation = message.to.conversation
    if isinstance(message.to, RoomDestination) and method.startswith("send"):
        parameters[PROTECTED] = True
    if conversation not in (None, GENERAL) and method.startswith("send"):
        parameters[THREAD] = conversation
    return AddressedCall(
        chat=chat,
        lane=message.lane,
        method=method,
        payload=parameters,
        card=message.card,
        notify=message.notify and method.startswith("send"),
        superseded=message.superseded,
        not_before=message.not_before,
        topic=conversation,
        turn=message.turn,
    )


def _call(message: OutgoingMessage, chat: int) -> tuple[str, dict[str, Any]]:
    """The method and its parameters, as in https://core.telegram.org/bots/api#available-methods."""
    content = message.content
    match content:
        case Screen():
            return "sendMessage", _new_message(content, chat, heard=message.notify)
        case Redrawing():
            return "editMessageText", _body(content.screen, chat) | {"message_id": content.message}
        case Pin():
            place = content.place
            return "sendLocation", {"chat_id": chat, "latitude": place.lat, "longitude": place.lon}
        case Evidence():
            return f"send{content.media.title().replace('_', '')}", _evidence(content, chat, heard=message.notify)
        case TextFile():
            return "sendDocument", _text_file(content, chat)
        case Menu():
            commands = [{"command": name, "description": line} for name, line in content.commands]
            return "setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": chat}}
        case Removal():
            return "deleteMessage", {"chat_id": chat, "message_id": content.message}
        case ButtonsOff():
            # https://core.telegram.org/bots/api#editmessagereplymarkup without a keyboard takes it away.
            return "editMessageReplyMarkup", {"chat_id": chat, "message_id": content.message}
        case Departure():
            return "leaveChat", {"chat_id": chat}
        case _:
            assert_never(content)


def _new_message(screen: Screen, chat: int, *, heard: bool) -> dict[str, Any]:
    parameters = _body(screen, chat)
    if screen.keys:
        parameters["reply_markup"] = _reply_keyboard(screen)
    elif screen.drop_keys:
        parameters["reply_markup"] = {"remove_keyboard": True}
    if screen.reply_to is not None:
        parameters |= _answering(screen.reply_to)
    if not heard:
        parameters["disable_notification"] = True
    if screen.brief:
        parameters[BRIEF] = screen.brief
    return parameters


def _evidence(content: Evidence, chat: int, *, heard: bool) -> dict[str, Any]:
    """A round video takes no caption (https://core.telegram.org/bots/api#sendvideonote)."""
    parameters: dict[str, Any] = {"chat_id": chat, content.media: content.attachment}
    if content.caption:
        parameters |= {"caption": content.caption, "parse_mode": ParseMode.HTML.value}
    if content.buttons:
        parameters["reply_markup"] = _inline_keyboard(content.buttons)
    if not heard:
        parameters["disable_notification"] = True
    return parameters


def _text_file(content: TextFile, chat: int) -> dict[str, Any]:
    """``document`` is a `bot.transport.api_call.Upload` until it leaves."""
    document = {"file_name": content.name, "text": content.text}
    parameters: dict[str, Any] = {"chat_id": chat, "document": document, "caption": content.caption}
    if content.reply_to is not None:
        parameters |= _answering(content.reply_to)
    return parameters


def _answering(message: int) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#replyparameters; a message that is gone stops nothing."""
    return {"reply_parameters": {"message_id": message, "allow_sending_without_reply": True}}


def _body(screen: Screen, chat: int) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "chat_id": chat,
        "text": screen.text,
        "parse_mode": ParseMode.HTML.value,
        "link_preview_options": {"is_disabled": True},
    }
    if screen.buttons:
        parameters["reply_markup"] = _inline_keyboard(screen.buttons)
    return parameters


def _inline_keyboard(rows: tuple[tuple[Button, ...], ...]) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _button(button: Button) -> dict[str, str]:
    return {"text": button.text} | ({"url": button.link} if button.link else {"callback_data": button.data})


def _reply_keyboard(screen: Screen) -> dict[str, Any]:
    rows = [
        [{"text": key.text} | ({"request_location": True} if key.location else {}) for key in row]
        for row in screen.keys
    ]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
