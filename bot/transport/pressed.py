"""Presses as Telegram hands them over: who pressed, what, and what stands on the message.

A press may carry data that no button of its message has (https://core.telegram.org/bots/api#callbackquery): a client
can make them up. The message is Telegram's own word: nobody but the bot changes its buttons.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from bot.transport.intake_numbers import whole


class Pressed(Struct, frozen=True, kw_only=True):
    """A press, with the accounts and numbers of Telegram.

    ``shown`` are the data of the buttons on the message as Telegram had it at the press; None: it knows no more of the
    message (https://core.telegram.org/bots/api#inaccessiblemessage). ``topic`` is where it stands in a group.
    """

    sender: int
    chat: int
    data: str
    message: int | None = None
    topic: int | None = None
    shown: tuple[str, ...] | None = None

    @property
    def private(self) -> bool:
        """Whether nobody else reads along."""
        return self.chat > 0

    @property
    def stands(self) -> bool:
        """Whether a button with these data was on the message when it was pressed; one of no chat has none to ask."""
        return self.message is None or (self.shown is not None and self.data in self.shown)


def pressed_in(raw: Mapping[str, Any]) -> Pressed | None:
    """The press in an update; None for anything else, and for one that names nobody."""
    query = raw.get("callback_query")
    if not isinstance(query, Mapping) or not isinstance(query.get("from"), Mapping):
        return None
    sender, data = whole(query["from"].get("id")), query.get("data")
    if sender is None:
        return None
    plain = data if isinstance(data, str) else ""
    message = query.get("message")
    if not isinstance(message, Mapping) or not isinstance(message.get("chat"), Mapping):
        return Pressed(sender=sender, chat=sender, data=plain)  # of a message that no chat of ours holds
    thread = message.get("message_thread_id") if message.get("is_topic_message") is True else None
    return Pressed(
        sender=sender,
        chat=whole(message["chat"].get("id")) or 0,
        data=plain,
        message=whole(message.get("message_id")),
        topic=whole(thread) if thread is not None else None,
        shown=tuple(_shown(message)) if message.get("date") != 0 else None,
    )


def _shown(message: Mapping[str, Any]) -> Iterator[str]:
    """The data of the message's buttons, row by row; one that opens a link has none."""
    keyboard = message.get("reply_markup")
    rows = keyboard.get("inline_keyboard") if isinstance(keyboard, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        for button in row if isinstance(row, list) else ():
            data = button.get("callback_data") if isinstance(button, Mapping) else None
            if isinstance(data, str):
                yield data
