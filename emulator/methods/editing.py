"""Editing the bot's own messages in place.

https://core.telegram.org/bots/api#updating-messages
"""

from typing import Any

from msgspec import Struct

from emulator import keyboards, wire
from emulator.chats import Group
from emulator.errors import bad_request
from emulator.keyboards import Markup
from emulator.messages import Message
from emulator.methods.registry import Call, ChatId, method
from emulator.methods.sending import readable_caption, readable_text


class EditText(Struct, kw_only=True):
    chat_id: ChatId
    message_id: int
    text: str
    parse_mode: str | None = None
    entities: list[wire.Entity] | None = None
    link_preview_options: wire.LinkPreviewOptions | None = None
    reply_markup: Markup | None = None


class EditCaption(Struct, kw_only=True):
    chat_id: ChatId
    message_id: int
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[wire.Entity] | None = None
    reply_markup: Markup | None = None


class EditReplyMarkup(Struct, kw_only=True):
    chat_id: ChatId
    message_id: int
    reply_markup: Markup | None = None


@method("editMessageText")
def edit_message_text(call: Call, params: EditText) -> wire.Message:
    """Change the text of a message.

    Raises:
        ApiError: 400 when it has none, or nothing would change.
    """
    text, entities = readable_text(params.text, params.parse_mode, params.entities)
    message = editable(call, params.chat_id, params.message_id)
    if message.wire.text is None:
        raise bad_request("there is no text in the message to edit")
    return _edit(
        call,
        message,
        text=text,
        entities=entities or None,
        link_preview_options=params.link_preview_options,
        reply_markup=keyboards.inline(params.reply_markup),
    )


@method("editMessageCaption")
def edit_message_caption(call: Call, params: EditCaption) -> wire.Message:
    """Change the caption of a message.

    Raises:
        ApiError: 400 when it can have none, or nothing would change.
    """
    caption = readable_caption(params.caption, params.parse_mode, params.caption_entities)
    message = editable(call, params.chat_id, params.message_id)
    if not (message.wire.photo or message.wire.video or message.wire.document or message.wire.voice):
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, message, reply_markup=keyboards.inline(params.reply_markup), **caption)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call, params: EditReplyMarkup) -> wire.Message:
    message = editable(call, params.chat_id, params.message_id)
    return _edit(call, message, edited=False, reply_markup=keyboards.inline(params.reply_markup))


def editable(call: Call, chat_id: ChatId, message_id: int) -> Message:
    """The bot's own message, if it can be edited: it exists, and has no reply keyboard.

    Raises:
        ApiError: 400 or 403.
    """
    message = call.message(chat_id, message_id, "to edit")
    own = message.sender is call.bot
    leads = isinstance(message.chat, Group) and message.chat.kind == "channel" and message.chat.led_by(call.bot)
    if not (own or leads) or message.markup is not None or message.service or message.wire.forward_origin:
        raise bad_request("message can't be edited")
    return message


def refuse_unchanged(message: Message, changes: dict[str, Any]) -> None:
    """Refuse an edit that changes nothing, as Telegram does.

    Raises:
        ApiError: 400 when every field has its value already.
    """
    if all(getattr(message.wire, name) == value for name, value in changes.items()):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )


def _edit(call: Call, message: Message, *, edited: bool = True, **changes: Any) -> wire.Message:
    refuse_unchanged(message, changes)
    call.world.flood.charge(call.bot.id, message.chat.id)
    call.world.change(message, edited=edited, **changes)
    return message.wire
