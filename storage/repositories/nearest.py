"""The nearest free agents, at the same cost among ten agents and among a million (P11)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import cos, radians, sqrt
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, bindparam, func, or_, select, union_all

from core.rules.situation import Candidate
from core.state.person import Person
from core.vocabulary.places import Place, distance
from core.vocabulary.words import AssignmentState
from storage.engine.locks import of_choice
from storage.engine.many import Many
from storage.engine.session import Query, Session, const
from storage.repositories import people_by_id
from storage.repositories.free import IS_FREE, NOT_SPOKEN_FOR, STILL_FREE
from storage.repositories.people import person_of
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.spatial_index import ranges
from storage.schema.tables import PersonRow, table

_person = table(PersonRow)
_free = (*IS_FREE, NOT_SPOKEN_FOR, col(PersonRow.id) != bindparam("reporter"))


class _Seen(NamedTuple):
    id: int
    lat: float
    lon: float


class _Looks(NamedTuple):
    """The ways to look: all of a few, whoever is in a box, whoever was not seen lately."""

    few: Query[_Seen]
    in_box: Query[_Seen]
    unseen: Query[int]


def _looks(*free: ColumnElement[bool]) -> _Looks:
    """The ways to look among those who are ``free``."""
    seen = select(col(PersonRow.id), col(PersonRow.lat), col(PersonRow.lon))
    # Each half has an index of its own: seen lately; or long ago, and sharing their location since.
    few = union_all(
        seen.where(*free, col(PersonRow.seen_at) >= bindparam("seen_after")),
        seen.where(
            *free,
            col(PersonRow.live_until) > const(0),
            col(PersonRow.live_until) >= bindparam("seen_after"),
            col(PersonRow.seen_at) + const(0) < bindparam("seen_after"),
        ),
    ).limit(bindparam("most", type_=Integer))
    in_box = union_all(
        *(
            seen.where(
                *free,
                col(PersonRow.cell).between(bindparam(f"first_{n}"), bindparam(f"last_{n}")),
                # a sum: the index of cells is the one to use
                or_(
                    col(PersonRow.seen_at) + const(0) >= bindparam("seen_after"),
                    col(PersonRow.live_until) + const(0) >= bindparam("seen_after"),
                ),
                col(PersonRow.lat).between(bindparam("south"), bindparam("north")),
                col(PersonRow.lon).between(bindparam("west"), bindparam("east")),
            )
            for n in range(4)
        )
    )
    unseen = (
        select(col(PersonRow.id))
        .where(
            *free,
            col(PersonRow.seen_at) < bindparam("seen_after"),
            col(PersonRow.live_until) + const(0) < bindparam("seen_after"),
        )
        .order_by(col(PersonRow.seen_at).desc(), col(PersonRow.id).desc())
        .limit(bindparam("most", type_=Integer))
    )
    return _Looks(Query(few, _Seen), Query(in_box, _Seen), Query.value(unseen))


_anybody = _looks(*_free)
# The indexes are of whoever has any capability, so that the others cost nothing.
_able = _looks(
    col(PersonRow.capabilities).is_not(None),
    func.replace(col(PersonRow.capabilities), bindparam("able"), const("")) != col(PersonRow.capabilities),
    *_free,
)
_still_free = Many(lambda ids: Query(select(_person).where(col(PersonRow.id).in_(ids), *STILL_FREE), PersonRow))
FEW = 32
METRES_PER_DEGREE = 110_000  # a little less than there are anywhere
# Metres. Measured with a million agents in a city: first looks half as wide or twice as wide cost up to twice as much.
FIRST_LOOK, FIRST_LOOK_ABLE, EVERYWHERE = 150.0, 400.0, 21_000_000.0
GROWTH = 3.0
EVER = 2**62
_NO_CELLS = (0, -1)


async def free_agents(
    session: Session,
    place: Place | None,
    *,
    seen_after: datetime,
    task: int,
    reporter: int | None,
    most: int,
    again: bool = False,
    able: str = "",
) -> tuple[Candidate, ...]:
    """Free agents who have not refused the task, nearest first; those of an unknown place come last.

    It is known when they were seen, or shared it live, after ``seen_after``. With ``again``, to let the time to answer
    run out is no refusal. The ``reporter`` of what is only being opened is left out; that of an open emergency is not
    free. ``able``: only those who have this capability.
    """
    asked = _asked(seen_after, task, reporter, again=again, able=able)
    return await _candidates(session, await _found(session, place, asked, most))


async def to_ask(
    session: Session,
    place: Place | None,
    *,
    seen_after: datetime,
    task: int,
    reporter: int | None,
    most: int,
    again: bool = False,
    first: tuple[int, ...] = (),
    able: str = "",
) -> tuple[Candidate, ...]:
    """As ``free_agents``, without those whom another emergency chooses at this moment: it asks them as it is kept.

    Those in ``first`` come before the others. Nobody is locked yet: they are as they are kept, if they are free then.
    The ``reporter`` of what is only being opened is chosen by nobody else either.
    """
    asked = _asked(seen_after, task, reporter, again=again, able=able)
    calls = (reporter,) if reporter is not None and not task else ()
    persons: dict[int, Person] = {}
    tried: set[int] = set()
    while True:
        found = dict.fromkeys(first) | await _found(session, place, asked, len(tried) + most)
        fresh = [agent for agent in found if agent not in tried][: most - len(persons)]
        choice = session.try_lock(*map(of_choice, (*calls, *fresh)))
        rows = await _still_free.ask(session, fresh) if fresh else []
        mine = await choice
        persons |= {row.id: person_of(row) for row in rows if of_choice(row.id) in mine}
        tried.update(fresh)
        if len(persons) == most or not fresh:
            return tuple(
                Candidate(person=persons[agent], distance=metres) for agent, metres in found.items() if agent in persons
            )


async def any_free(session: Session, people: Sequence[int]) -> bool:
    """Whether one of these people is free."""
    return bool(people and await _still_free.ask(session, people))


def _asked(seen_after: datetime, task: int, reporter: int | None, *, again: bool, able: str) -> dict[str, Any]:
    spared = AssignmentState.EXPIRED.value if again else ""
    return {"seen_after": to_ms(seen_after), "task": task, "reporter": reporter or 0, "spared": spared} | _who(able)


def _who(able: str) -> dict[str, str]:
    """The capability as it stands on disk; nothing where anybody will do."""
    return {"able": f"|{able}|"} if able else {}


def _ways(asked: dict[str, Any]) -> _Looks:
    return _able if "able" in asked else _anybody


async def _candidates(session: Session, found: dict[int, float | None]) -> tuple[Candidate, ...]:
    persons = await people_by_id.several(session, found)
    return tuple(Candidate(person=persons[agent], distance=metres) for agent, metres in found.items())


async def _found(session: Session, place: Place | None, asked: dict[str, Any], most: int) -> dict[int, float | None]:
    """Metres of each agent, None for those of an unknown place."""
    nearest = await _nearest(session, place, asked, most) if place is not None else []
    found: dict[int, float | None] = {agent: metres for metres, agent in nearest}
    if len(found) < most:
        rest = asked if place is not None else asked | {"seen_after": EVER}
        found |= dict.fromkeys(await session.rows(_ways(asked).unseen, **rest, most=most - len(found)))
    return found


async def _nearest(session: Session, place: Place, asked: dict[str, Any], most: int) -> list[tuple[float, int]]:
    """Metres and id of the nearest.

    All of a few; else boxes grow until one surely holds the nearest: an agent outside of it is farther away than its
    half side.
    """
    few = await session.rows(_ways(asked).few, **asked, most=FEW)
    if len(few) < FEW:
        return _by_distance(few, place)[:most]
    radius = FIRST_LOOK if "able" not in asked else FIRST_LOOK_ABLE
    while True:
        rows = [row for box in _boxes(place, radius) for row in await session.rows(_ways(asked).in_box, **asked, **box)]
        found = _by_distance(rows, place)
        surely = len(found) >= most and found[most - 1][0] <= radius
        if surely or radius >= EVERYWHERE:
            return found[:most]
        if len(found) >= most:
            radius = found[most - 1][0] * 1.001  # nobody who is not in this box can be nearer
        else:
            # Twice as many as are wanted, if they are as close together farther out.
            radius *= min(GROWTH, sqrt(2 * most / max(len(found), 1)))


def _by_distance(rows: list[_Seen], place: Place) -> list[tuple[float, int]]:
    return sorted((distance(place, Place(row.lat, row.lon)), row.id) for row in rows)


def _boxes(place: Place, radius: float) -> Iterator[dict[str, float]]:
    """The box around a place, in two halves where it crosses the antimeridian."""
    half = radius / METRES_PER_DEGREE
    narrowest = cos(radians(min(abs(place.lat) + half, 90.0)))
    wide = half / narrowest if narrowest * 180 > half else 180.0
    west, east = place.lon - wide, place.lon + wide
    if wide >= 180:
        yield _box(place, half, -180.0, 180.0)
    else:
        yield _box(place, half, max(west, -180.0), min(east, 180.0))
        if west < -180:
            yield _box(place, half, west + 360, 180.0)
        if east > 180:
            yield _box(place, half, -180.0, east - 360)


def _box(place: Place, half: float, west: float, east: float) -> dict[str, float]:
    south, north = max(place.lat - half, -90.0), min(place.lat + half, 90.0)
    found = ranges(south=south, north=north, west=west, east=east)
    cells: dict[str, float] = {}
    for n, (first, last) in enumerate(found + [_NO_CELLS] * (4 - len(found))):
        cells |= {f"first_{n}": first, f"last_{n}": last}
    return {"south": south, "north": north, "west": west, "east": east, **cells}
