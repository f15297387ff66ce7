"""Changes in a world, for its listeners: the page, a story, a bench."""

from typing import NamedTuple, TypeAlias

from emulator.callbacks import CallbackQuery
from emulator.commands import Scope
from emulator.messages import Chat, Message
from emulator.people import Bot, Person


class MessageSent(NamedTuple):
    message: Message


class MessageEdited(NamedTuple):
    """The text, the buttons or the place changed."""

    message: Message


class MessageDeleted(NamedTuple):
    message: Message


class MessagePinned(NamedTuple):
    """``message`` is the one on top now; None when none is left."""

    chat: Chat
    message: Message | None


class CallbackAnswered(NamedTuple):
    query: CallbackQuery


class CommandsChanged(NamedTuple):
    bot: Bot
    scope: Scope


class ChatActed(NamedTuple):
    """The bot shows that it is typing, uploading, ..."""

    chat: Chat
    action: str


class PersonAdded(NamedTuple):
    person: Person


class ChatChanged(NamedTuple):
    """A group is new, somebody came or went, or a person blocked the bot or took it back."""

    chat: Chat


Event: TypeAlias = (
    MessageSent
    | MessageEdited
    | MessageDeleted
    | MessagePinned
    | CallbackAnswered
    | CommandsChanged
    | ChatActed
    | PersonAdded
    | ChatChanged
)
