"""Keyboards: inline ones under a message, and those that replace the phone's own; checked as strictly as Telegram does.

https://core.telegram.org/bots/api#inlinekeyboardmarkup, #replykeyboardmarkup
"""

from typing import Any

from msgspec import Struct
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, ReplyLimit

from emulator.errors import bad_request
from emulator.wire import InlineButton, InlineKeyboard

_ROW, _TOTAL = InlineKeyboardMarkupLimit.BUTTONS_PER_ROW, InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
_KEYS_PER_ROW, _KEYS = 12, 300
_STYLES = frozenset({"danger", "success", "primary"})


class KeyButton(Struct, omit_defaults=True):
    """A key of a reply keyboard; without a request it sends its own text."""

    text: str
    request_location: bool = False
    request_contact: bool = False
    request_users: dict[str, Any] | None = None
    request_chat: dict[str, Any] | None = None
    request_poll: dict[str, Any] | None = None
    web_app: dict[str, Any] | None = None
    style: str | None = None


class Markup(Struct, omit_defaults=True):
    """Any ``reply_markup``: one of the first four is set, or none: then there is no keyboard."""

    inline_keyboard: list[list[InlineButton]] | None = None
    keyboard: list[list[KeyButton | str]] | None = None
    remove_keyboard: bool = False
    force_reply: bool = False
    is_persistent: bool = False
    resize_keyboard: bool = False
    one_time_keyboard: bool = False
    input_field_placeholder: str | None = None
    selective: bool = False

    @property
    def on_phone(self) -> bool:
        """Whether it changes the keyboard of the phone, not of the message."""
        return self.keyboard is not None or self.remove_keyboard or self.force_reply

    def keys(self) -> list[list[KeyButton]]:
        """The rows of a reply keyboard; none for any other markup."""
        return [[KeyButton(k) if isinstance(k, str) else k for k in row] for row in self.keyboard or ()]


def inline(markup: Markup | None) -> InlineKeyboard | None:
    """The inline keyboard to keep with a message; None when there is none or it has no button.

    Raises:
        ApiError: 400 when a shape, a text or a callback's data is not what Telegram takes.
    """
    if markup is None or markup.inline_keyboard is None:
        return None
    rows = [row for row in markup.inline_keyboard if row]
    for row in rows:
        if len(row) > _ROW:
            raise bad_request("BUTTON_ROW_TOO_LONG")
        for button in row:
            _check_button(button)
    if sum(map(len, rows)) > _TOTAL:
        raise bad_request("reply markup is too long")
    return InlineKeyboard(rows) if rows else None


def check(markup: Markup | None) -> InlineKeyboard | None:
    """Check any markup; what it returns is its inline keyboard, if it is one.

    Raises:
        ApiError: 400 when it breaks the rules of its kind.
    """
    if markup is None or markup.inline_keyboard is not None:
        return inline(markup)
    if markup.keyboard is not None:
        _check_keys(markup.keys())
    if len(markup.input_field_placeholder or "") > ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return None


def _check_button(button: InlineButton) -> None:
    if not button.text.strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if button.style is not None and button.style not in _STYLES:
        raise bad_request("can't parse inline keyboard button: unknown style")
    if button.data is not None:
        size = len(button.data.encode())
        if not InlineKeyboardButtonLimit.MIN_CALLBACK_DATA <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    actions = (
        button.data,
        button.url,
        button.web_app,
        button.login_url,
        button.switch_inline_query,
        button.switch_inline_query_current_chat,
        button.switch_inline_query_chosen_chat,
        button.copy_text,
        button.callback_game,
        button.pay,
    )
    match len(actions) - actions.count(None):
        case 0:
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        case 1:
            pass
        case _:
            raise bad_request("can't parse inline keyboard button: exactly one action is allowed")
    if button.url is not None and not button.url.startswith(("http://", "https://", "tg://", "tel:", "mailto:")):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")


def _check_keys(rows: list[list[KeyButton]]) -> None:
    if not any(rows):
        raise bad_request("reply keyboard must have at least one button")
    if sum(map(len, rows)) > _KEYS or any(len(row) > _KEYS_PER_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for key in (key for row in rows for key in row):
        if not key.text.strip():
            raise bad_request("can't parse keyboard button: text must be non-empty")
        requests = (
            key.request_location or None,
            key.request_contact or None,
            key.request_users,
            key.request_chat,
            key.request_poll,
            key.web_app,
        )
        if len(requests) - requests.count(None) > 1:
            raise bad_request("can't parse keyboard button: at most one request is allowed")
