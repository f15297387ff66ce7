"""Agents to choose from."""

from sqlalchemy import bindparam, func, select

from core.queries.queries import AgentLine
from core.state.person import Person
from core.vocabulary.places import Place, distance
from core.vocabulary.words import Membership, Role
from storage.engine.session import Query, Session, const
from storage.repositories import people
from storage.repositories.nearest import free_agents
from storage.repositories.own_emergency import own_emergency
from storage.schema.instants import from_ms
from storage.schema.rows import col
from storage.schema.standing import Standing
from storage.schema.tables import AssignmentRow, table

COUNTED = 100
_part = table(AssignmentRow).c
_to_do = select(const(1)).where(
    col(AssignmentRow.agent) == bindparam("agent"), col(AssignmentRow.standing) == const(Standing.TO_DO)
)
_open_tasks = Query.value(select(func.count()).select_from(_to_do.limit(const(COUNTED)).subquery()))
_EVER = from_ms(1)


async def to_choose_from(
    session: Session, near: Place | None, after: tuple[str, int] | None, most: int
) -> tuple[AgentLine, ...]:
    """By name after the given one; with a place and no name the nearest who are free come first.

    Those in danger come last then.
    """
    first: list[Person] = []
    if near is not None and after is None:
        free = await free_agents(session, near, seen_after=_EVER, task=0, reporter=None, most=most)
        first = [candidate.person for candidate in free]
    named = await people.page(session, Membership.ACTIVE, Role.AGENT, after=after or ("", 0), most=most + len(first))
    chosen = {person.id: person for person in (*first, *named)}
    lines = [await _line(session, person, near) for person in [*chosen.values()][:most]]
    if near is None or after is not None:
        return tuple(line for line, _ in lines)
    return tuple(line for line, _ in sorted(lines, key=lambda each: each[1]))


async def _line(session: Session, person: Person, near: Place | None) -> tuple[AgentLine, bool]:
    """The line, and whether they are in danger: a silent alarm is not shown."""
    open_tasks = await session.row(_open_tasks, agent=person.id)
    metres = distance(near, person.position.place) if near is not None and person.position is not None else None
    own = await own_emergency(session, person.id)
    shown = own is not None and not own.silent
    line = AgentLine(person=person, distance=metres, open_tasks=open_tasks or 0, in_danger=shown)
    return line, own is not None
