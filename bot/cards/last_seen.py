"""Where somebody was seen last, for whoever looks after them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.cards.card_lines import point
from bot.ui.texts import Html, Texts
from core.state.person import Person


def last_seen(person: Person, texts: Texts, now: datetime) -> Iterator[Html]:
    """The place and its age; nothing where none is known."""
    known = person.known_at(now)
    if person.position is not None and known is not None:
        where, age = point(person.position.place), texts.lasting(max(now - known, timedelta(0)))
        yield texts("check-in-ended-at", point=where, age=age)
