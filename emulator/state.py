"""The world of a local Telegram: accounts, chats, messages, and what changes them.

`World` keeps state and tells whoever must know (bots through their queues, listeners through events); what people
do is in `emulator.verbs`, what bots do in `emulator.methods`, and `Telegram` is a world with all of the former.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from msgspec.structs import replace

from emulator import events, wire
from emulator.callbacks import CallbackQueries
from emulator.calls import CallRecord
from emulator.chat_member import chat_member
from emulator.chats import Group, History, PrivateChat, Status
from emulator.commands import CommandMenus
from emulator.errors import Impossible
from emulator.faults import Faults
from emulator.files import Files
from emulator.flood import Flood
from emulator.keyboards import Markup
from emulator.messages import Chat, Message, shown
from emulator.people import Account, Bot, Person
from emulator.privacy import sees

Listener: TypeAlias = Callable[[events.Event], None]
Somewhere: TypeAlias = Chat | Person | Bot | int | None


class World:
    """State and its changes. One thread uses it: that of the event loop it is served from.

    ``now`` gives seconds since the epoch (a test passes its own clock), ``answer_within`` is how long in seconds a
    press can be answered. Histories and records are bounded, so that memory stays flat.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.time,
        *,
        answer_within: float = 15.0,
        messages_per_chat: int = 500,
        messages_in_all: int = 20_000,
        calls_kept: int = 20_000,
    ) -> None:
        self.now = now
        self.people: dict[int, Person] = {}
        self.bots: dict[int, Bot] = {}
        self.groups: dict[int, Group] = {}
        self.private_chats: dict[tuple[int, int], PrivateChat] = {}
        self.by_token: dict[str, Bot] = {}
        self.by_username: dict[str, Person | Bot | Group] = {}
        self.queries = CallbackQueries(now, answer_within)
        self.files = Files()
        self.faults = Faults(now)
        self.flood = Flood(now)
        self.calls: deque[CallRecord] = deque(maxlen=calls_kept)
        self.history = History(per_chat=messages_per_chat, in_all=messages_in_all)
        self._listeners: list[Listener] = []
        self._next_person = 1001
        self._next_group = 5001

    def add_bot(self, token: str, username: str, name: str = "", *, privacy: bool = True) -> Bot:
        """A bot; the number before the colon of its token is its id.

        Raises:
            ValueError: the token is not of the form ``123:ABC``.
        """
        number, colon, secret = token.partition(":")
        if not (number.isdecimal() and colon and secret):
            raise ValueError(f"a token reads like 123:ABC, not {token!r}")
        bot = Bot(int(number), token, username=username, name=name or username, privacy=privacy, menus=CommandMenus())
        self.bots[bot.id] = self.by_token[token] = bot
        self.by_username[username.lower()] = bot
        return bot

    def add_person(
        self,
        name: str,
        *,
        username: str | None = None,
        language_code: str | None = "es",
        person_id: int | None = None,
        role_hint: str = "",
    ) -> Person:
        """A person with a phone; ids count up from 1001 unless one is given. ``role_hint`` is shown by the page."""
        if person_id is None:
            while self._next_person in self.people or self._next_person in self.bots:
                self._next_person += 1
            person_id = self._next_person
        person = Person(person_id, name, username=username, language_code=language_code, role_hint=role_hint)
        self.people[person.id] = person
        if username:
            self.by_username[username.lower()] = person
        self.emit(events.PersonAdded(person))
        return person

    def add_group(
        self,
        title: str,
        members: Iterable[Account] = (),
        *,
        kind: str = "group",
        username: str | None = None,
        forum: bool = False,
    ) -> Group:
        """A group or a supergroup; its first person created it. Negative ids count down from -5002.

        A ``forum`` is a supergroup with topics.
        """
        self._next_group += 1
        kind = "supergroup" if forum else kind
        group_id = -self._next_group if kind == "group" else -1_000_000_000_000 - self._next_group
        group = Group(group_id, title, kind, username, forum=forum)
        self.groups[group.id] = group
        if username:
            self.by_username[username.lower()] = group
        for account in members:
            group.set_status(account, _first_status(group, account))
        for bot in group.bots:
            self.tell_membership(group, bot, Status.LEFT, group.status(bot), by=group.members[0])
        self.emit(events.ChatChanged(group))
        return group

    def add_channel(self, title: str, members: Iterable[Account] = (), *, username: str | None = None) -> Group:
        """A channel; the bots among its members are administrators, as only such can post."""
        return self.add_group(title, members, kind="channel", username=username)

    def private(self, person: Person, bot: Bot | None = None) -> PrivateChat:
        """The chat of this person with this bot (the first bot, when None)."""
        bot = bot or self.first_bot()
        key = bot.id, person.id
        chat = self.private_chats.get(key)
        if chat is None:
            chat = self.private_chats[key] = PrivateChat(person, bot)
        return chat

    def first_bot(self) -> Bot:
        """The bot that was added first.

        Raises:
            Impossible: there is none.
        """
        if not self.bots:
            raise Impossible("there is no bot to write to")
        return next(iter(self.bots.values()))

    def chat(self, where: Somewhere, person: Person) -> Chat:
        """The chat that `person` means by a chat, a bot, a person or an id; None: theirs with the first bot.

        Raises:
            Impossible: this person has no such chat.
        """
        match where:
            case Chat():
                return where
            case None | Person():
                return self.private(person)
            case Bot():
                return self.private(person, where)
            case int() if where in self.groups:
                return self.groups[where]
            case int() if where in self.bots:
                return self.private(person, self.bots[where])
            case int() if where == person.id:
                return self.private(person)
            case _:
                raise Impossible(f"{person.full_name} has no chat {where}")

    def post(
        self,
        chat: Chat,
        sender: Account | None,
        *,
        markup: Markup | None = None,
        silent: bool = False,
        **content: Any,
    ) -> Message:
        """Put a new message into a chat and tell everybody. ``content`` are fields of `wire.Message`."""
        chat.last_id += 1
        message = wire.Message(chat.last_id, int(self.now()), chat.wire, sender.wire if sender else None, **content)
        kept = Message(message, chat, sender, markup, silent)
        self.history.keep(kept)
        if isinstance(sender, Bot):
            if isinstance(chat, Group):
                chat.last_bot = sender
        elif isinstance(chat, PrivateChat):
            chat.started = True
        self.emit(events.MessageSent(kept))
        self._tell_bots(kept, "message")
        return kept

    def change(self, message: Message, *, edited: bool = True, **content: Any) -> None:
        """Replace fields of a message in place. Buttons alone are no edit: people's clients show no mark for them."""
        if edited:
            content["edit_date"] = int(self.now())
        message.wire = replace(message.wire, **content)
        self.emit(events.MessageEdited(message))
        self._tell_bots(message, "edited_message")

    def remove(self, message: Message) -> None:
        message.deleted = True
        message.chat.messages.pop(message.id, None)
        if message.pinned:
            self.unpin(message)
        self.emit(events.MessageDeleted(message))

    def pin(self, message: Message, by: Account | None, *, silent: bool = False) -> None:
        """Put a message on top of the chat's pins; a service message says so."""
        chat = message.chat
        if message.pinned:
            chat.pinned.remove(message.id)
        chat.pinned.append(message.id)
        self.emit(events.MessagePinned(chat, message))
        self.post(chat, by, silent=silent, pinned_message=shown(message.wire))

    def unpin(self, message: Message) -> None:
        chat = message.chat
        chat.pinned.remove(message.id)
        top = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
        self.emit(events.MessagePinned(chat, top))

    def tell_membership(self, chat: Chat, account: Account, before: Status, after: Status, *, by: Account) -> None:
        """Tell the bots concerned that an account's status in a chat changed."""
        update = wire.ChatMemberUpdated(
            chat.wire,
            by.wire,
            int(self.now()),
            chat_member(chat, account, before),
            chat_member(chat, account, after),
        )
        if isinstance(account, Bot):
            self.queue(account, "my_chat_member", update, chat.id)
        if isinstance(chat, Group):
            for bot in chat.bots:
                if bot is not account and chat.led_by(bot):
                    self.queue(bot, "chat_member", update, chat.id)
        self.emit(events.ChatChanged(chat))

    def queue(self, bot: Bot, kind: str, thing: object, chat_id: int) -> None:
        """Put an update into a bot's queue, unless a fault swallows it."""
        if len(self.faults) and self.faults.swallows_update():
            return
        bot.updates.put(kind, thing, chat_id)

    def _tell_bots(self, message: Message, kind: str) -> None:
        chat, sender = message.chat, message.sender
        if isinstance(chat, PrivateChat):
            if sender is not chat.bot or message.service:
                self.queue(chat.bot, kind, message.wire, chat.id)
            return
        assert isinstance(chat, Group)
        if chat.kind == "channel":
            kind = kind.replace("message", "channel_post")
        for bot in chat.bots:
            if (bot is not sender or message.service) and sees(bot, chat, message):
                self.queue(bot, kind, message.wire, chat.id)

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Call `callback` for every change, in order. Returns how to stop."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def emit(self, event: events.Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)


def _first_status(group: Group, account: Account) -> Status:
    if isinstance(account, Person):
        return Status.MEMBER if Status.CREATOR in group.statuses.values() else Status.CREATOR
    return Status.ADMINISTRATOR if group.kind == "channel" else Status.MEMBER
