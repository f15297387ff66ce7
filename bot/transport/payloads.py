"""Turns a screen into a letter: a method of the Bot API and its parameters."""

from typing import Any

from telegram.constants import ParseMode

from bot.ui.screen import Screen
from core.desk.ports import OutgoingMessage
from core.vocabulary.places import Place
from core.vocabulary.words import Lane


def message(
    screen: Screen, *, chat: int, lane: Lane, card: str | None = None, ring: bool = True, reply_to: int | None = None
) -> OutgoingMessage:
    """A new message; or, as a ``card`` without ``ring``, the new state of one that is there.

    Parameters as in https://core.telegram.org/bots/api#sendmessage.
    """
    payload = _body(screen, chat)
    if screen.keys:
        payload["reply_markup"] = _reply_keyboard(screen)
    elif screen.drop_keys:
        payload["reply_markup"] = {"remove_keyboard": True}
    if reply_to is not None:
        payload["reply_parameters"] = _reply(reply_to)
    if not ring:
        payload["disable_notification"] = True
    return OutgoingMessage(chat=chat, lane=lane, method="sendMessage", payload=payload, card=card, ring=ring)


def redrawing(screen: Screen, *, chat: int, message_id: int, lane: Lane) -> OutgoingMessage:
    """New text and buttons for a message that is there (https://core.telegram.org/bots/api#editmessagetext)."""
    payload = _body(screen, chat) | {"message_id": message_id}
    return OutgoingMessage(chat=chat, lane=lane, method="editMessageText", payload=payload)


def pin(place: Place, *, chat: int, lane: Lane, card: str) -> OutgoingMessage:
    """A pin on the map (https://core.telegram.org/bots/api#sendlocation)."""
    payload = {"chat_id": chat, "latitude": place.lat, "longitude": place.lon}
    return OutgoingMessage(chat=chat, lane=lane, method="sendLocation", payload=payload, card=card, ring=True)


def removal(message_id: int, *, chat: int, lane: Lane) -> OutgoingMessage:
    """Takes a message out of the chat (https://core.telegram.org/bots/api#deletemessage)."""
    return OutgoingMessage(
        chat=chat, lane=lane, method="deleteMessage", payload={"chat_id": chat, "message_id": message_id}
    )


def media(kind: str, file_id: str, caption: str, *, chat: int, lane: Lane) -> OutgoingMessage:
    """Evidence that somebody sent: ``kind`` is photo, video, voice or document."""
    payload = {"chat_id": chat, kind: file_id, "caption": caption, "parse_mode": ParseMode.HTML.value}
    return OutgoingMessage(chat=chat, lane=lane, method=f"send{kind.capitalize()}", payload=payload)


def text_file(
    file_name: str, text: str, caption: str, *, chat: int, lane: Lane, reply_to: int | None = None
) -> OutgoingMessage:
    """A text as a file. ``document`` is a `bot.transport.api_call.Upload` until it leaves."""
    payload: dict[str, Any] = {"chat_id": chat, "document": {"file_name": file_name, "text": text}, "caption": caption}
    if reply_to is not None:
        payload["reply_parameters"] = _reply(reply_to)
    return OutgoingMessage(chat=chat, lane=lane, method="sendDocument", payload=payload)


def _reply(message_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "allow_sending_without_reply": True}


def _body(screen: Screen, chat: int) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "chat_id": chat,
        "text": screen.text,
        "parse_mode": ParseMode.HTML.value,
        "link_preview_options": {"is_disabled": True},
    }
    if screen.buttons:
        rows = [[{"text": b.text, "callback_data": b.data} for b in row] for row in screen.buttons]
        payload["reply_markup"] = {"inline_keyboard": rows}
    return payload


def _reply_keyboard(screen: Screen) -> dict[str, Any]:
    rows = [
        [{"text": key.text} | ({"request_location": True} if key.location else {}) for key in row]
        for row in screen.keys
    ]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
