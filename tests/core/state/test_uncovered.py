"""Uncovered hours: those that a rota leaves open, and those that it wants and nobody has."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings

from core.state.shifts import on_duty
from core.state.uncovered import uncovered, unmet
from core.vocabulary.rotas import Absence, Cover, Rota, Rotation, Window
from tests.core.state.test_shifts import rotas
from tests.core.zones import clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 5, tzinfo=UTC)  # midnight in Guayaquil
OFFICE = Window(days=(0, 1, 2, 3, 4), opens=8 * 60, closes=18 * 60)
TURNS = Rotation(id=1, people=(1, 2), begins=clock("2026-03-02T00:00"), length=DAY, windows=(OFFICE,))
SERVICES = Rota(zone="America/Guayaquil", rotations=(TURNS,))


def hours(span: tuple[datetime, datetime]) -> tuple[float, float]:
    return (span[0] - MONDAY) / HOUR, (span[1] - MONDAY) / HOUR


def test_office_hours_leave_the_nights_and_the_weekend_open() -> None:
    found = [hours(span) for span in uncovered(SERVICES, MONDAY, MONDAY + 7 * DAY)]
    assert found == [(0, 8), (18, 32), (42, 56), (66, 80), (90, 104), (114, 168)]
    nights = Rotation(id=2, people=(3,), begins=TURNS.begins, length=DAY)
    assert uncovered(Rota(zone="America/Guayaquil", rotations=(TURNS, nights)), MONDAY, MONDAY + 7 * DAY) == ()
    assert unmet(SERVICES, MONDAY, MONDAY + 7 * DAY) == (), "nobody is wanted there"


def test_hours_for_which_everybody_is_away_are_nobodys_until_somebody_stands_in() -> None:
    away = tuple(Absence(id=n, person=n, start=MONDAY + 9 * HOUR, end=MONDAY + 40 * HOUR) for n in (1, 2))
    rota = Rota(zone="America/Guayaquil", rotations=(TURNS,), absences=away)
    assert [hours(span) for span in unmet(rota, MONDAY, MONDAY + 7 * DAY)] == [(9, 18), (32, 40)]
    cover = Cover(id=9, rotation=1, person=3, start=MONDAY + 9 * HOUR, end=MONDAY + 33 * HOUR)
    covered = Rota(zone="America/Guayaquil", rotations=(TURNS,), absences=away, covers=(cover,))
    assert [hours(span) for span in unmet(covered, MONDAY, MONDAY + 7 * DAY)] == [(33, 40)]


@settings(max_examples=60, deadline=None)
@given(rotas())
def test_every_hour_is_somebodys_or_is_said_to_be_nobodys(drawn: tuple[Rota, datetime]) -> None:
    rota, start = drawn
    end = start + 3 * DAY
    found = uncovered(rota, start, end)
    moment = start
    while moment < end:
        said = any(a <= moment < b for a, b in found)
        assert said is not bool(on_duty(rota, moment))
        moment += timedelta(minutes=17)
