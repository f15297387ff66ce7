"""Sending: what all new messages share, and sendMessage, sendContact, sendChatAction.

https://core.telegram.org/bots/api#sendmessage
"""

from typing import Any

from msgspec import Struct
from telegram.constants import ChatAction, MessageLimit

from emulator import events, keyboards, wire
from emulator.chats import Group
from emulator.errors import bad_request
from emulator.keyboards import Markup
from emulator.markup import read
from emulator.messages import Chat, Message, shown
from emulator.methods.registry import Call, ChatId, method
from emulator.utf16 import units

_SHOWS_NOTHING = " \t\n\u00ad\u200b\u200c\u200d\u2060\u2800\u3164\ufeff"
_ACTIONS = frozenset(action.value for action in ChatAction)
_TEXT_MOST, _CAPTION_MOST = int(MessageLimit.MAX_TEXT_LENGTH), int(MessageLimit.CAPTION_LENGTH)


class ReplyParameters(Struct):
    message_id: int
    chat_id: ChatId | None = None
    allow_sending_without_reply: bool = False


class Sending(Struct, kw_only=True):
    """Parameters of every method that makes a message."""

    chat_id: ChatId
    message_thread_id: int | None = None
    disable_notification: bool = False
    protect_content: bool = False
    reply_parameters: ReplyParameters | None = None
    reply_to_message_id: int | None = None
    allow_sending_without_reply: bool = False
    reply_markup: Markup | None = None


class SendMessage(Sending, kw_only=True):
    text: str
    parse_mode: str | None = None
    entities: list[wire.Entity] | None = None
    link_preview_options: wire.LinkPreviewOptions | None = None


class SendContact(Sending, kw_only=True):
    phone_number: str
    first_name: str
    last_name: str | None = None


class SendChatAction(Struct):
    chat_id: ChatId
    action: str


@method("sendMessage")
def send_message(call: Call, params: SendMessage) -> wire.Message:
    text, entities = readable_text(params.text, params.parse_mode, params.entities)
    preview = params.link_preview_options
    return send(call, params, text=text, entities=entities or None, link_preview_options=preview).wire


@method("sendContact")
def send_contact(call: Call, params: SendContact) -> wire.Message:
    """Send a contact.

    Raises:
        ApiError: 400 without a number or a first name.
    """
    if not params.phone_number or not params.first_name:
        raise bad_request("phone number and first name must be non-empty")
    contact = wire.Contact(params.phone_number, params.first_name, params.last_name)
    return send(call, params, contact=contact).wire


@method("sendChatAction")
def send_chat_action(call: Call, params: SendChatAction) -> bool:
    """Show that the bot is typing, uploading, ...

    Raises:
        ApiError: 400 for an unknown action.
    """
    chat = call.chat(params.chat_id)
    if params.action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.emit(events.ChatActed(chat, params.action))
    return True


def send(call: Call, params: Sending, **content: Any) -> Message:
    """Put the bot's new message into its chat, after every check; nothing counts against the limits if one fails.

    Raises:
        ApiError: 400, 403 or 429.
    """
    return send_all(call, params, [content])[0]


def send_all(call: Call, params: Sending, contents: list[dict[str, Any]]) -> list[Message]:
    """Like `send`, for several messages that go together or not at all.

    Raises:
        ApiError: 400 when the bot may not post in the channel, or may not write in the group.
    """
    chat = call.chat(params.chat_id)
    if isinstance(chat, Group) and chat.kind == "channel" and not chat.led_by(call.bot):
        raise bad_request("need administrator rights in the channel chat")
    if isinstance(chat, Group) and call.bot.id in chat.muted:
        raise bad_request("not enough rights to send text messages to the chat")
    inline = keyboards.check(params.reply_markup)
    markup = params.reply_markup if params.reply_markup and params.reply_markup.on_phone else None
    answered = _answered(chat, params) if params.reply_parameters or params.reply_to_message_id else None
    topic = _topic(chat, params.message_thread_id, answered)
    call.world.flood.charge(call.bot.id, chat.id, len(contents))
    return [
        call.world.post(
            chat,
            call.bot,
            markup=markup,
            silent=params.disable_notification,
            sender_chat=chat.wire if chat.kind == "channel" else None,
            reply_to_message=answered,
            reply_markup=inline,
            has_protected_content=params.protect_content or None,
            message_thread_id=topic,
            is_topic_message=topic is not None or None,
            **content,
        )
        for content in contents
    ]


def _topic(chat: Chat, thread: int | None, answered: wire.Message | None) -> int | None:
    """The topic that a new message stands in; None: General, or no forum.

    A bot is taken for one without the right to manage topics, who may not write in a closed one.

    Raises:
        ApiError: 400 when the chat has no such topic, or it is closed.
    """
    topics = chat.topics if isinstance(chat, Group) else {}
    if thread is None and answered is not None and answered.is_topic_message:
        thread = answered.message_thread_id
    topic = topics.get(thread)
    if topic is None and (thread is not None or topics):
        raise bad_request("message thread not found")
    if topic is not None and topic.closed:
        raise bad_request("TOPIC_CLOSED")
    return thread


def readable_text(text: str, parse_mode: str | None, given: list[wire.Entity] | None) -> tuple[str, list[wire.Entity]]:
    """A message's text, parsed, with its 1 to 4,096 UTF-16 units left.

    Telegram's page counts "characters after entities parsing"; UTF-16 units are the strictest reading.

    Raises:
        ApiError: 400 when none or more are left.
    """
    text, entities = read(text, parse_mode, given)
    if not text:
        raise bad_request("message text is empty")
    if not text.strip(_SHOWS_NOTHING):
        raise bad_request("text must be non-empty")
    if units(text) > _TEXT_MOST:
        raise bad_request("message is too long")
    return text, entities


def readable_caption(caption: str | None, parse_mode: str | None, given: list[wire.Entity] | None) -> dict[str, Any]:
    """The two caption fields of a message; at most 1,024 UTF-16 units.

    Raises:
        ApiError: 400 when it is longer.
    """
    text, entities = read(caption or "", parse_mode, given)
    if units(text) > _CAPTION_MOST:
        raise bad_request("message caption is too long")
    return {"caption": text or None, "caption_entities": entities or None}


def _answered(chat: Chat, params: Sending) -> wire.Message | None:
    reply = params.reply_parameters or ReplyParameters(
        params.reply_to_message_id or 0, None, params.allow_sending_without_reply
    )
    answered = chat.messages.get(reply.message_id)
    if answered is not None:
        return shown(answered.wire)
    if not reply.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    return None
