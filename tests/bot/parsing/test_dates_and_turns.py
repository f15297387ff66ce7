"""Dates, times, turns and hours as people write them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.civil import civil_in
from bot.parsing.every import every_in, months_in
from bot.parsing.slashed import readings_in
from bot.parsing.turns import length_in, windows_in
from bot.parsing.zones import zone_in
from core.vocabulary.civil import CivilTime
from core.vocabulary.rotas import Window

NOW = datetime.fromisoformat("2026-03-02T12:00")  # a Monday
ALL_DAYS = tuple(range(7))


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("domingo 03:00", "2026-03-08T03:00"),
        ("Sunday 3:00", "2026-03-08T03:00"),
        ("mié 07:00", "2026-03-04T07:00"),
        ("lunes 12:00", "2026-03-02T12:00"),
        ("lunes 11:59", "2026-03-09T11:59"),
        ("MAÑANA a las 7:30", "2026-03-03T07:30"),
        ("pasado mañana 8h", "2026-03-04T08:00"),
        ("hoy 19h", "2026-03-02T19:00"),
        ("13:00", "2026-03-02T13:00"),
        ("7h30", "2026-03-03T07:30"),
        ("24:00", "2026-03-03T00:00"),
        ("8 mar 19h", "2026-03-08T19:00"),
        ("mar 3 mar 07:00", "2026-03-03T07:00"),
        ("8 de marzo de 2027 7:00", "2027-03-08T07:00"),
        ("7/3 08:00", "2026-03-07T08:00"),
        ("1/8 08:00", "2026-08-01T08:00"),
        ("1/9/2025 08:00", "2025-09-01T08:00"),
        ("2/7 08:00", "2026-07-02T08:00"),
        ("2026-03-08 07:00", "2026-03-08T07:00"),
        ("3pm", "2026-03-02T15:00"),
        ("a las 7", "2026-03-03T07:00"),
        ("at 7", "2026-03-03T07:00"),
        ("las 7 de la noche", "2026-03-02T19:00"),
        ("7 y media", "2026-03-03T07:30"),
        ("mañana a las 7 y cuarto", "2026-03-03T07:15"),
        ("half past 7", "2026-03-03T07:30"),
        ("mediodía", "2026-03-02T12:00"),
        ("viernes al mediodía", "2026-03-06T12:00"),
        ("tomorrow at noon", "2026-03-03T12:00"),
        ("medianoche", "2026-03-03T00:00"),
        ("at midnight", "2026-03-03T00:00"),
        ("tonight at 8", "2026-03-02T20:00"),
        ("esta noche a las 8:30", "2026-03-02T20:30"),
        ("esta noche 20:15", "2026-03-02T20:15"),
        ("3 p.m.", "2026-03-02T15:00"),
        ("at 7:30 am", "2026-03-03T07:30"),
        ("12am", "2026-03-03T00:00"),
        ("12:30 pm", "2026-03-02T12:30"),
        ("tomorrow at 07:00", "2026-03-03T07:00"),
        ("tomorrow at 7 PM", "2026-03-03T19:00"),
        ("mañana a las 7 de la noche", "2026-03-03T19:00"),
        ("3 de la tarde", "2026-03-02T15:00"),
        ("march 8 07:00", "2026-03-08T07:00"),
        ("March 8th, 2027 at 3pm", "2027-03-08T15:00"),
        ("mar 8 07:00", "2026-03-08T07:00"),
        ("the 8th of march 7:00", "2026-03-08T07:00"),
        ("on Friday at 6pm", "2026-03-06T18:00"),
        ("12/25 08:00", "2026-12-25T08:00"),
        ("3/8 08:00", "2026-08-03T08:00"),
        ("3/8/2027 8am", "2027-08-03T08:00"),
        ("2026-03-08T07:00", "2026-03-08T07:00"),
    ],
)
def test_a_date_and_time_is_read(text: str, wall: str) -> None:
    assert civil_in(text, NOW) == CivilTime(wall=datetime.fromisoformat(wall))


def test_a_date_that_was_long_ago_is_the_next_years() -> None:
    december = datetime.fromisoformat("2026-12-20T12:00")
    assert civil_in("3/1 07:00", december) == CivilTime(wall=datetime.fromisoformat("2027-01-03T07:00"))


@pytest.mark.parametrize(
    ("text", "offset"), [("UTC-5", -300), ("UTC−5", -300), ("utc+10:30", 630), ("UTC +1030", 630), ("", None)]
)
def test_the_offset_says_which_of_two(text: str, offset: int | None) -> None:
    time = civil_in(f"dom 1 nov 01:30 {text}".strip(), NOW)
    assert time is not None
    assert (time.wall, time.offset) == (datetime.fromisoformat("2026-11-01T01:30"), offset)


NO_TIME = (
    *("", "7", "T", "domingo", "2026-03-08", "ayer 07:00", "25:00", "07:60", "24:30", "31/2 07:00", "0/0 07:00"),
    *(
        "30/2 07:00",
        "x 07:00",
        "9999-12-31 24:00",
        "0000-01-01 07:00",
        "8 foo 07:00",
        "foo 8 07:00",
        "13pm",
        "0 am",
        "13/13 07:00",
        "١٢/٢ x",
        "7" * 4_000,
        "a " * 99,
    ),
)


@pytest.mark.parametrize("text", NO_TIME)
def test_what_is_no_date_and_time_is_none(text: str) -> None:
    assert civil_in(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("diaria", timedelta(days=1)),
        ("SEMANAL", timedelta(days=7)),
        ("12 h", timedelta(hours=12)),
        ("8 horas", timedelta(hours=8)),
        ("3 días", timedelta(days=3)),
        ("2 semanas", timedelta(days=14)),
        ("90 min", timedelta(minutes=90)),
        ("1 week", timedelta(days=7)),
        ("nunca", None),
        ("3", None),
        ("-3 días", None),
        ("", None),
    ],
)
def test_a_length_is_read(text: str, length: timedelta | None) -> None:
    assert length_in(text) == length


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("siempre", ()),
        ("lun-vie 08:00-18:00", (Window(days=(0, 1, 2, 3, 4), opens=480, closes=1_080),)),
        ("lun a vie 8 a 18", (Window(days=(0, 1, 2, 3, 4), opens=480, closes=1_080),)),
        ("sáb y dom 0-24", (Window(days=(5, 6), opens=0, closes=0),)),
        ("vie-lun 22:00-06:00", (Window(days=(0, 4, 5, 6), opens=1_320, closes=360),)),
        ("todos los días 19:00-7:30", (Window(days=ALL_DAYS, opens=1_140, closes=450),)),
        (
            "lun 8-12\nmar, jue 9-13",
            (Window(days=(0,), opens=480, closes=720), Window(days=(1, 3), opens=540, closes=780)),
        ),
        ("weekdays 8am-6pm", (Window(days=(0, 1, 2, 3, 4), opens=480, closes=1_080),)),
        ("8am-6pm", (Window(days=ALL_DAYS, opens=480, closes=1_080),)),
        ("Mon to Fri from 8:30 a.m. to 12 pm", (Window(days=(0, 1, 2, 3, 4), opens=510, closes=720),)),
        ("weekend 10 pm to 6 am", (Window(days=(5, 6), opens=1_320, closes=360),)),
        ("entre semana de 8 a 18", (Window(days=(0, 1, 2, 3, 4), opens=480, closes=1_080),)),
        ("weekdays 13pm-6pm", None),
        ("lun 8", None),
        ("zzz 8-12", None),
        ("lun 8-25", None),
        ("lun 24-8", None),
        ("lun 8:70-9", None),
        ("", None),
    ],
)
def test_the_hours_of_a_week_are_read(text: str, windows: tuple[Window, ...] | None) -> None:
    assert windows_in(text) == windows


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("mensual", 1),
        ("Un mes", 1),
        ("2 meses", 2),
        ("cada 3 meses", 3),
        ("every month", 1),
        ("6 months", 6),
        ("m", None),
    ],
)
def test_months_are_read(text: str, months: int | None) -> None:
    assert months_in(text) == months


@pytest.mark.parametrize(
    ("text", "every", "rest"),
    [
        ("cada 3 días 08:00-20:00", 3, "08:00-20:00"),
        ("Cada dos días", 2, ""),
        ("every other day, 8-18", 2, "8-18"),
        ("día por medio 19:00-07:00", 2, "19:00-07:00"),
        ("un día sí y otro no", 2, ""),
        ("lun-vie 8-18", 1, "lun-vie 8-18"),
        ("cada día 8-18", 1, "cada día 8-18"),
    ],
)
def test_each_second_or_third_day_is_read(text: str, every: int, rest: str) -> None:
    assert every_in(text) == (every, rest)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("America/Guayaquil", "America/Guayaquil"),
        ("america/guayaquil", "America/Guayaquil"),
        ("Guayaquil", "America/Guayaquil"),
        ("new york", "America/New_York"),
        ("UTC", "UTC"),
        ("Marte", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_a_zone_is_read(text: str, zone: str | None) -> None:
    assert zone_in(text) == zone


@given(st.text(max_size=120) | st.from_regex(r"[a-z0-9 /:,;.hT+-]{0,90}", fullmatch=True))
def test_no_text_breaks_the_reading(text: str) -> None:
    civil_in(text, NOW)
    length_in(text)
    windows_in(text)
    months_in(text)
    every_in(text)
    zone_in(text)


@pytest.mark.parametrize(
    ("text", "walls"),
    [
        ("3/8 08:00", ("2026-08-03T08:00", "2026-03-08T08:00")),
        ("03/04/2027 3pm", ("2027-04-03T15:00", "2027-03-04T15:00")),
        ("on 4/3 at 7:30", ("2026-03-04T07:30", "2026-04-03T07:30")),
        ("5/5 08:00", ("2026-05-05T08:00",)),
        ("12/25 08:00", ("2026-12-25T08:00",)),
        ("25/12 08:00", ("2026-12-25T08:00",)),
        ("2026-03-08 07:00", ("2026-03-08T07:00",)),
        ("march 8 07:00", ("2026-03-08T07:00",)),
        ("0/3 08:00", ()),
    ],
)
def test_an_english_date_between_slashes_has_two_readings(text: str, walls: tuple[str, ...]) -> None:
    expected = tuple(CivilTime(wall=datetime.fromisoformat(wall)) for wall in walls)
    assert readings_in(text, NOW, "en") == expected
    assert readings_in(text, NOW, "es") == expected[:1]
