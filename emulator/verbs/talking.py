"""Writing, correcting, forwarding."""

from typing import Any

from msgspec.structs import replace

from emulator import wire
from emulator.chats import Group, PrivateChat
from emulator.errors import Impossible
from emulator.markup import detect
from emulator.messages import Chat, Message, shown
from emulator.people import ANONYMOUS, TELEGRAM, Person
from emulator.state import Somewhere, World


class Talking(World):
    """Acts of people in writing."""

    def say(
        self,
        person: Person,
        text: str,
        chat: Somewhere = None,
        *,
        reply_to: Message | int | None = None,
        topic: int | None = None,
    ) -> Message:
        """Write a text; commands, mentions and links in it are marked as a client would.

        Raises:
            Impossible: no client would send it (not in the chat, nothing but blanks, account deleted).
        """
        if not text.strip():
            raise Impossible("a client sends no empty message", "Un mensaje vacío no se envía.")
        return self.put(person, chat, reply_to=reply_to, topic=topic, text=text, entities=detect(text, []) or None)

    def edit(self, person: Person, message: Message, text: str) -> Message:
        """Correct a message of one's own, or a post of a channel that one leads.

        Raises:
            Impossible: it is somebody else's, or the text is the same or empty.
        """
        chat = message.chat
        leads = isinstance(chat, Group) and chat.kind == "channel" and chat.led_by(person)
        if message.sender is not person and not leads:
            raise Impossible("people edit only what they wrote", "Solo puedes editar lo que escribiste tú.")
        if not text.strip() or text == message.text:
            raise Impossible("a client sends no such edit", "Cambia algo del texto para editarlo.")
        if message.wire.text is None:
            self.change(message, caption=text, caption_entities=detect(text, []) or None)
        else:
            self.change(message, text=text, entities=detect(text, []) or None)
        return message

    def forward(self, person: Person, message: Message, chat: Somewhere = None) -> Message:
        """Pass a message on; its sender is named as its origin.

        Raises:
            Impossible: its content is protected (https://core.telegram.org/bots/api#sendmessage, ``protect_content``).
        """
        if message.wire.has_protected_content:
            raise Impossible("its content is protected", "Este mensaje no se puede reenviar ni guardar.")
        return self.put(person, chat, **forwarded(message))

    def put(
        self,
        person: Person,
        where: Somewhere,
        *,
        reply_to: Message | int | None = None,
        topic: int | None = None,
        **content: Any,
    ) -> Message:
        """Post anything of a person's into a chat where they may write; a reply stands in the topic of what it answers.

        Raises:
            Impossible: they may not write there, or the message to reply to is not there.
        """
        chat = self.chat(where, person)
        self._check_may_write(person, chat)
        if reply_to is not None:
            answered = chat.messages.get(reply_to if isinstance(reply_to, int) else reply_to.id)
            if answered is None:
                raise Impossible("there is no such message to reply to", "Ese mensaje ya no existe.")
            content["reply_to_message"] = shown(answered.wire)
            topic = answered.topic if topic is None else topic
        if not isinstance(chat, Group):
            return self.post(chat, person, **content)
        if chat.kind == "channel":
            return self._publish(chat, content)
        if chat.topics:
            content |= _in_topic(chat, topic, leads=chat.led_by(person))
        if person.id in chat.anonymous:
            return self.post(chat, ANONYMOUS, sender_chat=chat.wire, **content)
        return self.post(chat, person, **content)

    def _publish(self, channel: Group, content: dict[str, Any]) -> Message:
        """A post of a channel, forwarded into its discussion group, if it has one."""
        made = self.post(channel, None, sender_chat=channel.wire, **content)
        if channel.discussion is not None:
            seen = {"sender_chat": channel.wire, "is_automatic_forward": True, **forwarded(made)}
            self.post(channel.discussion, TELEGRAM, **seen)
        return made

    def _check_may_write(self, person: Person, chat: Chat) -> None:
        if person.deactivated:
            raise Impossible(f"{person.full_name} has deleted the account")
        if isinstance(chat, PrivateChat):
            if chat.person is not person:
                raise Impossible("that chat is somebody else's")
            if chat.blocked:
                raise Impossible(f"{person.full_name} has blocked the bot", f"{person.first_name} bloqueó al bot.")
        elif isinstance(chat, Group):
            if chat.migrated_to is not None:
                raise Impossible("the group has become a supergroup", "El grupo pasó a ser un supergrupo.")
            if not chat.has(person):
                raise Impossible(
                    f"{person.full_name} is not in {chat.title}", f"{person.first_name} no está en este grupo."
                )
            if chat.kind == "channel" and not chat.led_by(person):
                raise Impossible(f"{person.full_name} may not post in {chat.title}")


def _in_topic(chat: Group, topic: int | None, *, leads: bool) -> dict[str, Any]:
    found = chat.topics.get(topic)
    if found is None or (found.closed and not leads):
        raise Impossible(f"{chat.title} has no open topic {topic}", "Ese tema está cerrado.")
    return {"message_thread_id": topic, "is_topic_message": True} if topic is not None else {}


def forwarded(message: Message) -> dict[str, Any]:
    """The content of a message passed on: what it shows, and where it came from; a live location stands still."""
    old = message.wire
    origin = old.forward_origin
    if origin is None and old.sender is not None:
        origin = wire.MessageOrigin("user", old.date, sender_user=old.sender)
    elif origin is None:
        origin = wire.MessageOrigin("channel", old.date, chat=old.chat, message_id=old.message_id)
    return {"forward_origin": origin, **copied(message)}


def copied(message: Message) -> dict[str, Any]:
    """Content of a message, for a copy of it."""
    old = message.wire
    words = ("text", "entities", "caption", "caption_entities")
    files = ("photo", "video", "video_note", "animation", "audio", "sticker", "voice", "document")
    names = (*words, *files, "contact", "venue", "poll", "dice")
    place = old.location and replace(old.location, live_period=None, heading=None, proximity_alert_radius=None)
    return {name: getattr(old, name) for name in names} | {"location": place}
