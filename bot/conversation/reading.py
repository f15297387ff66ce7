"""Updates that can't be read whole: without what can't be read in them, their words are heard all the same (P13).

What a message answers or quotes may be of a kind that this version does not know, or have a field less than it needs,
from an older Bot API server or a newer one. Whoever calls for help is not to be unheard for it.
"""

import logging
from collections.abc import Mapping
from typing import Any

from msgspec import DecodeError, json
from telegram import CallbackQuery, Message, TelegramObject, Update
from telegram.ext import ExtBot

from metrics.blackout import quoted_error

log = logging.getLogger(__name__)


class CantRead(Exception):
    """Update of which nothing is left that anybody could have said."""


UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, OverflowError)
_PARTS: Mapping[str, type[TelegramObject]] = {
    "message": Message,
    "edited_message": Message,
    "channel_post": Message,
    "callback_query": CallbackQuery,
}
# Without these it is no message, or nobody's.
_NEEDED = frozenset({"from", "chat", "sender_chat"})
_MESSAGES = frozenset({"message", "reply_to_message"})


def read_kept(payload: str) -> dict[str, Any]:
    """The update as it was kept.

    Raises:
        CantRead: it is kept as something that can't be read.
    """
    try:
        return json.decode(payload, type=dict[str, Any])
    except (DecodeError, RecursionError) as error:
        raise CantRead from error


def read_update(raw: dict[str, Any], bot: ExtBot[None]) -> Update:
    """The update, less what can't be read in it.

    Raises:
        CantRead: nothing is left that anybody could have said.
    """
    try:
        return Update.de_json(raw, bot)
    except UNREADABLE as error:
        there = {name: kind for name, kind in _PARTS.items() if isinstance(raw.get(name), dict)}
        try:
            update = Update.de_json(raw | {name: _readable(raw[name], kind, bot) for name, kind in there.items()}, bot)
        except UNREADABLE:
            raise CantRead from error
        log.warning("update %s can be read in part only: %s", update.update_id, quoted_error(error))
        return update


def _readable(part: dict[str, Any], kind: type[TelegramObject], bot: ExtBot[None]) -> dict[str, Any]:
    """The fields of a message or a press, each of which can be read beside those that it needs."""
    nested = {name: value for name, value in part.items() if isinstance(value, dict | list) and name not in _NEEDED}
    kept = {name: value for name, value in part.items() if name not in nested}
    for name, value in nested.items():
        try:
            kind.de_json({**kept, name: value}, bot)
        except UNREADABLE:
            if name in _MESSAGES and isinstance(value, dict):
                kept[name] = _readable(value, Message, bot)
        else:
            kept[name] = value
    return kept
