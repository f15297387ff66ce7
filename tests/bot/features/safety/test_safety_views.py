"""Screens of lone workers, and the card of an alarm."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.cards.card import card
from bot.features.emergency.stale_view import stale_screen
from bot.features.safety.checkin_view import (
    check_in_screen,
    fine_words,
    leaving_screen,
    no_check_in_screen,
    noted_screen,
)
from bot.ui.texts import Texts
from core.state.checkins import CheckIn
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.alarms import Alarm, Trigger
from core.vocabulary.places import Place, Position
from tests.bot.ui.people import ANA, ES, EVERY_LANGUAGE, NOW, SONIA, labels, shown
from tests.bot.ui.tasks import BETO, JUAN, OPENED, PARK, ROBBERY, file_of

MINUTE = timedelta(minutes=1)
CHECK_IN = CheckIn(
    person=JUAN.id,
    every=90 * MINUTE,
    grace=2 * MINUTE,
    still_after=10 * MINUTE,
    due_at=NOW + 90 * MINUTE,
    still_since=NOW,
    by_hand=True,
)
TRACK = (
    Position(place=Place(-2.1800, -79.8800), at=NOW - 30 * MINUTE),
    Position(place=PARK, at=NOW - 20 * MINUTE),
)


def alarm(trigger: Trigger) -> Task:
    """An alarm for Juan, twenty minutes after he was last seen."""
    raised = Alarm(trigger=trigger, person=JUAN.id, track=TRACK)
    reporter = None if raised.silent else JUAN.id
    return replace(ROBBERY, title="", reporter=reporter, alarm=raised)


@EVERY_LANGUAGE
def test_every_state_of_a_check_in_reads_well(texts: Texts) -> None:
    for check_in in (
        None,
        CHECK_IN,
        replace(CHECK_IN, answered_at=NOW, by_hand=False, tasks=(7, 8)),
        replace(CHECK_IN, alarm=12),
        *(replace(CHECK_IN, asked=why, asked_at=NOW) for why in (Trigger.LATE, Trigger.LOST, Trigger.STILL)),
    ):
        assert shown(check_in_screen(check_in, texts))
    for screen in (no_check_in_screen(texts), noted_screen(CHECK_IN, texts), leaving_screen("fuera", texts)):
        assert shown(screen)
    assert shown(stale_screen(ROBBERY, texts, NOW + 14 * MINUTE))
    assert len(fine_words(texts)) > 2


def test_minutes_stay_minutes() -> None:
    assert "Control cada 90 min" in shown(check_in_screen(CHECK_IN, ES))
    assert "antes de las 12:12" in shown(check_in_screen(CHECK_IN, ES))


def test_no_button_changes_places_with_its_opposite() -> None:
    """*Estoy bien* is where it was when the question comes and when it was answered."""
    quiet, asked = (
        labels(check_in_screen(CHECK_IN, ES)),
        labels(check_in_screen(replace(CHECK_IN, asked=Trigger.LATE), ES)),
    )
    assert quiet[0] == asked[0] == ["Estoy bien", "Necesito ayuda"]
    assert labels(check_in_screen(replace(CHECK_IN, alarm=12), ES))[0] == ["Estoy bien"]


@EVERY_LANGUAGE
@pytest.mark.parametrize("trigger", Trigger)
def test_an_alarm_says_why_it_was_raised_to_everybody_who_may_read_it(texts: Texts, trigger: Trigger) -> None:
    task = alarm(trigger)
    for reader in (None, SONIA, ANA):
        text = shown(card(file_of(task), reader, texts, NOW, event=OPENED))
        assert shown(card(file_of(task), reader, texts, NOW)) in text
        assert str(texts(f"alarm-{trigger.value}")) in text
        assert "-2.18000, -79.88000" in text
        assert "10:22" in text


def test_a_silent_alarm_says_so_before_anything_else() -> None:
    text = shown(card(file_of(alarm(Trigger.DURESS)), SONIA, ES, NOW, event=OPENED))
    assert text.startswith("🤫 ALARMA SILENCIOSA")
    assert "En peligro: Juan Pérez" in text
    assert "No llames ni escribas a esa persona" in text
    offered = e.Offered(agent=BETO.id)
    assert "ALARMA SILENCIOSA" in shown(card(file_of(alarm(Trigger.DURESS)), BETO, ES, NOW, event=offered))


def test_whoever_it_is_for_reads_that_it_was_opened_in_their_name() -> None:
    text = shown(card(file_of(alarm(Trigger.LATE)), JUAN, ES, NOW, event=OPENED))
    assert "La abrí en tu nombre" in text
    assert "Estuvo en" not in text
    assert "En nombre de Juan Pérez" in shown(card(file_of(alarm(Trigger.LATE)), SONIA, ES, NOW))
