"""Places that programs send: of a task one that is hardly meant is refused, of an emergency whatever came is told."""

from http import HTTPStatus

from core.queries.known_places import known_places
from core.queries.queries import Queries
from core.rules.place_doubts import FAR, doubt
from core.rules.reporting import ADDRESS_LIMIT
from core.vocabulary.places import Place, on_earth
from metrics.api.requests import SentPlace
from metrics.problems import Problem, ProblemError


async def check_meant(queries: Queries, place: Place | None) -> None:
    """Refuse a place of a task that is hardly meant; the sentence says why, and which may be.

    Raises:
        ProblemError: it is in doubt.
    """
    found = doubt(place, await known_places(queries), typed=True) if place is not None else None
    # Nearer than that it may be meant, and a program can't be asked back: the card says that it is in doubt.
    if found is None or (found.away is not None and found.away <= FAR):
        return
    detail = "lat 0, lon 0 is a point in the sea: leave the place out where it is not known."
    if found.instead is not None and found.away is not None:
        instead, away = found.instead, found.away / 1_000
        detail = f"It is {away:.0f} km from the desk's other places; lat {instead.lat}, lon {instead.lon} is near them."
    raise ProblemError(
        Problem(
            type="urn:gad:problem:place-in-doubt",
            title="The place is hardly meant",
            status=HTTPStatus.CONFLICT,
            detail=detail,
        )
    )


def place_of_emergency(sent: SentPlace | None, address: str | None) -> tuple[Place | None, str | None]:
    """The place and the address of an emergency: degrees that name no point are part of the address, to be read."""
    if sent is None:
        return None, address
    try:
        lat, lon = float(sent.lat), float(sent.lon)
    except ValueError:
        lat = lon = float("nan")
    if on_earth(lat, lon):
        return Place(lat, lon), address
    said = f"{sent.lat}, {sent.lon}"
    return None, f"{address[: ADDRESS_LIMIT - len(said) - 3]} ({said})" if address else said
