"""Who is nearest and free."""

from datetime import datetime
from math import cos, radians

from sqlalchemy import BindParameter, Integer, bindparam, exists, or_, select

from core.person import Person
from core.places import Place, distance
from core.situation import Candidate
from storage.instants import to_ms
from storage.people import person_of
from storage.session import Query, Session, const
from storage.tables import AssignmentRow, PersonRow, table

_person, _part = table(PersonRow), table(AssignmentRow)
_c = _person.c
_free = (
    _c.membership == const("active"),
    _c.availability == const("available"),
    _c.hold.is_(None),
    _c.reachable == const(1),
    _c.role == const(1),
    _c.id != bindparam("reporter"),
    ~exists().where(_part.c.task == bindparam("task"), _part.c.agent == _c.id),
)
_west: BindParameter[float] = bindparam("west")
_east: BindParameter[float] = bindparam("east")
_in_box = Query(
    select(_person).where(
        *_free,
        _c.lat.between(bindparam("south"), bindparam("north")),
        or_(_c.lon.between(_west, _east), _c.lon.between(_west + 360, 180), _c.lon.between(-180, _east - 360)),
        _c.seen_at >= bindparam("seen_after"),
    )
)
_unplaced = Query(
    select(_person)
    .where(*_free, or_(_c.seen_at.is_(None), _c.seen_at < bindparam("seen_after")))
    .order_by(_c.seen_at.desc(), _c.id)
    .limit(bindparam("most", type_=Integer))
)
METRES_PER_DEGREE = 110_000
RADII = (1_000, 5_000, 25_000, 125_000, 625_000, 3_125_000, 20_100_000)


async def free_agents(
    session: Session, place: Place | None, *, seen_after: datetime, task: int, reporter: int | None, most: int
) -> tuple[Candidate, ...]:
    """Free agents who have no part in the task, nearest first; those not seen since ``seen_after`` come last."""
    asked = {"seen_after": to_ms(seen_after), "task": task, "reporter": reporter or 0}
    placed = await _nearest(session, place, asked, most) if place else []
    if len(placed) < most:
        cutoff = asked if place else asked | {"seen_after": 2**62}
        rows = await session.rows(_unplaced, **cutoff, most=most - len(placed))
        placed += [Candidate(person=person_of(row)) for row in rows]
    return tuple(placed[:most])


async def _nearest(session: Session, place: Place, asked: dict[str, int], most: int) -> list[Candidate]:
    """Boxes that grow until one surely holds the nearest: nobody outside a box is nearer than its half side."""
    found: list[Candidate] = []
    for radius in RADII:
        people = [person_of(row) for row in await session.rows(_in_box, **asked, **_box(place, radius))]
        found = sorted((_candidate(person, place) for person in people), key=lambda one: one.distance or 0.0)
        if sum((one.distance or 0.0) <= radius for one in found) >= most:
            break
    return found[:most]


def _candidate(person: Person, place: Place) -> Candidate:
    assert person.position is not None
    return Candidate(person=person, distance=distance(place, person.position.place))


def _box(place: Place, radius: float) -> dict[str, float]:
    half = radius / METRES_PER_DEGREE
    narrowest = cos(radians(min(abs(place.lat) + half, 90.0)))
    wide = 180.0 if narrowest < half / 180 else min(half / narrowest, 180.0)
    return {
        "south": place.lat - half,
        "north": place.lat + half,
        "west": place.lon - wide,
        "east": place.lon + wide,
    }
