"""A telephone call in one line: the number first, the place up to the colon, what happens behind it."""

import pytest

from bot.parsing.telephone import CallLine, call_line, caller_in
from core.vocabulary.outside import LONGEST_NAME, OutsideCaller


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("0991234567 calle X y Y: choque", CallLine(number="0991234567", where="calle X y Y", what="choque")),
        ("+593 99 123-4567, Loja 12: humo", CallLine(number="+593991234567", where="Loja 12", what="humo")),
        ("(02) 255-5555 incendio", CallLine(number="022555555", what="incendio")),
        ("calle X: choque", CallLine(where="calle X", what="choque")),
        ("12 de Octubre y Colón: robo", CallLine(where="12 de Octubre y Colón", what="robo")),
        ("a las 10:30 se oyeron tiros", CallLine(what="a las 10:30 se oyeron tiros")),
        ("0991234567", CallLine(number="0991234567")),
        ("12345", CallLine(what="12345")),
        ("1234567890123456 robo", CallLine(what="1234567890123456 robo")),
        ("", CallLine()),
    ],
)
def test_a_line_is_read_whole(text: str, line: CallLine) -> None:
    assert call_line(text) == line


def test_whoever_calls_has_a_number_first() -> None:
    assert caller_in("0991234567 Ana Ruiz") == OutsideCaller(number="0991234567", name="Ana Ruiz")
    assert caller_in("incendio en el mercado") is None
    assert caller_in("0991234567 " + "a" * 200) == OutsideCaller(number="0991234567", name="a" * LONGEST_NAME)
