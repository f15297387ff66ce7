"""Telegram's side of an update, and as much of Telegram as its library asks for at the start."""

from typing import Any

from msgspec import json
from telegram.request import BaseRequest

from core.state.person import Person

BOT = {"id": 7000, "is_bot": True, "first_name": "GAD", "username": "gad_bot"}


class Offline(BaseRequest):
    """Answers every call with the bot itself."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, method: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, json.encode({"ok": True, "result": BOT})


def user_of(who: Person) -> dict[str, Any]:
    """A user (https://core.telegram.org/bots/api#user)."""
    return {"id": who.account, "is_bot": False, "first_name": who.name, "username": who.username}


def chat_of(chat: int) -> dict[str, Any]:
    """A chat (https://core.telegram.org/bots/api#chat)."""
    if chat > 0:
        return {"id": chat, "type": "private", "first_name": "…"}
    return {"id": chat, "type": "supergroup", "title": "Guardia"}
