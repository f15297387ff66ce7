"""What the page is shown: the world, its messages and its changes, in the shapes that the page reads."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, assert_never

import msgspec

from emulator import events
from emulator.chats import Chat, Group, PrivateChat
from emulator.messages import Message
from emulator.people import Person
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
        telegram = self._telegram
        chats = self._chats()
        people = list(telegram.people.values())
        return {
            "type": "world",
            "people": [_person(person) for person in people],
            "chats": [self._chat(chat) for chat in chats],
            "messages": {str(chat.id): [self.message(m) for m in chat.messages.values()] for chat in chats},
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
        """What to tell the page about a change."""
        match event:
            case events.MessageSent(message) | events.MessageEdited(message):
                if self._is_shown(message.chat):
                    yield {"type": "message", "chat": message.chat.id, "message": self.message(message)}
            case events.MessageDeleted(message):
                yield {"type": "deleted", "chat": message.chat.id, "message_id": message.id}
            case events.MessagePinned(chat, message):
                yield {"type": "pinned", "chat": chat.id, "message_id": message.id if message else None}
            case events.CallbackAnswered(query):
                answer = query.answered
                yield {
                    "type": "answered",
                    "person": query.person.id,
                    "query_id": query.id,
                    "text": answer.text if answer else "",
                    "alert": bool(answer and answer.alert),
                }
            case events.CommandsChanged():
                for person in self._telegram.people.values():
                    yield from (self._menu(person, chat) for chat in self._chats_of(person))
            case events.ChatActed(chat):
                yield {"type": "typing", "chat": chat.id}
            case events.PersonAdded(person):
                yield {"type": "person", **_person(person)}
                if self._telegram.bots:
                    yield {"type": "chat", **self._chat(self._telegram.private(person))}
                    yield self._menu(person, self._telegram.private(person))
            case events.ChatChanged(group):
                yield {"type": "chat", **self._chat(group)}
            case _:
                assert_never(event)

    def message(self, message: Message) -> dict[str, Any]:
        wire, markup = message.wire, message.markup
        sender = message.sender
        place = message.place
        return {
            "id": message.id,
            "date": message.date,
            "edit_date": message.edit_date,
            "from": {"id": sender.id, "name": sender.full_name, "is_bot": message.from_bot}
            if sender and not wire.sender_chat
            else {"id": message.chat.id, "name": message.chat.title, "is_bot": False},
            "text": wire.text,
            "entities": [msgspec.to_builtins(entity) for entity in message.entities],
            "caption": wire.caption,
            "inline": [[_without_none(text=b.text, data=b.data, url=b.url) for b in row] for row in message.keyboard],
            "reply_keyboard": {
                "rows": [
                    [
                        {"text": k.text, "request_location": k.request_location, "request_contact": k.request_contact}
                        for k in row
                    ]
                    for row in message.reply_keyboard
                ],
                "one_time": markup.one_time_keyboard,
                **_without_none(placeholder=markup.input_field_placeholder),
            }
            if markup and markup.keyboard
            else None,
            "remove_keyboard": message.removes_keyboard,
            "place": {
                "lat": place.lat,
                "lon": place.lon,
                "live": bool(place.live_until and place.live_until > self._telegram.now()),
                **_without_none(live_until=place.live_until),
            }
            if place
            else None,
            "venue": {"title": wire.venue.title, "address": wire.venue.address} if wire.venue else None,
            "photo": self._url(message.photo),
            "document": {"name": wire.document.file_name, "url": self._url(wire.document.file_id)}
            if wire.document
            else None,
            "voice": self._url(message.voice),
            "contact": msgspec.to_builtins(wire.contact) if wire.contact else None,
            "reply_to": message.reply_to,
            "service": message.service,
            "pinned": message.pinned,
            "silent": message.silent,
        }

    def _chats(self) -> list[Chat]:
        telegram = self._telegram
        private = [telegram.private(person) for person in telegram.people.values()] if telegram.bots else []
        return [*private, *telegram.groups.values()]

    def _chats_of(self, person: Person) -> list[Chat]:
        if not self._telegram.bots:
            return []
        groups = [group for group in self._telegram.groups.values() if group.has(person)]
        return [self._telegram.private(person), *groups]

    def _is_shown(self, chat: Chat) -> bool:
        return not isinstance(chat, PrivateChat) or chat.bot is self._telegram.first_bot()

    def _chat(self, chat: Chat) -> dict[str, Any]:
        bots = chat.bots if isinstance(chat, Group) else [self._telegram.first_bot()]
        members = [m.id for m in chat.members] if isinstance(chat, Group) else [chat.id]
        bot = bots[0] if bots else None
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "members": members,
            "bot": {"id": bot.id, "name": bot.name, "username": bot.username} if bot else None,
        }

    def _menu(self, person: Person, chat: Chat) -> dict[str, Any]:
        commands = self._commands(person, chat)
        return {"type": "commands", "person": person.id, "chat": chat.id, "commands": commands}

    def _commands(self, person: Person, chat: Chat) -> list[dict[str, str]]:
        commands = self._telegram.commands_for(self._telegram.first_bot(), person, chat)
        return [{"command": c.command, "description": c.description} for c in commands]

    def _url(self, file_id: str | None) -> str | None:
        return f"/phones/file/{self._telegram.files.get(file_id).path}" if file_id else None


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.full_name,
        "username": person.username,
        "role_hint": person.role_hint,
    }


def _without_none(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
