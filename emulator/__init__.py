"""A local Telegram: a Bot API server over a world of people, for the first run, the tests and the load tests.

>>> telegram = Telegram()
>>> bot = telegram.add_bot("123:ABC", "gad_bot")
>>> juan = telegram.add_person("Juan Pérez")
>>> telegram.say(juan, "/start").text
'/start'
"""

from emulator.callbacks import Answer, CallbackQuery
from emulator.calls import CallRecord
from emulator.chats import Group, PrivateChat, Status
from emulator.errors import ApiError, Impossible
from emulator.events import (
    CallbackAnswered,
    ChatActed,
    ChatChanged,
    CommandsChanged,
    Event,
    MessageDeleted,
    MessageEdited,
    MessagePinned,
    MessageSent,
    PersonAdded,
)
from emulator.faults import Fault
from emulator.messages import Chat, Message, Place
from emulator.people import Bot, Person
from emulator.phone_shapes import NamedPlace
from emulator.server import Server, serve
from emulator.telegram import Telegram

__all__ = [
    "Answer",
    "ApiError",
    "Bot",
    "CallRecord",
    "CallbackAnswered",
    "CallbackQuery",
    "Chat",
    "ChatActed",
    "ChatChanged",
    "CommandsChanged",
    "Event",
    "Fault",
    "Group",
    "Impossible",
    "Message",
    "MessageDeleted",
    "MessageEdited",
    "MessagePinned",
    "MessageSent",
    "NamedPlace",
    "Person",
    "PersonAdded",
    "Place",
    "PrivateChat",
    "Server",
    "Status",
    "Telegram",
    "serve",
]
