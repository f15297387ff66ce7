"""Words in the catalogues: one for each thing, for everybody, and a button's name in one place."""

import re

import pytest

from tests.bot.ui.catalogues import LANGUAGES, entries

FORBIDDEN = {
    "es": (
        # One word for each: enviar, tocar, botón.
        r"\b[Mm]and(a|o|as|ar|en|e)\b|\b[Mm]ánda(lo|la|me)\b",
        r"\b[Tt]eclas?\b",
        r"\b([Pp]uls|[Pp]resion)(a|o|e|as|es|ar|ado|ada)\b",
        # Somebody is no direct object in the dative.
        r"\b(sáca|nómbra|quíta|llama)les?\b|\bno les? (llames|saques|nombres)\b",
        # A role may be held by a woman.
        r"\b(un|otro|al|del|el) (supervisor|administrador)\b",
        r"\b(Visto|preguntado por|fue preguntado|será avisado)\b",
        # A time of the clock comes with its article, and a length with none.
        r"\b(las|la) \{ \$(at|since|until) \}",
        r"\ba los \{ \$(after|time|age) \}",
        r"Elegir del equipo|<b>Partes</b>|apartados: ",
    ),
    "en": (
        r"\bOnly a \{",
        r"\bnot received\b",
        r"\bGuard\b",
        r"\b[Bb]esides\b",
        r"\b([Tt]ake|[Tt]aken|[Tt]ook)( that one| the question)? back\b",
        r"\b(the|this|This) key\b",
    ),
}
BY_ARTICLE = {"clock-hour", "clock-day"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_one_word_for_each_thing_and_it_is_for_everybody(language: str) -> None:
    found = [
        f"{key}: {match[0]}"
        for key, parts in entries(language).items()
        for word in FORBIDDEN[language]
        for part in parts
        if key not in BY_ARTICLE and (match := re.search(word, part.text.partition("=")[2])) is not None
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_buttons_name_stands_in_one_place(language: str) -> None:
    """A sentence like *toca Recibido* takes the name from the button itself."""
    buttons = {
        part.text.partition("=")[2].strip()
        for key, parts in entries(language).items()
        for part in parts
        if re.match(r"(form-|unit-)?button-|rota-done$|watch-take$", key)
    }
    quoted = [
        f"{key}: {name}"
        for key, parts in entries(language).items()
        for part in parts
        for name in re.findall(r"<b>([^<{]+)</b>|«([^»{]+)»|“([^”{]+)”", part.text)
        if buttons & {one for one in name if one} and not key.startswith("list-")  # a heading quotes no button
    ]
    assert not quoted, "\n".join(quoted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_commands_name_stands_in_one_place(language: str) -> None:
    typed = [
        f"{key}: {name}"
        for key, parts in entries(language).items()
        for part in parts
        for name in re.findall(r"(?<![<\w/])/([a-z]{2,})\b", part.text)
    ]
    assert not typed, "\n".join(typed)
