"""The world and its changes, in the shapes that the page reads."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, assert_never

from emulator import events
from emulator.callbacks import CallbackQuery
from emulator.chats import Group, PrivateChat
from emulator.commands import Scope
from emulator.messages import Chat, Message
from emulator.people import Person
from emulator.phone_message import message_shape
from emulator.telegram import Telegram

_SPAN_KM = 6


class NamedPlace(NamedTuple):
    """A landmark on the page's map, in degrees."""

    name: str
    lat: float
    lon: float


class Shapes:
    """Shapes of one world. The private chats shown are those with its first bot."""

    def __init__(self, telegram: Telegram, *, places: Sequence[NamedPlace], center: tuple[float, float]) -> None:
        self._telegram = telegram
        self._places = places
        self._center = center

    def world(self) -> dict[str, Any]:
        """Everything at once, for a page that has just opened."""
        people = list(self._telegram.people.values())
        chats = [*map(self._telegram.private, people)] if self._telegram.bots else []
        every: list[Chat] = [*chats, *self._telegram.groups.values()]
        return {
            "type": "world",
            "people": [_person(person) for person in people],
            "chats": [self._chat(chat) for chat in every],
            "messages": {str(chat.id): [*map(self._message, chat.messages.values())] for chat in every},
            "commands": {
                str(person.id): {str(chat.id): self._commands(person, chat) for chat in self._chats_of(person)}
                for person in people
            },
            "map": {
                "center": self._center,
                "span_km": _SPAN_KM,
                "places": [place._asdict() for place in self._places],
            },
        }

    def frames(self, event: events.Event) -> Iterator[dict[str, Any]]:
        """Frames that tell the page about a change; none for a chat that it doesn't show."""
        match event:
            case events.MessageSent(message) | events.MessageEdited(message):
                if self._shows(message.chat):
                    yield {"type": "message", "chat": message.chat.id, "message": self._message(message)}
            case events.MessageDeleted(message):
                if self._shows(message.chat):
                    yield {"type": "deleted", "chat": message.chat.id, "message_id": message.id}
            case events.MessagePinned(chat, top):
                if self._shows(chat):
                    yield {"type": "pinned", "chat": chat.id, "message_id": top.id if top else None}
            case events.ChatActed(chat):
                if self._shows(chat):
                    yield {"type": "typing", "chat": chat.id}
            case events.CallbackAnswered(query):
                yield _answered(query)
            case events.CommandsChanged(_, scope):
                for person in self._concerned(scope):
                    yield from (self._menu(person, chat) for chat in self._chats_of(person))
            case events.PersonAdded(person):
                yield {"type": "person", **_person(person)}
                for chat in self._chats_of(person):
                    yield {"type": "chat", **self._chat(chat)}
                    yield self._menu(person, chat)
            case events.ChatChanged(chat):
                if self._shows(chat):
                    yield {"type": "chat", **self._chat(chat)}
            case _:
                assert_never(event)

    def _message(self, message: Message) -> dict[str, Any]:
        return message_shape(message, self._telegram.files, self._telegram.now())

    def _chats_of(self, person: Person) -> list[Chat]:
        if not self._telegram.bots:
            return []
        groups = [group for group in self._telegram.groups.values() if group.has(person)]
        return [self._telegram.private(person), *groups]

    def _concerned(self, scope: Scope) -> list[Person]:
        """People whose menus a change can touch: one for a private chat, else all."""
        alone = self._telegram.people.get(scope.chat_id) if scope.chat_id is not None else None
        return [alone] if alone else list(self._telegram.people.values())

    def _shows(self, chat: Chat) -> bool:
        return not isinstance(chat, PrivateChat) or chat.bot is self._telegram.first_bot()

    def _chat(self, chat: Chat) -> dict[str, Any]:
        members = [member.id for member in chat.members] if isinstance(chat, Group) else [chat.id]
        bots = chat.bots if isinstance(chat, Group) else [self._telegram.first_bot()]
        about = [{"id": bot.id, "name": bot.name, "username": bot.username} for bot in bots[:1]]
        blocked = {"blocked": chat.blocked} if isinstance(chat, PrivateChat) else {}
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "members": members,
            "bot": about[0] if about else None,
            **blocked,
        }

    def _menu(self, person: Person, chat: Chat) -> dict[str, Any]:
        commands = self._commands(person, chat)
        return {"type": "commands", "person": person.id, "chat": chat.id, "commands": commands}

    def _commands(self, person: Person, chat: Chat) -> list[dict[str, str]]:
        commands = self._telegram.commands_for(self._telegram.first_bot(), person, chat)
        return [{"command": c.command, "description": c.description} for c in commands]


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.full_name,
        "username": person.username,
        "role_hint": person.role_hint,
    }


def _answered(query: CallbackQuery) -> dict[str, Any]:
    text, alert = query.answered or ("", False)
    return {
        "type": "answered",
        "person": query.person.id,
        "chat": query.message.chat.id,
        "message_id": query.message.id,
        "data": query.data,
        "query_id": query.id,
        "text": text,
        "alert": alert,
    }
