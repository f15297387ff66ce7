"""Pressing buttons: inline ones under a message, and keys of a reply keyboard."""

from collections.abc import Callable
from typing import TypeVar

from emulator import wire
from emulator.callbacks import CallbackQuery
from emulator.chats import Group
from emulator.errors import Impossible
from emulator.keyboards import KeyButton
from emulator.messages import Chat, Message
from emulator.people import Bot, Person
from emulator.state import Somewhere
from emulator.verbs.locating import Locating

T = TypeVar("T")


class Pressing(Locating):
    """Acts of people with buttons."""

    def press(
        self, person: Person, message: Message, label: str | None = None, *, data: str | None = None
    ) -> CallbackQuery:
        """Press the inline button that reads `label` (exactly, else beginning so, else containing it), or has `data`.

        Raises:
            LookupError: there is no such button, or it tells the bot nothing (a link).
        """
        buttons = [button for row in message.keyboard for button in row]
        if data is not None:
            button = next((b for b in buttons if b.data == data), None)
        else:
            button = _by_label(buttons, label or "", lambda b: b.text)
        if button is None:
            shown = " · ".join(b.text for b in buttons) or "none"
            raise LookupError(f"no button {label or data!r} under {message!r}; there are: {shown}")
        return self.press_button(person, message, button)

    def press_button(self, person: Person, message: Message, button: wire.InlineButton) -> CallbackQuery:
        """Press this very button, be it of a message that was changed or deleted since, as on a slow phone.

        Raises:
            LookupError: the button tells the bot nothing.
            Impossible: the person is not in the chat.
        """
        if button.data is None:
            raise LookupError(f"the button {button.text!r} opens {button.url or 'something'} and tells the bot nothing")
        if not isinstance(message.sender, Bot):
            raise LookupError("only a bot's message has buttons")
        chat = message.chat
        if isinstance(chat, Group) and not chat.has(person):
            raise Impossible(
                f"{person.full_name} is not in {chat.title}", f"{person.first_name} no está en este grupo."
            )
        query = self.queries.press(person, message.sender, message, button.data)
        seen = wire.Message(message.id, 0, chat.wire) if message.deleted else message.wire
        sent = wire.CallbackQuery(query.id, person.wire, str(abs(chat.id) * 31), seen, button.data)
        self.queue(message.sender, "callback_query", sent, chat.id)
        return query

    def make_up_press(self, person: Person, message: Message, data: str) -> CallbackQuery:
        """Send data that need be on no button of the message, as a client of one's own can.

        Telegram passes them on: https://core.telegram.org/bots/api#callbackquery.
        """
        return self.press_button(person, message, wire.InlineButton("", data))

    def press_reply_key(
        self, person: Person, chat: Somewhere, label: str, *, place: tuple[float, float] | None = None
    ) -> Message:
        """Press a key of the chat's reply keyboard: its text is sent, or the location or contact that it asks for.

        Raises:
            LookupError: no keyboard is up, it has no such key, or the key asks for a place and none is given.
        """
        where = self.chat(chat, person)
        keyboard = self.reply_keyboard(person, where)
        keys = [key for row in keyboard.reply_keyboard for key in row] if keyboard else []
        key = _by_label(keys, label, lambda k: k.text)
        if key is None:
            shown = " · ".join(k.text for k in keys) or "none"
            raise LookupError(f"no key {label!r} in {where.title}; there are: {shown}")
        return self.press_key(person, where, key, place=place)

    def press_key(
        self, person: Person, chat: Chat, key: KeyButton, *, place: tuple[float, float] | None = None
    ) -> Message:
        """Press a key: its text is sent, or the location or contact that it asks for.

        Raises:
            LookupError: it asks for a location, and ``place`` is None.
        """
        if key.request_location:
            if place is None:
                raise LookupError(f"the key {key.text!r} sends a place: say which")
            return self.send_place(person, *place, chat)
        if key.request_contact:
            return self.send_contact(person, chat=chat)
        return self.say(person, key.text, chat)

    def send_contact(
        self, person: Person, phone_number: str = "", chat: Somewhere = None, *, of: Person | None = None
    ) -> Message:
        """Share a contact: one's own, or that of another person."""
        whose = of or person
        contact = wire.Contact(phone_number or f"+593{whose.id:09d}", whose.first_name, whose.last_name, whose.id)
        return self.put(person, chat, contact=contact)

    def reply_keyboard(self, person: Person, where: Somewhere) -> Message | None:
        """The message whose reply keyboard is up in a chat; None when none is."""
        chat = self.chat(where, person)
        for message in reversed(chat.messages.values()):
            if message.removes_keyboard:
                return None
            if message.reply_keyboard:
                return message
        return None


def _by_label(buttons: list[T], label: str, text: Callable[[T], str]) -> T | None:
    tests: list[Callable[[str], bool]] = [
        lambda shown: shown == label,
        lambda shown: shown.startswith(label),
        lambda shown: label in shown,
    ]
    for fits in tests:
        for button in buttons:
            if fits(text(button)):
                return button
    return None
