"""The configuration's part about people in danger: check-ins and rounds."""

from typing import Annotated

from bot.config.section import Section
from bot.config.types import AsList, Duration, KindOfWork, between
from core.rules.situation import Rules

DESK = Rules()


class Safety(Section):
    """Check-ins of people who work alone, and rounds of those on scene."""

    checkin_types: Annotated[tuple[KindOfWork, ...], AsList] = tuple(DESK.checkin_types)
    checkin_every: Annotated[Duration, between("1m", "12h")] = DESK.checkin_every
    grace: Annotated[Duration, between("10s", "30m")] = DESK.checkin_grace
    still_after: Annotated[Duration, between("1m", "24h")] = DESK.still_after
    round_every: Annotated[Duration, between("0s", "12h")] = DESK.round_every
