"""Marks of ownership: in a group, buttons for the person whom a screen answers say whose they are."""

from msgspec.structs import replace

from bot.conversation.arrival import Arrival
from bot.conversation.registry import standing_of
from bot.ui.buttons import owned, parse
from core.desk.ports import OutgoingMessage
from core.vocabulary.contents import Button, Redrawing, Screen


def asked_by(message: OutgoingMessage, arrival: Arrival) -> OutgoingMessage:
    """The message as an answer to who sent this; alone with the bot a button can be nobody else's."""
    if arrival.private or arrival.person is None or message.to != arrival.here:
        return message
    match message.content:
        case Screen() as screen if screen.buttons:
            return replace(message, content=_marked(screen, arrival.person.id))
        case Redrawing(number, screen) if screen.buttons:
            return replace(message, content=Redrawing(number, _marked(screen, arrival.person.id)))
        case _:  # has no buttons, or evidence: its own are everybody's
            return message


def _marked(screen: Screen, owner: int) -> Screen:
    return replace(screen, buttons=tuple(tuple(_own(button, owner) for button in row) for row in screen.buttons))


def _own(button: Button, owner: int) -> Button:
    press = parse(button.data)
    standing = standing_of(press) if press is not None else None
    own = standing is not None and standing.asked and standing.owner is None
    return owned(button, owner) if own else button
