"""From a text and its parse mode to what a chat keeps: a clean text and its entities.

`read` is what every method that takes a text or a caption goes through.
See https://core.telegram.org/bots/api#formatting-options.
"""

from telegram.constants import MessageLimit

from emulator.errors import bad_request
from emulator.markup.detect import detect
from emulator.markup.html import parse_html
from emulator.markup.markdown import parse_markdown, parse_markdown_v2
from emulator.markup.settle import settle
from emulator.wire import Entity

__all__ = ["detect", "parse_html", "parse_markdown", "parse_markdown_v2", "read"]

_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}


def read(text: str, parse_mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    """The text after parsing, trimmed, and its entities: written ones and those found in it (commands, links, ...).

    Raises:
        ApiError: 400 with the byte offset when the markup is wrong, or when the parse mode is unknown.
    """
    entities = given or []
    if parse_mode:
        parser = _PARSERS.get(parse_mode.lower())
        if parser is None:
            raise bad_request("unsupported parse_mode")
        text, entities = parser(text)
    text, entities = settle(text, entities)
    if len(text) > MessageLimit.MAX_TEXT_LENGTH:  # the caller will refuse it: not worth looking through
        return text, entities
    return text, detect(text, entities)
