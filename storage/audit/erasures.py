"""Erasures as the record tells them: whose words, when, and who approved it (P15)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct, json
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from core.vocabulary.desk_events import Erased
from storage.engine.session import Query, Session
from storage.schema.instants import from_ms
from storage.schema.rows import col
from storage.schema.tables import EventRow, PersonRow

_ERASED = '{"type":"erased"'


class Erasure(Struct, frozen=True, kw_only=True):
    """One person's words, or old ones of anybody (None), that were erased on one day (UTC), last ``at`` then."""

    at: datetime
    events: int
    person: int | None
    approved_by: int | None


class Erasures:
    """A walk's findings: events whose words are gone, and those that say so."""

    def __init__(self) -> None:
        self._gone: set[tuple[int, int]] = set()
        self._named: set[tuple[int, int]] = set()
        self._told: dict[tuple[int | None, int | None, date], Erasure] = {}

    @property
    def unnamed(self) -> set[tuple[int, int]]:
        """Events whose words are gone, and no event says why."""
        return self._gone - self._named

    @property
    def told(self) -> tuple[Erasure, ...]:
        """All erasures, in their order."""
        return tuple(self._told.values())

    def meet(self, row: EventRow) -> None:
        """The next event, whose hash was looked at."""
        if row.digest is not None:
            self._gone.add((row.chain, row.link))
        if row.body.startswith(_ERASED):
            self._note(json.decode(row.body, type=Erased), from_ms(row.at))

    def _note(self, event: Erased, at: datetime) -> None:
        self._named.update(event.events)
        key = (event.person, event.approved_by, at.date())
        one = self._told.get(key) or Erasure(at=at, events=0, person=event.person, approved_by=event.approved_by)
        self._told[key] = replace(one, at=at, events=one.events + len(event.events))


class _Name(NamedTuple):
    id: int
    name: str


_name = Query(select(col(PersonRow.id), col(PersonRow.name)).where(col(PersonRow.id) == bindparam("person")), _Name)


async def approvers(session: Session, of: Iterable[Erasure]) -> dict[int, str]:
    """The names of those who approved these erasures."""
    found: dict[int, str] = {}
    for person in {one.approved_by for one in of if one.approved_by is not None}:
        row = await session.row(_name, person=person)
        if row is not None:
            found[row.id] = row.name
    return found
