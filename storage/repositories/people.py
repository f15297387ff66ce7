"""Persons on disk."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import BigInteger, Integer, bindparam, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from core.state.checkins import Sighting
from core.state.person import Person
from core.vocabulary.lookalikes import looks
from core.vocabulary.places import Place, Position
from core.vocabulary.words import Availability, Membership, Role
from storage.engine import locks
from storage.engine.errors import Overtaken
from storage.engine.locks import Lock, of_account, of_person
from storage.engine.session import Query, Session, const
from storage.repositories import accounts, counters, namesakes
from storage.repositories.last_places import columns_of
from storage.schema.instants import from_ms, maybe_from_ms, maybe_ms, to_ms
from storage.schema.rows import col
from storage.schema.tables import PersonRow, table
from storage.schema.unit_tables import DutyRow


class Silenced(NamedTuple):
    """Somebody who takes no messages, and where they took them."""

    address: int
    person: int


_person = table(PersonRow)
_c = _person.c
_columns = [column.name for column in _person.columns if column.name not in ("id", "free")]
_KEPT = ("name", "username", "role", "membership", "availability", "unit", "shift_since", "reachable", "capabilities")
_by_id = Query(select(_person).where(col(PersonRow.id) == bindparam("id_")), PersonRow)
_by_account = Query(select(_person).where(col(PersonRow.telegram_id) == bindparam("telegram_id")), PersonRow)
_called = Query(select(_person).where(col(PersonRow.username) == bindparam("username")), PersonRow)
_page = Query(
    select(_person)
    .where(
        col(PersonRow.membership) == bindparam("membership"),
        col(PersonRow.role) == bindparam("role"),
        tuple_(col(PersonRow.name), col(PersonRow.id)) > tuple_(bindparam("name"), bindparam("after")),
    )
    .order_by(col(PersonRow.name), col(PersonRow.id))
    .limit(bindparam("most", type_=Integer)),
    PersonRow,
)
_of_unit = Query(
    select(_person)
    .where(
        col(PersonRow.unit) == bindparam("unit"),
        col(PersonRow.unit).is_not(None),
        tuple_(col(PersonRow.name), col(PersonRow.id)) > tuple_(bindparam("name"), bindparam("after")),
    )
    .order_by(col(PersonRow.name), col(PersonRow.id))
    .limit(bindparam("most", type_=Integer)),
    PersonRow,
)
_id_of = Query.value(select(col(PersonRow.id)).where(col(PersonRow.telegram_id) == bindparam("telegram_id")))
_silenced = Query(
    select(col(PersonRow.telegram_id).label("address"), col(PersonRow.id).label("person")).where(
        col(PersonRow.membership) == const("active"), col(PersonRow.reachable) == const(0)
    ),
    Silenced,
)
_new = insert(_person).values({name: bindparam(name) for name in _columns})
_add = Query.value(_new.returning(col(PersonRow.id)))
_add_as = Query.value(_new.values(id=bindparam("id_")).returning(col(PersonRow.id)))
_save = Query(
    update(_person)
    .where(
        col(PersonRow.id) == bindparam("id_"),
        *(_c[name].is_not_distinct_from(bindparam(f"was_{name}")) for name in _KEPT),
    )
    .values({name: bindparam(name) for name in _KEPT})
)
_watches = Query.value(select(col(DutyRow.unit)).where(col(DutyRow.person) == bindparam("person")))
_change_watches = Query(
    update(table(DutyRow)).where(col(DutyRow.person) == bindparam("person")).values(role=bindparam("role"))
)
_move = Query(
    update(_person)
    .where(
        col(PersonRow.telegram_id) == bindparam("who"),
        col(PersonRow.seen_at) <= bindparam("seen_at"),
        col(PersonRow.membership) == const("active"),
    )
    .values(
        {name: bindparam(name) for name in ("lat", "lon", "accuracy", "cell", "seen_at")}
        | {"live_until": func.coalesce(bindparam("live_until", type_=BigInteger), col(PersonRow.live_until))}
    )
)


def person_of(row: PersonRow) -> Person:
    """A person from their row."""
    position = None
    if row.lat is not None and row.lon is not None:
        place = Place(lat=row.lat, lon=row.lon)
        position = Position(place=place, at=from_ms(row.seen_at), accuracy=row.accuracy)
    return Person(
        id=row.id,
        account=row.telegram_id,
        name=row.name,
        username=row.username,
        role=Role(row.role),
        membership=Membership(row.membership),
        availability=Availability(row.availability),
        position=position,
        live_until=from_ms(row.live_until) if row.live_until else None,
        hold=row.hold,
        unit=row.unit,
        shift_since=maybe_from_ms(row.shift_since),
        reachable=bool(row.reachable),
        apart=row.apart,
        capabilities=tuple(row.capabilities.strip("|").split("|")) if row.capabilities else (),
    )


def _kept(person: Person) -> dict[str, Any]:
    """The values of what `save` keeps of somebody who is known (``_KEPT``)."""
    return {
        "name": person.name,
        "username": person.username.lower() if person.username else None,
        "role": int(person.role),
        "membership": person.membership.value,
        "availability": person.availability.value,
        "unit": person.unit,
        "shift_since": maybe_ms(person.shift_since),
        "reachable": int(person.reachable),
        "capabilities": f"|{'|'.join(person.capabilities)}|" if person.capabilities else None,
    }


def _values(person: Person) -> dict[str, Any]:
    return {
        **_kept(person),
        "telegram_id": person.account,
        "hold": person.hold,
        **columns_of(person.position),
        "live_until": to_ms(person.live_until) if person.live_until is not None else 0,
        "looks": looks(person.name),
        "apart": person.apart,
    }


async def by_id(session: Session, person_id: int) -> Person | None:
    """A person by the desk's own id."""
    row = await session.row(_by_id, id_=person_id)
    return person_of(row) if row is not None else None


