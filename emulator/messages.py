"""A chat and the messages in it, in the words of a story; ``wire`` is how the Bot API shows each."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from emulator import wire
from emulator.keyboards import KeyButton, Markup
from emulator.people import Account, Bot


class Place(NamedTuple):
    """A point in degrees; ``live_until`` in seconds since the epoch while it is a live location."""

    lat: float
    lon: float
    live_until: float | None = None


class Chat:
    """A chat of any kind. Message ids count up from 1 in each chat, so an id alone never names a message."""

    def __init__(self, chat_id: int, title: str, as_sent: wire.Chat) -> None:
        self.id = chat_id
        self.kind = as_sent.type
        self.title = title
        self.wire = as_sent
        self.messages: dict[int, Message] = {}
        self.pinned: list[int] = []
        self.last_id = 0

    def __repr__(self) -> str:
        return f"<chat {self.title}>"


class Message:
    """One message of one chat. ``id`` counts up from 1 in each chat."""

    __slots__ = ("chat", "deleted", "live_until", "markup", "sender", "silent", "wire")

    def __init__(
        self, message: wire.Message, chat: Chat, sender: Account | None, markup: Markup | None, silent: bool
    ) -> None:
        self.wire = message
        self.chat = chat
        self.sender = sender
        self.markup = markup
        self.silent = silent
        self.deleted = False
        place = message.location
        self.live_until: float | None = None
        if place and place.live_period:
            self.live_until = message.date + place.live_period

    @property
    def id(self) -> int:
        return self.wire.message_id

    @property
    def date(self) -> int:
        """Seconds since the epoch."""
        return self.wire.date

    @property
    def edit_date(self) -> int | None:
        return self.wire.edit_date

    @property
    def text(self) -> str:
        """The text or the caption."""
        return self.wire.text or self.wire.caption or ""

    @property
    def entities(self) -> list[wire.Entity]:
        return self.wire.entities or self.wire.caption_entities or []

    @property
    def keyboard(self) -> list[list[wire.InlineButton]]:
        """The rows of buttons under the message."""
        return self.wire.reply_markup.inline_keyboard if self.wire.reply_markup else []

    @property
    def reply_keyboard(self) -> list[list[KeyButton]]:
        """The rows of keys that the message puts in place of the phone's keyboard."""
        return self.markup.keys() if self.markup else []

    @property
    def removes_keyboard(self) -> bool:
        return bool(self.markup and self.markup.remove_keyboard)

    @property
    def place(self) -> Place | None:
        where = self.wire.location
        return Place(where.latitude, where.longitude, self.live_until) if where else None

    @property
    def venue(self) -> wire.Venue | None:
        return self.wire.venue

    @property
    def photo(self) -> str | None:
        """The file id of its largest size."""
        return self.wire.photo[-1].file_id if self.wire.photo else None

    @property
    def voice(self) -> str | None:
        return self.wire.voice.file_id if self.wire.voice else None

    @property
    def document(self) -> wire.Document | None:
        return self.wire.document

    @property
    def contact(self) -> wire.Contact | None:
        return self.wire.contact

    @property
    def topic(self) -> int | None:
        """The topic of a forum that it stands in; None: General, or no forum at all."""
        return self.wire.message_thread_id if self.wire.is_topic_message else None

    @property
    def reply_to(self) -> int | None:
        return self.wire.reply_to_message.message_id if self.wire.reply_to_message else None

    @property
    def pinned(self) -> bool:
        return self.id in self.chat.pinned

    @property
    def from_bot(self) -> bool:
        return isinstance(self.sender, Bot)

    @property
    def service(self) -> str | None:
        """The line of a service message (somebody came, a pin); None for a message that an account wrote."""
        return service_text(self.wire)

    def __repr__(self) -> str:
        who = self.sender.full_name if self.sender else self.chat.title
        return f"<{who}: {self.text or self.service or 'media'!r} #{self.id} in {self.chat.title}>"


def service_text(message: wire.Message) -> str | None:
    """The line that a client shows for a service message, in Spanish; None for any other message."""
    who = message.sender.first_name if message.sender else "Alguien"
    if message.new_chat_members:
        return f"{', '.join(user.first_name for user in message.new_chat_members)} se unió al grupo"
    if message.left_chat_member:
        return f"{message.left_chat_member.first_name} salió del grupo"
    if message.pinned_message:
        return f"{who} fijó un mensaje"
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return "El grupo pasó a ser un supergrupo"
    if message.forum_topic_created:
        return f"{who} creó el tema «{message.forum_topic_created.name}»"
    if message.forum_topic_closed or message.forum_topic_reopened:
        return f"{who} {'cerró' if message.forum_topic_closed else 'reabrió'} el tema"
    return None


def shown(message: wire.Message) -> wire.Message:
    """The message as another one quotes it: without what it answers itself."""
    if message.reply_to_message is None and message.pinned_message is None:
        return message
    return replace(message, reply_to_message=None, pinned_message=None)
