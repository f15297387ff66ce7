"""Deleting messages.

https://core.telegram.org/bots/api#deletemessage
"""

from msgspec import Struct

from emulator.chats import Group
from emulator.errors import bad_request
from emulator.messages import Message
from emulator.methods.registry import Call, ChatId, method

_DELETABLE_FOR = 48 * 3600


class DeleteMessage(Struct):
    chat_id: ChatId
    message_id: int


class DeleteMessages(Struct):
    chat_id: ChatId
    message_ids: list[int]


@method("deleteMessage")
def delete_message(call: Call, params: DeleteMessage) -> bool:
    """Delete a message for everybody.

    Raises:
        ApiError: 400 when the bot may not delete it.
    """
    message = call.message(params.chat_id, params.message_id, "to delete")
    if not _deletable(call, message):
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(message)
    return True


@method("deleteMessages")
def delete_messages(call: Call, params: DeleteMessages) -> bool:
    """Delete 1 to 100 messages; those that are not there, or can't be deleted, are passed over.

    Raises:
        ApiError: 400 for another number of them.
    """
    if not 1 <= len(params.message_ids) <= 100:
        raise bad_request("there must be 1 to 100 message identifiers")
    chat = call.chat(params.chat_id)
    for message_id in params.message_ids:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(call, message):
            call.world.remove(message)
    return True


def _deletable(call: Call, message: Message) -> bool:
    """A bot deletes for 48 hours: its own messages, and any in private chats; as an administrator, all always."""
    if isinstance(message.chat, Group) and message.chat.led_by(call.bot):
        return True
    young = call.world.now() - message.date <= _DELETABLE_FOR
    return young and (message.sender is call.bot or not isinstance(message.chat, Group))
