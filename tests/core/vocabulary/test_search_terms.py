"""The words by which a task is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.state.task import code_of, id_of
from core.vocabulary.search_terms import WORD_LIMIT, WORDS_LIMIT, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ronda por la Mañana", ("ronda", "por", "la", "manana")),
        ("ROBO, robo; ¡Robo!", ("robo",)),
        ("Straße 12-B", ("strasse", "12", "b")),
        ("ﬁn", ("fin",)),
        ("<b>Güira</b> &amp; 🚨", ("b", "guira", "amp")),
        ("Полиция 警察", ("полиция", "警察")),
        ("", ()),
        (" …\u202e\n", ()),
    ],
)
def test_they_are_compared_without_case_and_accents(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_they_are_the_same_when_they_are_looked_for_and_never_too_many(text: str) -> None:
    words = words_of(text)
    assert len(words) <= WORDS_LIMIT
    assert all(0 < len(word) <= WORD_LIMIT for word in words)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("T-000123", 123),
        (" t-123 ", 123),
        ("123", 123),
        ("T-1234567", 1234567),
        ("T-", None),
        ("T--1", None),
        ("-1", None),
        ("1.5", None),
        ("T-٣", None),
        ("x", None),
        ("9" * 16, None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_write_it(code: str, number: int | None) -> None:
    assert id_of(code) == number


@given(st.integers(1, 10**15 - 1))
def test_every_code_is_read_back(number: int) -> None:
    assert id_of(code_of(number)) == number
