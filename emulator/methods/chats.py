"""Chats and their members.

https://core.telegram.org/bots/api#getchat
"""

from typing import Any

import msgspec
from msgspec import Struct

from emulator import wire
from emulator.chat_member import chat_member
from emulator.chats import Group, PrivateChat, Status
from emulator.errors import bad_request
from emulator.messages import Chat
from emulator.methods.registry import Call, ChatId, method
from emulator.people import Account

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class InChat(Struct):
    chat_id: ChatId


class InChatOf(Struct):
    chat_id: ChatId
    user_id: int


@method("getChat")
def get_chat(call: Call, params: InChat) -> dict[str, Any]:
    chat = call.chat(params.chat_id)
    full: dict[str, Any] = msgspec.to_builtins(chat.wire)
    full |= {"accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    top = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    if top is not None:
        full["pinned_message"] = top.wire
    return full


@method("getChatMember")
def get_chat_member(call: Call, params: InChatOf) -> wire.ChatMember:
    asked = call.bot if params.user_id == call.bot.id else call.person(params.user_id)
    return member(call.chat(params.chat_id), asked)


@method("getChatAdministrators")
def get_chat_administrators(call: Call, params: InChat) -> list[wire.ChatMember]:
    """The people who lead a group; bots among them are left out, but for this one."""
    group = _group(call, params.chat_id)
    leading = [account for account in group.members if group.led_by(account)]
    return [member(group, a) for a in leading if a is call.bot or not a.wire.is_bot]


@method("getChatMemberCount")
def get_chat_member_count(call: Call, params: InChat) -> int:
    chat = call.chat(params.chat_id)
    return len(chat.members) if isinstance(chat, Group) else 2


@method("leaveChat")
def leave_chat(call: Call, params: InChat) -> bool:
    group = _group(call, params.chat_id)
    before = group.status(call.bot)
    group.set_status(call.bot, Status.LEFT)
    call.world.post(group, call.bot, left_chat_member=call.bot.wire)
    call.world.tell_membership(group, call.bot, before, Status.LEFT, by=call.bot)
    return True


def member(chat: Chat, account: Account) -> wire.ChatMember:
    """An account's status in a chat now.

    Raises:
        ApiError: 400 when a private chat has no such member.
    """
    if isinstance(chat, PrivateChat):
        if account not in (chat.person, chat.bot):
            raise bad_request("member not found")
        return chat_member(chat, account, Status.MEMBER)
    assert isinstance(chat, Group)
    return chat_member(chat, account, chat.status(account))


def _group(call: Call, chat_id: ChatId) -> Group:
    chat = call.chat(chat_id)
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    return chat
