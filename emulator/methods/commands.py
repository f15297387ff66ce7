"""The command menu.

https://core.telegram.org/bots/api#setmycommands
"""

from msgspec import Struct

from emulator import events
from emulator.chats import PrivateChat
from emulator.commands import Scope
from emulator.errors import bad_request
from emulator.methods.registry import Call, ChatId, method
from emulator.wire import BotCommand

_EVERYWHERE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_OF_A_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})


class CommandScope(Struct):
    type: str
    chat_id: ChatId | None = None
    user_id: int | None = None


class Where(Struct, kw_only=True):
    scope: CommandScope | None = None
    language_code: str = ""


class SetMyCommands(Where, kw_only=True):
    commands: list[BotCommand]


@method("setMyCommands")
def set_my_commands(call: Call, params: SetMyCommands) -> bool:
    scope = _scope(call, params)
    call.bot.menus.set(params.commands, scope, params.language_code)
    call.world.emit(events.CommandsChanged(call.bot, scope))
    return True


@method("getMyCommands")
def get_my_commands(call: Call, params: Where) -> list[BotCommand]:
    return call.bot.menus.get(_scope(call, params), params.language_code)


@method("deleteMyCommands")
def delete_my_commands(call: Call, params: Where) -> bool:
    scope = _scope(call, params)
    call.bot.menus.delete(scope, params.language_code)
    call.world.emit(events.CommandsChanged(call.bot, scope))
    return True


def _scope(call: Call, params: Where) -> Scope:
    scope = params.scope
    if scope is None:
        return Scope()
    if scope.type in _EVERYWHERE:
        return Scope(scope.type)
    if scope.type not in _OF_A_CHAT:
        raise bad_request(f'unsupported type of BotCommandScope "{scope.type}"')
    if scope.chat_id is None:
        raise bad_request("chat_id is empty")
    chat = call.chat(scope.chat_id)
    if scope.type == "chat":
        return Scope("chat", chat.id)
    if isinstance(chat, PrivateChat):
        raise bad_request("can't use specified BotCommandScope in a private chat")
    if scope.type == "chat_administrators":
        return Scope("chat_administrators", chat.id)
    if scope.user_id is None:
        raise bad_request("invalid user_id specified")
    return Scope("chat_member", chat.id, call.person(scope.user_id).id)
