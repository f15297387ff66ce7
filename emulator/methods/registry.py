"""How a Bot API method is written down: a function over a `Call` and its parameters, under its name.

    @method("getFile")
    def get_file(call: Call, params: GetFile) -> wire.File: ...

`emulator.methods.params` makes its readers from the parameters, a `msgspec.Struct`. A method may be a coroutine.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, TypeVar, get_type_hints

import msgspec

from emulator.chats import Group, PrivateChat, Status
from emulator.errors import bad_request, forbidden, migrated
from emulator.messages import Chat, Message
from emulator.people import Bot, Person
from emulator.state import World

P = TypeVar("P", bound=msgspec.Struct)
ChatId = int | str


class Upload(NamedTuple):
    """A file that came with a multipart call."""

    name: str | None
    mime: str | None
    content: bytes


class Nothing(msgspec.Struct):
    """The parameters of a method that has none."""


class Call(NamedTuple):
    """One call under way: whose, in which world, with which files by part name."""

    world: World
    bot: Bot
    files: Mapping[str, Upload]

    def chat(self, chat_id: ChatId) -> Chat:
        """The chat that the bot names, where it may act.

        Raises:
            ApiError: 400 for an unknown or migrated chat; 403 when the person never wrote, blocked the bot or is
                gone, and when the bot is not a member.
        """
        key = chat_key(chat_id)
        if isinstance(key, str):
            known = self.world.by_username.get(key.removeprefix("@").lower())
            if not key.startswith("@") or not isinstance(known, Group):
                raise bad_request("chat not found")
            return self._group(known)
        private = self.world.private_chats.get((self.bot.id, key))
        if private is not None:
            return _reachable(private)
        group = self.world.groups.get(key)
        if group is not None:
            return self._group(group)
        person = self.world.people.get(key)
        if person is not None:
            return _reachable(self.world.private(person, self.bot))
        if key in self.world.bots:
            raise forbidden("bots can't send messages to bots")
        raise bad_request("chat not found")

    def message(self, chat_id: ChatId, message_id: int, what: str) -> Message:
        """A message of a chat; ``what`` ends the sentence of the 400 when there is none.

        Raises:
            ApiError: 400 when there is none.
        """
        message = self.chat(chat_id).messages.get(message_id)
        if message is None:
            raise bad_request(f"message {what} not found")
        return message

    def person(self, user_id: int) -> Person | Bot:
        """The account with this id.

        Raises:
            ApiError: 400 when there is none.
        """
        account = self.world.people.get(user_id) or self.world.bots.get(user_id)
        if account is None:
            raise bad_request("user not found")
        return account

    def _group(self, group: Group) -> Group:
        if group.migrated_to is not None:
            raise migrated(group.migrated_to.id)
        match group.status(self.bot):
            case Status.KICKED:
                raise forbidden(f"bot was kicked from the {group.kind} chat")
            case Status.LEFT:
                raise forbidden(f"bot is not a member of the {group.kind} chat")
            case _:
                return group


def chat_key(chat_id: ChatId) -> ChatId:
    """An id as a number, as forms send it as text; a name stays as it is."""
    if isinstance(chat_id, str) and chat_id.removeprefix("-").isdecimal():
        return int(chat_id)
    return chat_id


def _reachable(chat: PrivateChat) -> PrivateChat:
    if chat.person.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


class Method(NamedTuple):
    """A method and how to read what it takes.

    ``nested`` are the parameters that forms send as JSON text, ``texts`` those that are plain texts.
    """

    name: str
    run: Callable[[Call, Any], Any | Awaitable[Any]]
    params: type[msgspec.Struct]
    decode: Callable[[bytes], Any]
    nested: frozenset[str]
    texts: frozenset[str]


METHODS: dict[str, Method] = {}
"""By lower-case name, as Telegram doesn't mind the case."""


def method(name: str) -> Callable[[Callable[[Call, P], Any]], Callable[[Call, P], Any]]:
    def register(run: Callable[[Call, P], Any]) -> Callable[[Call, P], Any]:
        params = get_type_hints(run)["params"]
        hints = get_type_hints(params)
        plain = {field for field, hint in hints.items() if _is_scalar(hint)}
        METHODS[name.lower()] = Method(
            name,
            run,
            params,
            msgspec.json.Decoder(params, strict=False).decode,
            nested=frozenset(set(hints) - plain),
            texts=frozenset(f for f, hint in hints.items() if hint in (str, str | None)),
        )
        return run

    return register


def _is_scalar(hint: Any) -> bool:
    return hint in (int, str, float, bool) or hint in (
        int | None,
        str | None,
        float | None,
        bool | None,
        ChatId,
        ChatId | None,
    )
