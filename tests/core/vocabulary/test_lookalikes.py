"""Names that the eye takes for one another have one form; others don't."""

import pytest

from core.vocabulary.lookalikes import digits_apart, looks


@pytest.mark.parametrize(
    "other",
    [
        "ana ruiz",
        "ANA RUIZ",
        "Ána  Ruíz",
        "Аna Ruiz",  # Cyrillic А
        "Аnа Ruіz",  # Cyrillic а, і
        "Αna Ruiz",  # Greek Α
        "АΝА RUІΖ",  # Cyrillic and Greek capitals
        "A\u200bna\u2060 Ruiz\ufeff",
        "𝐀𝐧𝐚 𝓡𝓾𝓲𝔃",  # mathematical letters
        "Ａｎａ Ｒｕｉｚ",
        "Ana Ru1z",
        "Ana Rulz",
        "Ana_Ruiz 🚒",
        "ᎪNA RUIZ",  # Cherokee
        "Ana Ruız",
    ],
)
def test_names_that_look_alike_have_one_form(other: str) -> None:
    assert looks(other) == looks("Ana Ruiz")


def test_names_that_look_otherwise_are_told_apart_already() -> None:
    names = ("Ana Ruiz", "Ana Paz", "Anabel Ruiz", "Eva Ruiz", "Juan", "Иван", "李娜", "王芳", "🚒", "🚓", "", "?")
    assert len({looks(name) for name in names}) == len(names)


def test_the_form_of_a_form_is_itself() -> None:
    for name in ("Ana Ruiz", "Иван Щукин", "modern", "MODERN", "Ωμέγα", "İstanbul", "Straße"):
        assert looks(looks(name)) == looks(name)


@pytest.mark.parametrize(
    ("accounts", "digits"),
    [
        ((), 0),
        ((5001,), 0),
        ((5001, 5002), 4),
        ((1001, 11001), 5),
        ((7_000_014_821, 9_000_014_821), 10),
        ((7, 8, 9), 4),
    ],
)
def test_as_many_digits_as_tell_accounts_apart(accounts: tuple[int, ...], digits: int) -> None:
    assert digits_apart(accounts) == digits
