"""The contents of a message: words, people who are named, a place, evidence."""

from collections.abc import Iterator

from msgspec import Struct
from telegram import Animation, Audio, Document, Message, MessageOriginUser, Video, VideoNote, Voice
from telegram.constants import MessageEntityType

from bot.conversation.turn import CommandTurn, MessageTurn
from bot.parsing.mentions import Span
from core.vocabulary.contents import Media
from core.vocabulary.places import Place, Position

File = Animation | Audio | Document | Video | VideoNote | Voice


class Evidence(Struct, frozen=True, kw_only=True):
    """A file of Telegram's, and which kind it is."""

    media: Media
    file_id: str


def text_of(message: Message) -> str:
    """Its words, or the words under its picture."""
    return message.text or message.caption or ""


def words_in(message: Message) -> str:
    """Words of it, or who a contact is, where a place with a name is, what a sticker stands for."""
    if message.contact is not None:
        known = message.contact
        return f"👤 {' '.join(filter(None, (known.first_name, known.last_name)))} · {known.phone_number}"
    if message.venue is not None:
        where = message.venue
        at = f"{where.location.latitude:.5f}, {where.location.longitude:.5f}"
        return f"📍 {', '.join(filter(None, (where.title, where.address)))} ({at})"
    if message.sticker is not None:
        return message.sticker.emoji or ""
    return text_of(message)


def spans_of(message: Message) -> Iterator[Span]:
    """The pieces of its words that stand for people without a user name."""
    for entity in message.entities if message.text else message.caption_entities:
        if entity.type == MessageEntityType.TEXT_MENTION and entity.user is not None:
            yield Span(entity.offset, entity.length, entity.user.id)


def line_of(turn: CommandTurn) -> tuple[str, tuple[Span, ...]]:
    """The words after the command, with the spans counted from where they begin."""
    text = text_of(turn.message)
    start = len(text) - len(turn.words) if text.endswith(turn.words) else 0
    skipped = len(text[:start].encode("utf-16-le", "replace")) // 2
    spans = (Span(s.offset - skipped, s.length, s.telegram_id) for s in spans_of(turn.message))
    return turn.words, tuple(span for span in spans if span.offset >= 0)


def evidence_in(message: Message) -> Evidence | None:
    """A file that is kept: of a photo the largest of its sizes; an animation comes as a document too."""
    if message.photo:
        return Evidence(media="photo", file_id=message.photo[-1].file_id)
    kinds: tuple[tuple[Media, File | None], ...] = (
        ("video", message.video),
        ("voice", message.voice),
        ("animation", message.animation),
        ("document", message.document),
        ("video_note", message.video_note),
        ("audio", message.audio),
    )
    return next((Evidence(media=kind, file_id=file.file_id) for kind, file in kinds if file is not None), None)


def place_in(message: Message) -> Place | None:
    """The place that was sent; it may not be on the earth."""
    location = message.location
    return Place(lat=location.latitude, lon=location.longitude) if location is not None else None


def forwarded(message: Message) -> bool:
    """Tells whether it was passed on, and so shows somebody else's."""
    return message.forward_origin is not None


def passed_on(message: Message) -> bool:
    """Tells whether somebody else may have written it: it was forwarded, or comes from a bot by its name."""
    origin, sender = message.forward_origin, message.from_user
    own = isinstance(origin, MessageOriginUser) and sender is not None and origin.sender_user.id == sender.id
    return message.via_bot is not None or (origin is not None and not own)


def own_position(turn: MessageTurn) -> Position | None:
    """The sender's own position; None for a place that was forwarded, or that has a name of its own."""
    message = turn.message
    place = place_in(message)
    if place is None or message.location is None:
        return None
    if forwarded(message) or message.venue is not None:
        return None
    return Position(place=place, at=turn.sent_at, accuracy=message.location.horizontal_accuracy)