async def by_account(session: Session, account: int) -> Person | None:
    """A person by their account."""
    row = await session.row(_by_account, telegram_id=account)
    return person_of(row) if row is not None else None


async def by_username(session: Session, username: str) -> Person | None:
    """A person by their user name, without the @, in any case: who is in before who is not, then who came last."""
    found = await called(session, username)
    return max(found, key=lambda person: (person.active, person.id), default=None)


async def called(session: Session, username: str) -> tuple[Person, ...]:
    """Everybody who is known by this user name: one person, but for what earlier releases kept."""
    return tuple(person_of(row) for row in await session.rows(_called, username=username.lower()))


async def by_name(session: Session, name: str, *, active: bool, most: int) -> tuple[Person, ...]:
    """People whose name looks like this one, or begins so; whoever has just this name first."""
    return tuple(person_of(row) for row in await namesakes.called(session, name, active=active, most=most))


async def spoken_of(session: Session, name: str, *, active: bool, most: int) -> tuple[Person, ...]:
    """People by a name as somebody types it: ``@ana`` is a user name."""
    if not name.startswith("@"):
        return await by_name(session, name, active=active, most=most)
    found = await called(session, name.removeprefix("@"))
    return tuple(person for person in found if person.active or not active)[:most]


async def alike(session: Session, person: Person) -> tuple[Person, ...]:
    """Some of the others whose names look like this person's, whoever is in first."""
    rows = [*await namesakes.of_one_look(session, person.name, active=True)]
    rows += [row for row in await namesakes.of_one_look(session, person.name, active=False) if row not in rows]
    return tuple(person_of(row) for row in rows if row.id != person.id)[: namesakes.HINTS]


async def silenced(session: Session) -> list[Silenced]:
    """Active people who take no messages, by address."""
    return await session.rows(_silenced)


async def page(
    session: Session, membership: Membership, role: Role, *, after: tuple[str, int] = ("", 0), most: int = 10
) -> tuple[Person, ...]:
    """People of a role by name, those that follow the given (name, id)."""
    rows = await session.rows(
        _page, membership=membership.value, role=int(role), name=after[0], after=after[1], most=most
    )
    return tuple(person_of(row) for row in rows)


async def of_unit(session: Session, unit: int, after: tuple[str, int], most: int) -> tuple[Person, ...]:
    """The people of a unit by name, those that follow the given (name, id)."""
    rows = await session.rows(_of_unit, unit=unit, name=after[0], after=after[1], most=most)
    return tuple(person_of(row) for row in rows)


async def save(session: Session, before: Person | None, after: Person) -> Person:
    """Keep a person; a new one (id 0) gets an id. Place and hold have writers of their own.

    Who had the person's account before gets their former one.

    Raises:
        Overtaken: the person is not as they were ``before`` any more. Two who change different things of somebody at
            the same instant both succeed.
    """
    own = of_account(after.account) if before is None else of_person(after.id)
    promoted = before is not None and before.role is not after.role
    watches = await session.rows(_watches, person=after.id) if promoted else ()
    swapped = await _locks_of_swap(session, before, after)
    await session.lock(*map(locks.of_unit, watches), *namesakes.locks(before, after), own, *swapped)
    await counters.tally(session, _total_of(before) if before else None, _total_of(after))
    if before is None:
        values = _values(after)
        reserved = await counters.reserved(session, "person")
        if reserved is None:
            number = await session.row(_add, **values)
        else:
            number = await session.row(_add_as, id_=reserved, **values)
        assert number is not None
        await namesakes.tell_apart(session, None, replace(after, id=number))
        return (await by_id(session, number)) or after
    if watches:
        await session.run(_change_watches, person=after.id, role=int(after.role))
    if after.account != before.account:
        await accounts.swap(session, before, after.account)
    was = {f"was_{name}": value for name, value in _kept(before).items()}
    if not await session.touched(_save, id_=after.id, **_kept(after), **was):
        raise Overtaken(f"person {after.id}")
    if await namesakes.tell_apart(session, before, after):
        return (await by_id(session, after.id)) or after
    return after


async def _locks_of_swap(session: Session, before: Person | None, after: Person) -> list[Lock]:
    """The lock of the person who has the account that this one gets."""
    if before is None or after.account == before.account:
        return []
    other = await session.row(_id_of, telegram_id=after.account)
    return [of_person(other)] if other is not None else []


def _total_of(person: Person) -> str | None:
    counts = person.active and person.role is Role.AGENT
    return f"agents:{person.availability.value}" if counts else None


async def move(session: Session, sightings: Iterable[tuple[int, Sighting]]) -> None:
    """Where people (by Telegram id) were seen; an older sighting never replaces a newer one.

    Nothing is kept of who is not in (any more).
    """
    sightings = tuple(sightings)
    found = [await session.row(_id_of, telegram_id=account) for account, _ in sightings]
    await session.lock(*(of_person(person) for person in found if person is not None))
    await session.run_each(
        _move,
        (
            {"who": account, **columns_of(seen.position), "live_until": maybe_ms(seen.live_until)}
            for account, seen in sightings
        ),
    )
