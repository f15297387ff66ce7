"""Telegram's two Markdowns, strict: an unclosed mark or an unescaped reserved character is refused.

See https://core.telegram.org/bots/api#markdownv2-style and #markdown-style.
"""

import re

from emulator.errors import ApiError, bad_request
from emulator.utf16 import units
from emulator.wire import Entity

_LEGACY = {"_": "italic", "*": "bold", "`": "code"}
_LEGACY_SPECIAL = re.compile(r"```|[_*`\[\\]")
_V2 = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
_V2_SPECIAL = re.compile(r"```|\|\||__|!\[|[_*\[\]()~`>#+\-=|{}.!\\]")
_LINK_TAIL = re.compile(r"\]\(((?:\\.|[^)\\])*)\)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\x01-\x7e])")


def parse_markdown(text: str) -> tuple[str, list[Entity]]:
    """Legacy Markdown: no nesting; a mark without its end is refused.

    Raises:
        ApiError: 400 with the byte offset of the mark.
    """
    out, at = _Output(text), 0
    while special := _LEGACY_SPECIAL.search(text, at):
        start, mark = special.span()[0], special[0]
        out.add(text[at:start])
        if mark == "\\":
            escaped = text[start + 1 : start + 2]
            out.add(escaped if escaped in ("_", "*", "`", "[") else text[start : start + 2])
            at = start + 2
        elif mark == "[":
            tail = _LINK_TAIL.search(text, start)
            if tail is None:
                raise out.unclosed(start)
            out.put("text_link", text[start + 1 : tail.start()], url=tail[1])
            at = tail.end()
        else:
            end = text.find(mark, start + len(mark))
            if end < 0:
                raise out.unclosed(start)
            kind = "pre" if mark == "```" else _LEGACY[mark]
            out.put(kind, text[start + len(mark) : end])
            at = end + len(mark)
    out.add(text[at:])
    return out.text(), out.entities


def parse_markdown_v2(text: str) -> tuple[str, list[Entity]]:
    """MarkdownV2: nesting, and every reserved character escaped.

    Raises:
        ApiError: 400 with the byte offset of the mark, or the reserved character.
    """
    out, at = _Output(text), 0
    stack: list[tuple[str, int, int]] = []  # mark, offset in the output, place in the source
    while special := _V2_SPECIAL.search(text, at):
        start, mark = special.start(), special[0]
        out.add(text[at:start])
        at = special.end()
        if mark == "\\":
            out.add(text[at : at + 1])
            at += 1
        elif mark in ("`", "```"):
            at = _code(out, text, start, mark)
        elif mark in ("[", "!["):
            stack.append((mark, out.length, start))
        elif mark == "]" and stack and stack[-1][0] in ("[", "!["):
            at = _link(out, text, start, stack.pop())
        elif mark == ">" and (start == 0 or text[start - 1] == "\n"):
            continue  # a quoted line, kept as a plain one
        elif mark in _V2:
            if stack and stack[-1][0] == mark:
                _, offset, _ = stack.pop()
                out.mark(_V2[mark], offset)
            else:
                stack.append((mark, out.length, start))
        else:
            raise bad_request(
                f"can't parse entities: Character '{mark[0]}' is reserved and must be escaped with the preceding '\\'"
            )
    out.add(text[at:])
    if stack:
        raise out.unclosed(stack[-1][2])
    return out.text(), out.entities


class _Output:
    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self.length = 0
        self.entities: list[Entity] = []

    def add(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += units(piece)

    def put(self, kind: str, piece: str, url: str | None = None) -> None:
        offset = self.length
        self.add(piece)
        self.mark(kind, offset, url=url)

    def mark(self, kind: str, offset: int, url: str | None = None, language: str | None = None) -> None:
        if self.length > offset and url != "":
            self.entities.append(Entity(kind, offset, self.length - offset, url=url, language=language))

    def text(self) -> str:
        return "".join(self._pieces)

    def unclosed(self, at: int) -> ApiError:
        offset = len(self._source[:at].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: Can't find end of the entity starting at byte offset {offset}")


def _code(out: _Output, text: str, start: int, mark: str) -> int:
    end = start + len(mark)
    while True:
        end = text.find(mark, end)
        if end < 0:
            raise out.unclosed(start)
        if text[end - 1] != "\\":
            break
        end += len(mark)
    inner, language, offset = text[start + len(mark) : end], None, out.length
    if mark == "```" and (head := re.match(r"([^\s`]*)\n", inner)):
        language, inner = head[1] or None, inner[head.end() :]
    out.add(_ESCAPED.sub(r"\1", inner))
    out.mark("pre" if mark == "```" else "code", offset, language=language)
    return end + len(mark)


def _link(out: _Output, text: str, start: int, opened: tuple[str, int, int]) -> int:
    tail = _LINK_TAIL.match(text, start)
    if tail is None:
        raise out.unclosed(opened[2])
    out.mark("text_link", opened[1], url=_ESCAPED.sub(r"\1", tail[1]))
    return tail.end()
