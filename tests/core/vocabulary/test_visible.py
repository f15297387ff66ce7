"""Visible text is told from marks that show nothing."""

import re
import sys
import unicodedata

import pytest

from core.vocabulary.visible import SHOWS_NOTHING, one_line


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u2800", "\x07", "\u202e", "\u00a0"]
)
def test_a_text_of_invisible_marks_is_empty(mark: str) -> None:
    assert one_line(f" {mark}{mark} {mark}") == ""


@pytest.mark.parametrize("text", ["Ana Mora", "👩‍🚒", "و", "⚠", "ㅤAna"])
def test_what_shows_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text
    assert one_line(f"  {text}\n {text} ") == f"{text} {text}"


def test_every_control_format_and_blank_of_unicode_shows_nothing() -> None:
    nothing = re.compile(f"[{SHOWS_NOTHING}]")
    kinds = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    known = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in kinds]
    assert [hex(ord(letter)) for letter in known if not nothing.fullmatch(letter)] == []
