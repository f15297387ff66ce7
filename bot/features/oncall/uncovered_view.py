"""Hours of the next days that a rota has nobody for: what whoever makes it reads, with the door to the rota."""

from datetime import datetime

from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.moments import span
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.state.uncovered import Span, unmet
from core.state.units import Unit
from core.vocabulary import unit_events as u

SHOWN = 3


def uncovered_screen(event: u.UncoveredFound, unit: Unit, texts: Texts, now: datetime) -> Screen:
    """The hours, and the button that opens the rota."""
    hours = hours_text(unmet(unit.rota, now, event.until), texts)
    door = button(texts("uncovered-open"), Action.ONCALL, unit.id)
    return Screen(text=texts("uncovered-found", unit=user_text.name(unit.name), hours=hours), buttons=((door,),))


def hours_text(spans: tuple[Span, ...], texts: Texts) -> Html:
    """The first of these hours."""
    shown = [span(start, end, texts) for start, end in spans[:SHOWN]]
    return Html("; ".join(shown) + ("…" if len(spans) > SHOWN else ""))
