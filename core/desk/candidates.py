"""Agents who may be asked to go, as a decision must know them; each is locked until its events are kept."""

from datetime import datetime
from functools import partial

from core.desk.ports import Repository
from core.rules.capabilities import wanted_still
from core.rules.offers import at_once, metres_to
from core.rules.situation import Candidate, Rules
from core.state.parts import since
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary.places import Place, on_earth
from core.vocabulary.seats import MOST_SEATS
from core.vocabulary.words import AssignmentState


async def hold_offer(repository: Repository, person: Person | None) -> None:
    """Hold the emergency that asks for this person: it goes on without them, and tasks are waited for before people."""
    if person is not None and person.hold is not None:
        await repository.task(person.hold)


async def next_ones(
    repository: Repository, task: Task | None, rules: Rules, now: datetime, *, again: bool = False
) -> tuple[Candidate, ...]:
    """Agents who may be asked next; ``again``: those who let their time run out before, too."""
    if task is None or not task.emergency:
        return ()
    return await _for_seats(repository, task, task.place, rules, now, again=again)


async def for_more(
    repository: Repository,
    task: Task | None,
    seats: int,
    rules: Rules,
    now: datetime,
    wants: tuple[str, ...] = (),
) -> tuple[Candidate, ...]:
    """Agents to ask for the seats that somebody wants more, with the capabilities that they want."""
    if task is None or not task.emergency:
        return ()
    limit = at_once(rules, min(seats, MOST_SEATS))
    return await _for_seats(repository, task, task.place, rules, now, limit=limit, more=wants)


async def others_first(repository: Repository, task: Task | None, rules: Rules, now: datetime) -> tuple[Candidate, ...]:
    """Agents who may be asked next; those whose offer was withdrawn, perhaps unsent, after the others."""
    if task is None or not task.emergency:
        return ()
    withdrawn = {part.agent for part in task.assignments if part.state is AssignmentState.RELEASED}
    most = at_once(rules, task.seats)
    found = await _for_seats(repository, task, task.place, rules, now, limit=most + len(withdrawn))
    reserves = {part.agent for part in task.assignments if part.reserve}
    return tuple(sorted(found, key=lambda one: one.person.id in withdrawn - reserves)[:most])


async def once_open(repository: Repository, task: Task | None, rules: Rules, now: datetime) -> tuple[Candidate, ...]:
    """Agents to ask for a closed emergency that begins again: whoever had it is as free as the others."""
    if task is None or not task.emergency or not task.state.closed:
        return ()
    refused = {part.agent for part in task.assignments if part.state is AssignmentState.DECLINED}
    found = await repository.candidates(
        task.place,
        seen_after=now - rules.location_max_age,
        task=0,
        reporter=_whose(task),
        limit=at_once(rules, task.seats) + len(refused),
    )
    return tuple(one for one in found if one.person.id not in refused)


async def nearer_ones(
    repository: Repository, task: Task | None, command: c.Locate, rules: Rules, now: datetime
) -> tuple[Candidate, ...]:
    """Agents near the place that an emergency gets which nobody has: now it is known who is near."""
    if task is None or not task.emergency or task.quiet or command.place is None or not task.missing:
        return ()
    return await _for_seats(repository, task, command.place, rules, now)


async def _for_seats(
    repository: Repository,
    task: Task,
    place: Place | None,
    rules: Rules,
    now: datetime,
    *,
    again: bool = False,
    limit: int | None = None,
    more: tuple[str, ...] = (),
) -> tuple[Candidate, ...]:
    """Agents for the seats of an emergency: its reserves first, as far as they are free, and then the nearest.

    Where seats want capabilities, the nearest who have them are among them.
    """
    reserves = tuple(part.agent for part in sorted(task.assignments, key=since) if part.reserve)
    found = await candidates_near(
        repository,
        place,
        rules,
        now,
        task=task.id,
        reporter=_whose(task),
        again=again,
        limit=limit or at_once(rules, task.seats),
        first=reserves,
        wants=(*wanted_still(task.wants, task.assignments), *more),
    )
    if not reserves:
        return found
    return tuple(_placed(one, place, rules, now) if one.person.id in reserves else one for one in found)


def _placed(one: Candidate, place: Place | None, rules: Rules, now: datetime) -> Candidate:
    return Candidate(person=one.person, distance=metres_to(one.person, place, rules, now))


def _whose(task: Task) -> int | None:
    """The owner of the emergency: the one agent who is not asked to go."""
    return task.alarm.person if task.alarm is not None else task.reporter


async def candidates_near(
    repository: Repository,
    place: Place | None,
    rules: Rules,
    now: datetime,
    *,
    reporter: int | None,
    task: int = 0,
    again: bool = False,
    limit: int | None = None,
    first: tuple[int, ...] = (),
    wants: tuple[str, ...] = (),
) -> tuple[Candidate, ...]:
    """Free agents, those nearest to a place first; ``reporter``: whose emergency it is; ``first``: before others.

    The nearest who have what seats want (``wants``) come first of all, beside as many others.
    """
    if place is not None and not on_earth(place.lat, place.lon):
        return ()
    near = partial(
        repository.candidates,
        place,
        seen_after=now - rules.location_max_age,
        task=task,
        reporter=reporter,
        again=again,
        limit=limit or rules.offer_to,
    )
    able = [one for want in dict.fromkeys(wants) for one in await near(able=want)]
    found = await near(first=first, limit=(limit or rules.offer_to) + len(able)) if able else await near(first=first)
    return tuple({one.person.id: one for one in (*able, *found)}.values())
