"""Typed text is read into the desk's words, and no text breaks the reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.codes import code_in, coded
from bot.parsing.mentions import Mention, Span, mentions_in, username_in, without_spans
from bot.parsing.names import priority_of, type_of, which_of
from bot.parsing.one_line import one_line
from bot.parsing.places import coordinates_in
from core.queries.queries import Which
from core.vocabulary.places import Place, on_earth
from core.vocabulary.words import Priority, TaskType

ANY_TEXT = st.text(max_size=300) | st.from_regex(r"[!@#T0-9.,; /°-]{0,40}")
SPANS = st.lists(st.builds(Span, st.integers(-5, 50), st.integers(-5, 50), st.integers(1, 9)), max_size=4)


@pytest.mark.parametrize("word", ["T-000123", "t-123", "T–000123", "T123", "#123", "123", "T-123,", "«T-000123»"])
def test_a_code_is_read_however_it_is_written(word: str) -> None:
    assert code_in(word) == 123


@pytest.mark.parametrize("word", ["", "T-", "T-12a", "robo", "²", "١٢٣", "-5", "T-1.5", "9" * 16, "T-T-5"])
def test_what_is_no_code_is_none(word: str) -> None:
    assert code_in(word) is None


def test_what_follows_a_code_stays_as_it_was_written() -> None:
    found = coded("T-12 no hay nadie\nvuelvo a las 8")
    assert (found.task, found.rest) == (12, "no hay nadie\nvuelvo a las 8")


@pytest.mark.parametrize(
    ("word", "priority"),
    [("alta", Priority.HIGH), ("!Alta", Priority.HIGH), ("CRÍTICA", Priority.CRITICAL), ("high", Priority.HIGH)],
)
def test_a_priority_is_read_whatever_its_case_accents_and_language(word: str, priority: Priority) -> None:
    assert priority_of(word) is priority


def test_types_and_lists_are_read_in_both_languages() -> None:
    assert type_of("Investigación") is type_of("investigation") is TaskType.INVESTIGATION
    assert which_of("ACTIVAS") is which_of("open") is Which.OPEN
    assert (type_of("alta"), priority_of("patrullaje"), which_of("ayer")) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("-0.18065, -78.46784", Place(lat=-0.18065, lon=-78.46784)),
        ("-0,18065; -78,46784", Place(lat=-0.18065, lon=-78.46784)),
        ("(-2.1862 -79.8885)", Place(lat=-2.1862, lon=-79.8885)),
        ("95.5, 10.25", Place(lat=95.5, lon=10.25)),
        ("10 20", None),
        ("Calle 12.5 y 14.5", None),
        ("1.5", None),
    ],
)
def test_coordinates_are_read_as_people_paste_them(text: str, place: Place | None) -> None:
    assert coordinates_in(text) == place


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_coordinates_that_a_map_shows_are_read_back(lat: float, lon: float) -> None:
    place = coordinates_in(f"{lat:.5f}, {lon:.5f}")
    assert place is not None
    assert on_earth(place.lat, place.lon)
    assert abs(place.lat - lat) + abs(place.lon - lon) < 2e-5


@pytest.mark.parametrize("word", ["@beto", "@beto,", "@beto!"])
def test_a_user_name_is_read_with_what_stands_behind_it(word: str) -> None:
    assert username_in(word) == "beto"


def test_somebody_without_a_user_name_is_found_by_telegrams_mark() -> None:
    text = "🚓 Ana Mora vigila el parque"
    left, mentions = mentions_in(text, [Span(3, 8, 77)])
    assert left == "🚓 vigila el parque"
    assert mentions == (Mention(telegram_id=77),)


def test_a_line_says_type_priority_and_who_in_any_order() -> None:
    for text in ("Patrullaje zona norte !alta @beto", "@beto !alta Patrullaje zona norte"):
        line = one_line(text)
        assert line.title == "Patrullaje zona norte"
        assert line.type is TaskType.PATROL
        assert line.priorities == (Priority.HIGH,)
        assert line.mentions == (Mention(username="beto"),)


def test_a_line_keeps_what_is_no_order() -> None:
    line = one_line("Ojo !! con el perro ! @ 5")
    assert line.title == "Ojo !! con el perro ! @ 5"
    assert line.unknown is None


def test_a_line_tells_a_priority_that_there_is_not() -> None:
    line = one_line("Patrullaje !altísima !alta")
    assert line.unknown == "altísima"


@given(ANY_TEXT, SPANS)
def test_no_text_breaks_the_reading(text: str, spans: list[Span]) -> None:
    line = one_line(text, spans)
    assert line.title == " ".join(line.title.split())
    found = coded(text)
    assert found.task is None or 0 <= found.task < 10**15
    for read in (code_in, priority_of, type_of, which_of, coordinates_in, username_in):
        read(text)


@given(ANY_TEXT, SPANS)
def test_what_stands_for_people_is_taken_out_and_nothing_is_added(text: str, spans: list[Span]) -> None:
    left, mentions = without_spans(text, spans)
    assert len(left) <= len(text)
    assert len(mentions) == len(spans)
    left.encode()
