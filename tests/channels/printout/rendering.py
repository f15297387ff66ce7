"""Renders a message for a printer: plain lines of a page, whatever the content."""

import re
from html import unescape
from typing import assert_never

from core.desk.ports import OutgoingMessage
from core.vocabulary.contents import (
    ButtonsOff,
    Content,
    Departure,
    Evidence,
    Menu,
    Pin,
    Redrawing,
    Removal,
    Screen,
    TextFile,
)
from storage.queues.addressed_call import AddressedCall, address_of

METHOD = "print"


def render(message: OutgoingMessage) -> AddressedCall:
    """The page. What can only be done on a screen is a page without lines, which is not printed."""
    return AddressedCall(
        chat=address_of(message.to),
        lane=message.lane,
        method=METHOD,
        payload={"lines": _lines(message.content)},
        card=message.card,
        notify=message.notify,
        superseded=message.superseded,
        not_before=message.not_before,
    )


def _lines(content: Content) -> list[str]:
    match content:
        case Screen(text=text):
            return unescape(re.sub(r"<[^>]+>", "", text)).split("\n")
        case Pin(place=place):
            return [f"{place.lat}, {place.lon}"]
        case TextFile(caption=caption, text=text):
            return [caption, *text.split("\n")]
        case Evidence(media=media, caption=caption):
            return [f"[{media}]", caption]
        case Redrawing() | Menu() | Removal() | ButtonsOff() | Departure():
            return []
        case _:
            assert_never(content)
