"""Words of an end, as somebody types them."""

import pytest

from bot.ui.dispositions import disposition_in, disposition_text
from tests.bot.ui.people import ES

KNOWN = ("resolved", "false_alarm", "Robo", "Robo frustrado", "Sin novedad", "<b>")


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("falsa alarma, era el viento", "false_alarm"),
        ("FALSA ALARMA", "false_alarm"),
        ("resuelto.", "resolved"),
        ("sin novedad en la puerta", "Sin novedad"),
        ("robo en el mercado", "Robo"),
        ("robo frustrado, no se llevaron nada", "Robo frustrado"),
        ("resueltos todos", ""),
        ("era el viento: falsa alarma", ""),
        ("", ""),
    ],
)
def test_the_words_begin_with_how_it_ended(words: str, word: str) -> None:
    assert disposition_in(words, KNOWN, ES) == word


def test_the_agencys_own_word_is_shown_as_it_is() -> None:
    assert disposition_text("Sin novedad", ES) == "Sin novedad"
