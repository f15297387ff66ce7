"""The mark on buttons that tells those of before a restore from those of now, within Telegram's 64 bytes.

``recibido:123:7:~k3f9z2``: a button of the epoch ``k3f9z2``. Buttons of the first epoch carry none, as they always did.
"""

import re
from typing import Any

from bot.ui.buttons import MARK, Action, parse

_MARKED = re.compile(rf"(?P<data>.*){re.escape(MARK)}(?P<epoch>[0-9a-z]{{6}})", re.DOTALL)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# They are about whoever presses, and name nothing: nobody's call for help is too old.
_NAMELESS = frozenset({Action.NEED_HELP, Action.FINE})


class Epoch:
    """The epoch of the desk's numbers, as this process knows it (`storage.repositories.epoch`); 0 is the first."""

    def __init__(self) -> None:
        self.number = 0

    def tell(self, number: int) -> None:
        """It is this one now."""
        self.number = number

    def stamp(self, payload: dict[str, Any]) -> None:
        """Put the mark on the buttons of a call that is about to be made."""
        keyboard = payload.get("reply_markup")
        if not self.number or not isinstance(keyboard, dict):
            return
        for row in keyboard.get("inline_keyboard", ()):
            for one in row:
                if "callback_data" in one:
                    one["callback_data"] += self._mark

    def read(self, data: str) -> str | None:
        """The data as the button was made with it; None for one of another epoch that names something."""
        found = _MARKED.fullmatch(data)
        plain, mark = (found["data"], f"{MARK}{found['epoch']}") if found is not None else (data, "")
        if mark == self._mark:
            return plain
        press = parse(plain)
        return plain if press is not None and press.action in _NAMELESS else None

    @property
    def _mark(self) -> str:
        return f"{MARK}{_base_36(self.number)}" if self.number else ""


def _base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
