"""Telegram's HTML: a small strict reader of the tags that a message may carry.

Whatever Telegram refuses is refused here too, with the byte offset (UTF-8) of the trouble.
See https://core.telegram.org/bots/api#html-style.
"""

import re
from typing import NamedTuple

from emulator.errors import ApiError, bad_request
from emulator.utf16 import cut, units
from emulator.wire import Entity

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_WITH_ATTRIBUTES = frozenset({"a", "span", "tg-emoji", "tg-time", "blockquote"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))|([a-zA-Z]+));?")
_END_TAG = re.compile(r"</([^\s>]*)\s*>")
_TAG_NAME = re.compile(r"<([^\s>]*)")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.\-]+)))?")
_TAG_END = re.compile(r"\s*>")


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    offset: int


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and the entities they mean.

    Raises:
        ApiError: 400 "can't parse entities: ..." for an unknown, unclosed or crossed tag.
    """
    if not _SPECIAL.search(text):
        return text, []
    return _Reader(text).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._length = 0
        self._stack: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        """Read the whole text.

        Raises:
            ApiError: 400 for a tag that is unknown, badly written or not closed.
        """
        source, at = self._source, 0
        while special := _SPECIAL.search(source, at):
            start = special.start()
            self._add(source[at:start])
            if source[start] == "&":
                at = self._reference(start)
            elif source.startswith("</", start):
                at = self._end_tag(start)
            else:
                at = self._start_tag(start)
        self._add(source[at:])
        if self._stack:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._stack[-1].tag}\""
            )
        return "".join(self._pieces), self._entities

    def _add(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._length += units(piece)

    def _trouble(self, what: str, at: int, after: str = "") -> ApiError:
        offset = len(self._source[:at].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {what} at byte offset {offset}{after}")

    def _reference(self, start: int) -> int:
        match = _REFERENCE.match(self._source, start)
        character = match and _character(match)
        if not match or not character:
            self._add("&")
            return start + 1
        self._add(character)
        return match.end()

    def _end_tag(self, start: int) -> int:
        match = _END_TAG.match(self._source, start)
        if match is None:
            raise self._trouble("Unclosed end tag", start)
        if not self._stack:
            raise self._trouble("Unexpected end tag", start)
        found, opened = match[1].lower(), self._stack.pop()
        if found and found != opened.tag:
            raise self._trouble("Unmatched end tag", start, f', expected "</{opened.tag}>", found "</{found}>"')
        if self._length > opened.offset:
            self._close(opened)
        return match.end()

    def _start_tag(self, start: int) -> int:
        name = _TAG_NAME.match(self._source, start)
        assert name is not None
        tag, at = name[1].lower(), name.end()
        if at == len(self._source):
            raise self._trouble("Unclosed start tag", start)
        if tag not in _PLAIN and tag not in _WITH_ATTRIBUTES:
            raise self._trouble(f'Unsupported start tag "{tag}"', start)
        attributes: dict[str, str] = {}
        while not (end := _TAG_END.match(self._source, at)):
            attribute = _ATTRIBUTE.match(self._source, at)
            if attribute is None or attribute.end() == len(self._source):
                raise self._trouble(f'Wrong attribute in the tag "{tag}"', at)
            value = attribute[2] or attribute[3] or attribute[4] or ""
            attributes[attribute[1].lower()] = _REFERENCE.sub(lambda m: _character(m) or m[0], value)
            at = attribute.end()
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._trouble('Tag "span" must have class "tg-spoiler"', start)
        if tag == "tg-emoji" and not re.fullmatch("[0-9]+", attributes.get("emoji-id", "")):
            raise self._trouble("Invalid custom emoji identifier specified", start)
        self._stack.append(_Open(tag, attributes, self._length))
        return end.end()

    def _close(self, opened: _Open) -> None:
        tag, attributes, offset = opened
        length = self._length - offset
        match tag:
            case "a":
                href = attributes.get("href") or cut("".join(self._pieces), offset, length)
                entity = _link(href, offset, length)
            case "span":
                entity = Entity("spoiler", offset, length)
            case "tg-emoji":
                entity = Entity("custom_emoji", offset, length, custom_emoji_id=attributes["emoji-id"])
            case "tg-time":
                entity = _time(attributes, offset, length)
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
                entity = Entity(kind, offset, length)
            case "code" if self._stack and self._stack[-1].tag == "pre" and attributes.get("class"):
                self._stack[-1].attributes["language"] = attributes["class"].removeprefix("language-")
                entity = None
            case "pre":
                entity = Entity("pre", offset, length, language=attributes.get("language"))
            case _:
                entity = Entity(_PLAIN[tag], offset, length)
        if entity is not None:
            self._entities.append(entity)


def _character(match: re.Match[str]) -> str | None:
    if match[3]:
        return _NAMED.get(match[3])
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None


def _link(href: str, offset: int, length: int) -> Entity | None:
    """A link that no client could open is shown as plain text, not refused."""
    if re.fullmatch(r"[a-z][a-z0-9+.\-]*:\S+", href, re.IGNORECASE):
        return Entity("text_link", offset, length, url=href)
    if re.fullmatch(r"[^\s/]+\.[^\s/.]{2,}(/\S*)?", href):
        return Entity("text_link", offset, length, url=f"http://{href}")
    return None


def _time(attributes: dict[str, str], offset: int, length: int) -> Entity | None:
    unix = attributes.get("unix", "")
    if not re.fullmatch(r"[0-9]{1,10}", unix):
        return None
    return Entity("date_time", offset, length, unix_time=int(unix), date_time_format=attributes.get("format", ""))
