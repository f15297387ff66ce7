"""The people, the catalogue and the moment that tests of views share."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.state.person import Person
from core.vocabulary.words import Availability, Membership, Role
from emulator.markup.html import parse_html

NOW = datetime(2026, 3, 2, 15, 42, tzinfo=UTC)
ES, EN = (Texts(language, ZoneInfo("America/Guayaquil")) for language in ("es", "en"))
EVERY_LANGUAGE = pytest.mark.parametrize("texts", [ES, EN], ids=["es", "en"])

ANA = Person(
    id=7,
    account=700,
    name="Ana Ruiz",
    username="ana",
    membership=Membership.ACTIVE,
    availability=Availability.AVAILABLE,
)
MARTA = Person(id=1, account=100, name="Marta Solís", role=Role.ADMIN, membership=Membership.ACTIVE)
SONIA = Person(id=2, account=200, name="Sonia Vera", role=Role.SUPERVISOR, membership=Membership.ACTIVE)
NEWCOMER = Person(id=9, account=900, name="Iván <b>Paz</b> & Cía", username="ivan")


def shown(screen: Screen) -> str:
    """The text as Telegram shows it, without its tags; ApiError where Telegram would refuse it."""
    return parse_html(screen.text)[0]


def labels(screen: Screen) -> list[list[str]]:
    """Labels of the buttons, row by row."""
    return [[button.text for button in row] for row in screen.buttons]


def said_by(screen: Screen, label: str) -> str:
    """Data that a button sends when it is pressed."""
    return next(button.data for row in screen.buttons for button in row if button.text == label)
