"""Folding: one form for what people hold to be the same, and the form of before for what is kept in it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.state.duress import DuressWord, digest_of, matches
from core.vocabulary.folding import folded, folded_before
from core.vocabulary.search_terms import words_before, words_of

SALT = bytes(16)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert words_of(" ".join(words_of(text))) == words_of(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("𝐑𝐨𝐛𝐨 en el 𝓜𝓪𝓵𝓮𝓬𝓸𝓷", ("robo", "en", "el", "malecon")),
        ("№ 5", ("no", "5")),
        ("ＲＯＢＯ", ("robo",)),
        ("ⓇⓄⒷⓄ", ("robo",)),
        ("ℝ𝕠𝕓𝕠 ㏂", ("robo", "a", "m")),
        ("ro\u200bbo\u00ad", ("robo",)),
        ("İstanbul", ("istanbul",)),
    ],
)
def test_fancy_letters_are_plain_ones(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_letters_of_every_day_are_folded_as_ever(text: str) -> None:
    if "\u00ad" not in text:
        assert words_before(text) == words_of(text)


@pytest.mark.parametrize("word", ["𝐂𝐚𝐧𝐞𝐥𝐚", "ca\u200bnela fina", "№ 5 y pan", "Canela", "ñandú"])
def test_a_duress_word_that_was_kept_before_is_the_word_still(word: str) -> None:
    form = " ".join(words_before(word)).encode()
    kept = DuressWord(salt=SALT, digest=hashlib.scrypt(form, salt=SALT, n=2**14, r=8, p=1, dklen=32))
    assert matches(word, kept)
    assert not matches(f"{word} no", kept)
    assert matches(word, DuressWord(salt=SALT, digest=digest_of(word, SALT)))


def test_the_form_of_before_left_fancy_capitals_as_they_were() -> None:
    assert folded_before("𝐑𝐨𝐛𝐨") == "Robo"
