"""Holds on agents: an emergency has whom it asks, whoever is at work is busy, and nobody is sent to two places (P7).

An emergency chooses whom it asks without locking them, for everybody else who wants one of them would wait until it is
kept. They are locked here, with whoever calls for help, and asked only if they are still free.
"""

from collections.abc import Awaitable, Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, exists, or_, select, update

from core.rules.own_danger import newly_in_danger
from core.state.commitments import engaged, held, newly_pending
from core.state.task import Assignment, Task
from core.vocabulary.words import AssignmentState, Membership, Role
from storage.engine.errors import Overtaken
from storage.engine.locks import of_person
from storage.engine.session import Query, Session, const
from storage.repositories import counters
from storage.repositories.free import STILL_FREE
from storage.repositories.put_out import is_in
from storage.schema.rows import col
from storage.schema.standing import Standing
from storage.schema.tables import AssignmentRow, PersonRow, table

_person = table(PersonRow)

_hold = Query.value(
    update(_person)
    .where(
        col(PersonRow.id) == bindparam("agent"),
        col(PersonRow.membership) == const("active"),
        or_(col(PersonRow.hold).is_(None), col(PersonRow.hold) == bindparam("task")),
    )
    .values(hold=bindparam("task"))
    .returning(col(PersonRow.id))
)
_hold_if_free = Query.value(
    update(_person)
    .where(col(PersonRow.id) == bindparam("agent"), *STILL_FREE)
    .values(hold=bindparam("task"))
    .returning(col(PersonRow.id))
)
_let_go = Query(
    update(_person)
    .where(col(PersonRow.id) == bindparam("agent"), col(PersonRow.hold) == bindparam("task"))
    .values(hold=None)
)
# Two tasks that end at the same instant each see the other: whoever comes second looks again.
_seize = Query.value(select(col(PersonRow.id)).where(col(PersonRow.id) == bindparam("agent")).with_for_update())


class _Agent(NamedTuple):
    role: int
    membership: str


_busy = Query(
    update(_person)
    .where(col(PersonRow.id) == bindparam("agent"), col(PersonRow.availability) == const("available"))
    .values(availability=const("on_task"))
    .returning(col(PersonRow.role), col(PersonRow.membership)),
    _Agent,
)
_at_rest = Query(
    update(_person)
    .where(
        col(PersonRow.id) == bindparam("agent"),
        col(PersonRow.availability) == const("on_task"),
        ~exists().where(
            col(AssignmentRow.agent) == bindparam("agent"),
            col(AssignmentRow.standing) == const(Standing.TO_DO),
            col(AssignmentRow.engaged) == const(1),
        ),
    )
    .values(availability=const("available"))
    .returning(col(PersonRow.role), col(PersonRow.membership)),
    _Agent,
)


class HeldElsewhere(Overtaken):
    """An agent is not free any more: another emergency took them, they call for help, or they were put out (P14)."""


async def lock(session: Session, before: Task | None, after: Task, agents: Iterable[int]) -> None:
    """Lock the agents whose parts change, and whoever calls for help: whoever would ask them sees it."""
    whose = newly_in_danger(before, after)
    calls = () if whose is None else (whose,)
    await session.lock(*map(of_person, (*calls, *agents)))


class Moving(NamedTuple):
    """An agent whom a task takes or lets go: who is held by it, and who moved from one availability to another."""

    held: Awaitable[list[int]] | None = None
    moved: Awaitable[list[_Agent]] | None = None
    old: str = ""
    new: str = ""


async def take_or_free(session: Session, before: Task | None, after: Task, agent: int) -> Moving:
    """Carry the change to the agent: held for an emergency or no longer, busy or at rest.

    Raises:
        HeldElsewhere: whoever was put out gets no work.
    """
    moving = Moving()
    was, part = before.part_of(agent) if before else None, after.part_of(agent)
    assert part is not None  # nobody's part is ever taken out
    holds, held_before = held(after, part), bool(before and was and held(before, was))
    if holds and not held_before:
        hold = _hold_if_free if _is_chosen(was, part) else _hold
        moving = Moving(held=session.ask(hold, agent=agent, task=after.id))
    elif held_before and not holds:
        await session.run(_let_go, agent=agent, task=after.id)
    elif not holds and newly_pending(before, after, agent) and not await is_in(session, agent):
        raise HeldElsewhere(after.code)
    works, worked = engaged(after, part), bool(before and was and engaged(before, was))
    if works and not worked:
        return moving._replace(moved=session.ask(_busy, agent=agent), old="available", new="on_task")
    if worked and not works:
        await session.run(_seize, agent=agent)
        return moving._replace(moved=session.ask(_at_rest, agent=agent), old="on_task", new="available")
    return moving


def _is_chosen(was: Assignment | None, part: Assignment) -> bool:
    """Whether the desk chose them as one of the free: nobody names them, and they take no answer back."""
    asked = part.state is AssignmentState.OFFERED and not part.by_hand and part != was
    return asked and (was is None or was.state is not AssignmentState.DECLINED)


async def taken_or_freed(session: Session, task: Task, moving: Moving) -> None:
    """Count the agent where they are now.

    Raises:
        HeldElsewhere: they were free when they were chosen, and are not any more.
    """
    if moving.held is not None and not await moving.held:
        raise HeldElsewhere(task.code)
    for agent in await moving.moved if moving.moved is not None else ():
        if agent.role == Role.AGENT and agent.membership == Membership.ACTIVE:
            await counters.tally(session, f"agents:{moving.old}", f"agents:{moving.new}")
