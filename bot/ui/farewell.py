"""The last words in a group that is nobody's, and the leaving itself."""

from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.desk.ports import OutgoingMessage
from core.vocabulary.card_names import FAREWELL
from core.vocabulary.contents import Departure
from core.vocabulary.destinations import Destination
from core.vocabulary.words import Lane


def farewell(to: Destination, texts: Texts) -> tuple[OutgoingMessage, ...]:
    """Say that the desk leaves, and leave."""
    words = Screen(text=texts("guest-farewell"))
    return (
        OutgoingMessage(to=to, lane=Lane.ROUTINE, content=words, card=FAREWELL),
        OutgoingMessage(to=to, lane=Lane.ROUTINE, content=Departure()),
    )
