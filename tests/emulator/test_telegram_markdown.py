"""Both of Telegram's Markdowns."""

import pytest

from emulator.errors import ApiError
from emulator.markup import read
from emulator.utf16 import cut


def marked(source: str, mode: str) -> tuple[str, list[tuple[str, str]]]:
    text, entities = read(source, mode, None)
    return text, [(entity.type, cut(text, entity.offset, entity.length)) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (r"*b* _i_ __u__ ~s~ ||e|| `c`", "b i u s e c", "bold italic underline strikethrough spoiler code"),
        (r"*b _bi_*", "b bi", "bold italic"),
        (r"[aquí](https://gad.ec/a\)b) 1\.5 \- x", "aquí 1.5 - x", "text_link"),
        ("```py\nx = 1```", "x = 1", "pre"),
        (">cita\n>más", "cita\nmás", ""),
    ],
)
def test_the_second_markdown(source: str, text: str, found: str) -> None:
    shown, entities = marked(source, "MarkdownV2")
    assert (shown, " ".join(kind for kind, _ in entities)) == (text, found)


@pytest.mark.parametrize("source", ["1.5", "a-b", "hola!", "*sin fin", "`sin fin", "[x](sin fin", "a > b"])
def test_the_second_markdown_is_strict(source: str) -> None:
    with pytest.raises(ApiError, match="can't parse entities"):
        read(source, "MarkdownV2", None)


def test_the_first_markdown() -> None:
    assert marked(r"*b* _i_ `c` [x](http://gad.ec) a\_b", "Markdown") == (
        "b i c x a_b",
        [("bold", "b"), ("italic", "i"), ("code", "c"), ("text_link", "x")],
    )


@pytest.mark.parametrize("source", ["a_b", "*x", "[x](y"])
def test_the_first_markdown_is_strict(source: str) -> None:
    with pytest.raises(ApiError, match="Can't find end of the entity starting at byte offset"):
        read(source, "Markdown", None)
