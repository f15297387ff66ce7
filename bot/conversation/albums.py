"""Albums: each picture comes as an update of its own, and all of them get one answer."""

from msgspec.structs import replace

from bot.conversation.turn import MessageTurn
from core.desk.ports import OutgoingMessage
from core.vocabulary.card_names import album_card
from core.vocabulary.contents import Screen


def join_answers(turn: MessageTurn) -> None:
    """Make what the turn says here the album's one answer, which stays as it is while the others say the same."""
    album = turn.message.media_group_id
    if album is not None:
        card = album_card(album)
        turn.results.messages = [_joined(turn, message, card) for message in turn.results.messages]


def _joined(turn: MessageTurn, message: OutgoingMessage, card: str) -> OutgoingMessage:
    """The message as a state of the album's answer; keys of the phone's can't be put under a message that is there."""
    content = message.content
    plain = isinstance(content, Screen) and not content.keys and not content.drop_keys
    if not plain or message.card is not None or message.to != turn.here:
        return message
    return replace(message, card=card, notify=False)
