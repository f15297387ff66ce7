"""A text that is longer than Telegram takes: what fits, and the rest."""

from html import escape
from html.parser import HTMLParser

from msgspec import Struct

_MORE = "…"


class _Piece(Struct, frozen=True):
    """A tag or a run of text, as it is written and as it is read; ``opens`` and ``closes`` name a tag."""

    source: str
    text: str = ""
    opens: str = ""
    closes: str = ""


def fit(html: str, most: int) -> tuple[str, str]:
    """Cut HTML to ``(the part that fits, the rest)``.

    The first has a text of at most ``most`` UTF-16 units, which is how Telegram counts it
    (https://core.telegram.org/bots/api#messageentity); the second is without formatting, "" when nothing was cut off.
    """
    if _units(html) <= most:  # what is not text only adds to the source
        return html, ""
    pieces = _pieces(html)
    if sum(_units(piece.text) for piece in pieces) <= most:
        return html, ""
    room = most - _units(_MORE)
    kept: list[str] = []
    open_tags: list[str] = []
    for number, piece in enumerate(pieces):
        if _units(piece.text) > room:
            head = _head(piece.text, room)
            rest = piece.text[len(head) :] + "".join(later.text for later in pieces[number + 1 :])
            ends = [f"</{tag}>" for tag in reversed(open_tags)]
            return "".join([*kept, escape(head, quote=False), _MORE, *ends]), rest.lstrip()
        room -= _units(piece.text)
        kept.append(piece.source)
        if piece.opens:
            open_tags.append(piece.opens)
        elif piece.closes in open_tags:
            open_tags.remove(piece.closes)
    return html, ""


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _head(text: str, units: int) -> str:
    """As much of the text as has room, to the end of a word where one is near."""
    head = text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore")
    end = max(head.rfind(" "), head.rfind("\n"))
    return head[:end] if end > len(head) * 3 // 4 else head


def _pieces(html: str) -> list[_Piece]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    """Tags and text in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(_Piece(source=self.get_starttag_text() or "", opens=tag))

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(_Piece(source=f"</{tag}>", closes=tag))

    def handle_data(self, data: str) -> None:
        self.pieces.append(_Piece(source=escape(data, quote=False), text=data))
