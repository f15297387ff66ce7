"""The contents of a message: words, people who are named, a place, evidence."""

from collections.abc import Iterator

from msgspec import Struct
from telegram import Message, MessageOriginUser
from telegram.constants import MessageEntityType

from bot.conversation.turn import CommandTurn, MessageTurn
from bot.parsing.mentions import Span
from core.vocabulary.contents import Media
from core.vocabulary.places import Place, Position


class Evidence(Struct, frozen=True, kw_only=True):
    """A file of Telegram's: ``media`` is photo, video, voice or document."""

    media: Media
    file_id: str


def text_of(message: Message) -> str:
    """Its words, or the words under its picture."""
    return message.text or message.caption or ""


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
    """A photo (the largest of its sizes), a video, a voice message or a document."""
    if message.photo:
        return Evidence(media="photo", file_id=message.photo[-1].file_id)
    if message.video is not None:
        return Evidence(media="video", file_id=message.video.file_id)
    if message.voice is not None:
        return Evidence(media="voice", file_id=message.voice.file_id)
    if message.document is not None:
        return Evidence(media="document", file_id=message.document.file_id)
    return None


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
