"""Albums: each picture comes as an update of its own; all of them get one answer and go the same way."""

from msgspec.structs import replace
from telegram import Update

from bot.conversation.arrival import Arrival
from bot.conversation.contents import evidence_in, text_of
from bot.conversation.turn import MessageTurn
from core.desk.ports import OutgoingMessage
from core.vocabulary.card_names import album_card
from core.vocabulary.contents import Screen
from storage.repositories.albums import Picture


def join_answers(turn: MessageTurn) -> None:
    """Make what the turn says here the album's one answer, which stays as it is while the others say the same."""
    album = turn.message.media_group_id
    if album is not None:
        card = album_card(album)
        turn.results.messages = [_joined(turn, message, card) for message in turn.results.messages]


def album_of(update: Update) -> str | None:
    """The album that the update is a picture of, or a press about."""
    message = update.effective_message
    if update.callback_query is not None:
        message = message.reply_to_message if message is not None else None
    return message.media_group_id if message is not None else None


def picture_in(arrival: Arrival) -> Picture | None:
    """The picture of an album that was sent, where it was noted or a button may still take it."""
    message, results = arrival.update.message, arrival.results
    if message is None or message.media_group_id is None or (results.noted is None and not results.offered):
        return None
    evidence = evidence_in(message)
    if evidence is None:
        return None
    return Picture(
        album=message.media_group_id,
        message=message.message_id,
        media=evidence.media,
        attachment=evidence.file_id,
        words=text_of(message),
        task=results.noted,
    )


def noted_to(arrival: Arrival) -> int | None:
    """The task that the pictures before this one were noted to."""
    return next((picture.task for picture in reversed(arrival.album) if picture.task is not None), None)


def _joined(turn: MessageTurn, message: OutgoingMessage, card: str) -> OutgoingMessage:
    """The message as a state of the album's answer; keys of the phone's can't be put under a message that is there."""
    content = message.content
    plain = isinstance(content, Screen) and not content.keys and not content.drop_keys
    if not plain or message.card is not None or message.to != turn.here:
        return message
    return replace(message, card=card, notify=False)
