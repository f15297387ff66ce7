"""A place in doubt is asked about, with a button for each that may be meant."""

from collections.abc import Callable

from bot.conversation.turn import RegisteredTurn
from bot.ui.screen import Button, Screen
from bot.ui.texts import Texts
from core.queries.known_places import known_places
from core.rules.place_doubts import Doubt, doubt
from core.vocabulary.places import Place, on_earth


async def doubt_about(turn: RegisteredTurn, place: Place, *, typed: bool) -> Doubt | None:
    """The doubt about a place, seen from where the newest tasks are and their people were."""
    return doubt(place, await known_places(turn.queries, turn.person) if typed else [], typed=typed)


def doubt_screen(found: Doubt, texts: Texts, choose: Callable[[str, Place], Button]) -> Screen:
    """The question; ``choose`` makes the button with this label for this place."""
    where = spoken_place(found.place)
    if found.instead is None:
        return Screen(text=texts("place-zero", place=where), buttons=((choose(texts("button-there"), found.place),),))
    if found.away is None:
        text = texts("place-nowhere", place=where)
    else:
        text = texts("place-far", place=where, distance=texts.distance(found.away))
    may_be = [place for place in (found.instead, found.place) if on_earth(place.lat, place.lon)]
    return Screen(text=text, buttons=tuple((choose(f"📍 {spoken_place(place)}", place),) for place in may_be))


def spoken_place(place: Place) -> str:
    """``-0.18065, -78.46784``: five decimals are a metre."""
    return f"{place.lat:.5f}, {place.lon:.5f}"
