"""A message of the outbox, as its reader will see it."""

from typing import Any

from msgspec import Struct

from emulator.markup.html import parse_html


class Seen(Struct, frozen=True, kw_only=True):
    """``buttons`` by their labels; ``keys`` are those of the reply keyboard."""

    method: str
    text: str
    buttons: dict[str, str]
    keys: list[dict[str, Any]]
    payload: dict[str, Any]

    @property
    def labels(self) -> list[str]:
        """Labels of the buttons."""
        return list(self.buttons)


def seen(method: str, payload: dict[str, Any]) -> Seen:
    """ApiError where Telegram would refuse the text."""
    markup = payload.get("reply_markup", {})
    buttons = (button for row in markup.get("inline_keyboard", []) for button in row)
    return Seen(
        method=method,
        text=parse_html(payload.get("text", payload.get("caption", "")))[0],
        buttons={button["text"]: button["callback_data"] for button in buttons},
        keys=[key for row in markup.get("keyboard", []) for key in row],
        payload=payload,
    )
