"""How long the desk keeps what it knows of people (P15); `docs/privacy.md` says where each of it lies."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.config.section import Section
from bot.config.types import Duration, between


class Privacy(Section):
    """The person to ask about data, and the ages at which things are deleted or blanked.

    Telegram redelivers for a day, and whatever is redelivered must be known again: messages are kept for two at least.
    A closed task can be begun again for a day, and is spoken of for longer: its words are kept for thirty at least.
    """

    controller: str = Field(default="", max_length=300)
    location_retention: Annotated[Duration, between("10m", "30d")] = timedelta(hours=24)
    track: Annotated[Duration, between("10m", "30d")] = timedelta(hours=12)
    pending: Annotated[Duration, between("1d", "365d")] = timedelta(days=30)
    messages: Annotated[Duration, between("2d", "90d")] = timedelta(days=7)
    evidence: Annotated[Duration, between("30d", "7300d")] = timedelta(days=730)
