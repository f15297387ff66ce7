"""Pinned messages.

https://core.telegram.org/bots/api#pinchatmessage
"""

from msgspec import Struct

from emulator.chats import Group
from emulator.errors import bad_request
from emulator.messages import Chat
from emulator.methods.registry import Call, ChatId, method


class PinMessage(Struct):
    chat_id: ChatId
    message_id: int
    disable_notification: bool = False


class UnpinMessage(Struct):
    chat_id: ChatId
    message_id: int | None = None


class UnpinAll(Struct):
    chat_id: ChatId


@method("pinChatMessage")
def pin_chat_message(call: Call, params: PinMessage) -> bool:
    """Pin a message.

    Raises:
        ApiError: 400 for a service message, or without the right to pin.
    """
    _check_may_pin(call, call.chat(params.chat_id))
    message = call.message(params.chat_id, params.message_id, "to pin")
    if message.service is not None:
        raise bad_request("message can't be pinned")
    call.world.pin(message, call.bot, silent=params.disable_notification)
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call, params: UnpinMessage) -> bool:
    """Unpin the message named, or the one on top.

    Raises:
        ApiError: 400 when it is not pinned, or without the right to pin.
    """
    chat = call.chat(params.chat_id)
    _check_may_pin(call, chat)
    message_id = params.message_id or (chat.pinned[-1] if chat.pinned else None)
    message = chat.messages.get(message_id) if message_id else None
    if message is None or not message.pinned:
        raise bad_request("message to unpin not found")
    call.world.unpin(message)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call, params: UnpinAll) -> bool:
    chat = call.chat(params.chat_id)
    _check_may_pin(call, chat)
    for message_id in tuple(chat.pinned):
        if message_id in chat.messages:
            call.world.unpin(chat.messages[message_id])
    chat.pinned.clear()
    return True


def _check_may_pin(call: Call, chat: Chat) -> None:
    """In a basic group every member may; in a supergroup and a channel only an administrator."""
    if isinstance(chat, Group) and chat.kind != "group" and not chat.led_by(call.bot):
        raise bad_request("not enough rights to manage pinned messages in the chat")
