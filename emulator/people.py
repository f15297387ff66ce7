"""Accounts: people with a phone, and bots with a token."""

import asyncio
from typing import TypeAlias

from emulator import wire
from emulator.commands import CommandMenus
from emulator.updates import UpdateQueue
from emulator.webhook import Webhook


class Person:
    """A person with a Telegram account. ``id`` is also the id of their private chat with any bot."""

    def __init__(
        self, person_id: int, name: str, *, username: str | None, language_code: str | None, role_hint: str = ""
    ) -> None:
        first, _, last = name.partition(" ")
        self.id = person_id
        self.first_name = first
        self.last_name = last or None
        self.username = username
        self.language_code = language_code
        self.role_hint = role_hint
        self.deactivated = False
        self.wire = wire.User(person_id, False, first, self.last_name, username, language_code)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def __repr__(self) -> str:
        return f"<{self.full_name}>"


def _telegrams_own(account_id: int, name: str, username: str | None, *, is_bot: bool) -> Person:
    account = Person(account_id, name, username=username, language_code=None)
    account.wire = wire.User(account_id, is_bot, name, None, username)
    return account


# Senders that Telegram names when it hides or replaces the real one (https://core.telegram.org/bots/api#message).
ANONYMOUS = _telegrams_own(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
TELEGRAM = _telegrams_own(777000, "Telegram", None, is_bot=False)


class Bot:
    """A bot account: its token, its queue of updates, its profile.

    With ``privacy`` on (Telegram's default) it sees in groups only what is meant for it. ``resolves_to`` is the IP
    address that Telegram finds for the name in its webhook, as getWebhookInfo tells; no name is looked up for it.
    """

    def __init__(
        self, bot_id: int, token: str, *, username: str, name: str, privacy: bool, menus: CommandMenus
    ) -> None:
        self.id = bot_id
        self.token = token
        self.username = username
        self.name = name
        self.privacy = privacy
        self.description = ""
        self.short_description = ""
        self.menus = menus
        self.menu_buttons: dict[int | None, dict[str, object]] = {}
        self.updates = UpdateQueue()
        self.webhook: Webhook | None = None
        self.resolves_to = ""
        # Two processes that set it at once: the second waits until the first one's old webhook has stopped.
        self.webhook_lock = asyncio.Lock()
        self.wire = wire.User(bot_id, True, name, None, username)

    @property
    def full_name(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<bot @{self.username}>"


Account: TypeAlias = Person | Bot
