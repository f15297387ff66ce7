"""Acts of people, as JSON from the page or another process: ``{"act": "say", "as": 1001, "text": "hola"}``."""

import base64
import binascii
from typing import TypeAlias, assert_never

from msgspec import Struct

from emulator.chats import Group, PrivateChat
from emulator.errors import ApiError, Impossible
from emulator.messages import Chat, Message
from emulator.people import Bot, Person
from emulator.telegram import Telegram

_LONGEST_TITLE = 128


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class _Act(Struct, tag_field="act", tag=_snake, kw_only=True, rename={"who": "as"}):
    who: int
    chat: int | None = None


class Say(_Act):
    text: str
    reply_to: int | None = None


class Edit(_Act):
    message_id: int
    text: str


class Forward(_Act):
    message_id: int
    to: int | None = None


class Press(_Act):
    """By place (``row`` and ``col`` from 0) or by what the button reads (``label``)."""

    message_id: int
    row: int | None = None
    col: int | None = None
    label: str | None = None


class PressReplyKey(_Act):
    row: int | None = None
    col: int | None = None
    label: str | None = None
    place: tuple[float, float] | None = None


class SendPlace(_Act):
    lat: float
    lon: float
    live_period: int | None = None
    accuracy: float | None = None
    reply_to: int | None = None


class Move(_Act):
    message_id: int
    lat: float
    lon: float


class StopLive(_Act):
    message_id: int


class _SendFile(_Act):
    caption: str = ""
    data_base64: str = ""
    file_name: str | None = None
    reply_to: int | None = None


class SendPhoto(_SendFile):
    pass


class SendVoice(_SendFile):
    pass


class SendDocument(_SendFile):
    pass


class SendContact(_Act):
    phone_number: str = ""


class Block(_Act):
    pass


class Unblock(_Act):
    pass


class CreateGroup(_Act):
    """A group of this person, with the bot and these members."""

    title: str
    members: list[int] = []


class AddPerson(Struct, tag_field="act", tag="add_person", kw_only=True, rename={"who": "as"}):
    """Add a person: the only act without an actor."""

    name: str
    who: int | None = None
    username: str | None = None
    role_hint: str = ""


ChatAct: TypeAlias = (
    Say
    | Edit
    | Forward
    | Press
    | PressReplyKey
    | SendPlace
    | Move
    | StopLive
    | SendPhoto
    | SendVoice
    | SendDocument
    | SendContact
    | Block
    | Unblock
)
Act: TypeAlias = ChatAct | CreateGroup | AddPerson


def perform(telegram: Telegram, act: Act) -> int | None:
    """Do it. Returns the id of what was made: a message, a person or a group.

    Raises:
        Impossible: there is no such person, chat, message or button, or no client would do it.
    """
    if isinstance(act, AddPerson):
        return telegram.add_person(act.name, username=act.username, role_hint=act.role_hint).id
    person = telegram.people.get(act.who)
    if person is None:
        raise Impossible(f"nobody has the id {act.who}")
    try:
        if isinstance(act, CreateGroup):
            return _create_group(telegram, person, act).id
        made = _perform(telegram, person, telegram.chat(act.chat, person), act)
    except LookupError as error:
        raise Impossible(str(error.args[0]), "Ese botón ya no está.") from error
    except ApiError as error:
        raise Impossible(error.description) from error
    return made.id if made else None


def _perform(telegram: Telegram, person: Person, chat: Chat, act: ChatAct) -> Message | None:
    match act:
        case Say():
            return telegram.say(person, act.text, chat, reply_to=act.reply_to)
        case Edit():
            return telegram.edit(person, _message(chat, act.message_id), act.text)
        case Forward():
            return telegram.forward(person, _message(chat, act.message_id), act.to)
        case Press():
            _press(telegram, person, chat, act)
            return None
        case PressReplyKey():
            return _press_key(telegram, person, chat, act)
        case SendPlace():
            return telegram.send_place(
                person,
                act.lat,
                act.lon,
                chat,
                accuracy=act.accuracy,
                live_period=act.live_period,
                reply_to=act.reply_to,
            )
        case Move():
            return telegram.move(person, _message(chat, act.message_id), act.lat, act.lon)
        case StopLive():
            return telegram.stop_live(person, _message(chat, act.message_id))
        case SendPhoto():
            return telegram.send_photo(person, act.caption, chat, content=_bytes(act), reply_to=act.reply_to)
        case SendVoice():
            return telegram.send_voice(person, act.caption, chat, content=_bytes(act), reply_to=act.reply_to)
        case SendDocument():
            name = act.file_name or "archivo.txt"
            return telegram.send_document(
                person, act.caption, chat, content=_bytes(act), file_name=name, reply_to=act.reply_to
            )
        case SendContact():
            return telegram.send_contact(person, act.phone_number, chat)
        case Block():
            telegram.block(person, _bot(telegram, chat))
            return None
        case Unblock():
            telegram.unblock(person, _bot(telegram, chat))
            return None
        case _:
            assert_never(act)


def _create_group(telegram: Telegram, person: Person, act: CreateGroup) -> Group:
    title = act.title.strip()
    if not 1 <= len(title) <= _LONGEST_TITLE:
        raise Impossible("a group's title has 1 to 128 characters", "El nombre del grupo lleva de 1 a 128 letras.")
    unknown = [member for member in act.members if member not in telegram.people]
    if unknown:
        raise Impossible(f"nobody has the id {unknown[0]}")
    others = [telegram.people[member] for member in dict.fromkeys(act.members) if member != person.id]
    return telegram.add_group(title, [person, *others, telegram.first_bot()])


def _press(telegram: Telegram, person: Person, chat: Chat, act: Press) -> None:
    message = _message(chat, act.message_id)
    if act.row is None or act.col is None:
        telegram.press(person, message, act.label)
    else:
        telegram.press_button(person, message, message.keyboard[act.row][act.col])


def _press_key(telegram: Telegram, person: Person, chat: Chat, act: PressReplyKey) -> Message:
    if act.row is None or act.col is None:
        return telegram.press_reply_key(person, chat, act.label or "", place=act.place)
    keyboard = telegram.reply_keyboard(person, chat)
    if keyboard is None:
        raise Impossible("no keyboard is up", "Esa tecla ya no está.")
    return telegram.press_key(person, chat, keyboard.reply_keyboard[act.row][act.col], place=act.place)


def _message(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None:
        raise Impossible(f"{chat.title} shows no message {message_id}", "Ese mensaje ya no existe.")
    return message


def _bot(telegram: Telegram, chat: Chat) -> Bot:
    return chat.bot if isinstance(chat, PrivateChat) else telegram.first_bot()


def _bytes(act: _SendFile) -> bytes:
    try:
        return base64.b64decode(act.data_base64, validate=True)
    except binascii.Error as error:
        raise Impossible("data_base64 is no base64") from error
