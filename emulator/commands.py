"""The command menu: which list a person sees in a chat, by Telegram's order of scopes.

https://core.telegram.org/bots/api#determining-list-of-commands
"""

import re
from typing import NamedTuple

from telegram.constants import BotCommandLimit

from emulator.errors import bad_request
from emulator.wire import BotCommand

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


class Scope(NamedTuple):
    """``kind`` is the Bot API's scope type; the ids are those of the chat and member scopes."""

    kind: str = "default"
    chat_id: int | None = None
    user_id: int | None = None


class CommandMenus:
    """The lists that one bot has set, by scope and language."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[BotCommand]] = {}

    def set(self, commands: list[BotCommand], scope: Scope, language: str) -> None:
        """Keep a list; an empty one takes the scope's list away.

        Raises:
            ApiError: 400 when there are too many, or a name, a description or the language is wrong.
        """
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _NAME.fullmatch(command.command.removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command.description.strip()) <= BotCommandLimit.MAX_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._check_language(language)
        bare = [BotCommand(c.command.removeprefix("/"), c.description.strip()) for c in commands]
        self._lists[scope, language] = bare
        if not bare:
            del self._lists[scope, language]

    def get(self, scope: Scope, language: str) -> list[BotCommand]:
        """Just what was set for this scope and language."""
        self._check_language(language)
        return self._lists.get((scope, language), [])

    def delete(self, scope: Scope, language: str) -> None:
        self._check_language(language)
        self._lists.pop((scope, language), None)

    def seen(self, chat_id: int, user_id: int, *, group: bool, leads: bool, language: str) -> list[BotCommand]:
        """Find the list that a person sees in a chat: the first that is set, the narrowest scope first."""
        for scope in _scopes(chat_id, user_id, group=group, leads=leads):
            for code in (language, ""):
                if found := self._lists.get((scope, code)):
                    return found
        return []

    def _check_language(self, language: str) -> None:
        if not _LANGUAGE.fullmatch(language):
            raise bad_request("LANG_CODE_INVALID")


def _scopes(chat_id: int, user_id: int, *, group: bool, leads: bool) -> list[Scope]:
    if not group:
        return [Scope("chat", chat_id), Scope("all_private_chats"), Scope()]
    scopes = [Scope("chat_member", chat_id, user_id)]
    if leads:
        scopes.append(Scope("chat_administrators", chat_id))
    scopes.append(Scope("chat", chat_id))
    if leads:
        scopes.append(Scope("all_chat_administrators"))
    return [*scopes, Scope("all_group_chats"), Scope()]
