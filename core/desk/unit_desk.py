"""The desk's work on a unit: reads before a decision, and stores its events."""

from datetime import datetime

from msgspec.structs import replace

from core.desk.circulars import page_of, shown_page, tell
from core.desk.ports import Composer, Record, Repository
from core.notifications.unit_notifications import (
    SwapEvent,
    UnitContext,
    asks_for_admins,
    asks_for_leaders,
    asks_for_makers,
    asks_for_tasks,
    leaders_of,
    makers_of,
    named_in,
    offers_in,
    unit_notifications,
)
from core.rules import swaps
from core.rules.permissions import Caller
from core.rules.rota_rules import PEOPLE_LIMIT
from core.rules.situation import Rules, Situation
from core.rules.timers import Timer, TimerKind, following
from core.rules.uncovered_hours import next_look
from core.state.crowd import Circle, Crowd, Page
from core.state.handover import due_at, watch_of
from core.state.person import Person
from core.state.task import Task
from core.state.units import Unit, created, evolve
from core.vocabulary import commands as c
from core.vocabulary import unit_commands as uc
from core.vocabulary import unit_events as u
from core.vocabulary.card_names import swap_card
from core.vocabulary.words import Role

TASKS_SHOWN = 8


async def load_unit_situation(
    repository: Repository, command: uc.UnitCommand, caller: Caller, rules: Rules
) -> Situation:
    """The situation in which a command about a unit is answered."""
    unit = await repository.unit(command.unit) if isinstance(command, uc.OnUnit) else None
    people = await repository.people(_named_by(command, unit, caller.id or 0))
    situation = Situation(caller=caller, rules=rules, unit=unit, people=people)
    match command:
        case uc.CreateUnit(name=str(name)) | uc.ReviseUnit(name=str(name)):
            return replace(situation, namesake=await repository.unit_named(" ".join(name.split())))
        case uc.LinkGroup(room=int(room)):
            return replace(situation, linked=await repository.unit_linked(room))
        case uc.Enroll():
            person = people.get(command.person)
            home = await repository.unit(person.unit) if person is not None and person.unit is not None else None
            return replace(situation, home=home)
        case _:  # no other command asks about another unit
            return situation


def _named_by(command: uc.UnitCommand, unit: Unit | None, caller: int) -> tuple[int, ...]:
    match command:
        case uc.AnswerSwap():
            swap = unit.rota.swap(command.swap) if unit is not None else None
            return (swap.asker, swap.asked or caller) if swap is not None else ()
        case uc.Enroll() | uc.Dismiss() | uc.StandIn() | uc.MarkAbsent():
            return (command.person,)
        case uc.SetRotation():
            return command.people[:PEOPLE_LIMIT]
        case uc.AskSwap():
            return (command.asked,)
        case _:  # no other command names people beside the rota's own
            return ()


async def unit_follow_ups(
    repository: Repository, situation: Situation, events: tuple[u.UnitEvent, ...], now: datetime
) -> tuple[c.AnyCommand, ...]:
    """The commands that the desk gives itself when somebody leaves a unit.

    Whoever joins another one has no open questions in the one before. Alerts that only they were told of go on, as due
    times, one transaction each (`core.desk.act_at_once`).
    """
    home = situation.home
    joined = tuple(event.person for event in events if isinstance(event, u.Enrolled))
    ends = tuple(uc.EndQuestions(unit=home.id, person=person) for person in joined) if home is not None else ()
    moved = joined if home is not None else ()
    left = (*moved, *(event.person for event in events if isinstance(event, u.Dismissed)))
    leaders = [one for one in left if _leads(situation.people[one])]
    tasks = await repository.unanswered() if leaders else ()
    await repository.set_timers(timer for one in leaders for timer in following(TimerKind.MOVED, one, tasks, now))
    return ends


def _leads(person: Person) -> bool:
    """Whether alerts may wait for them; for whoever was shut out they go on already."""
    return person.active and person.role >= Role.SUPERVISOR


async def keep_unit(
    repository: Repository,
    composer: Composer,
    situation: Situation,
    events: tuple[u.UnitEvent, ...],
    reason: str,
    now: datetime,
) -> Unit:
    """The unit as it is now, with all that follows from what happened; also when only time has passed."""
    caller, unit = situation.caller, situation.unit
    for event in events:
        if isinstance(event, u.UnitCreated):
            unit = created(await repository.next_unit_id(), event)
        elif unit is not None:
            unit = evolve(unit, event, now)
    assert unit is not None  # decide answers a command about no unit with a refusal
    await repository.save_unit(unit, watch_of(unit.rota, now))
    await _move_people(repository, situation, unit, events)
    await repository.record(
        Record(at=now, event=event, by=caller.id, via=caller.via, reason=reason, unit=unit.id, person=_moved(event))
        for event in events
    )
    rota = unit.rota
    looks = (due_at(rota, now, situation.rules.handover_timeout), next_look(rota, now), swaps.begins(rota))
    due = min((look for look in looks if look is not None), default=None)
    if due is not None:
        await repository.set_timers([Timer(kind=TimerKind.SHIFT, unit=unit.id, due_at=due)])
    await _tell(repository, composer, unit, events, caller, now)
    return unit


async def _move_people(
    repository: Repository, situation: Situation, unit: Unit, events: tuple[u.UnitEvent, ...]
) -> None:
    for event in events:
        if isinstance(event, u.Enrolled | u.Dismissed):
            person = situation.people[event.person]
            await repository.save_person(
                person, replace(person, unit=unit.id if isinstance(event, u.Enrolled) else None)
            )


def _moved(event: u.UnitEvent) -> int | None:
    return event.person if isinstance(event, u.Enrolled | u.Dismissed) else None


async def _tell(
    repository: Repository,
    composer: Composer,
    unit: Unit,
    events: tuple[u.UnitEvent, ...],
    caller: Caller,
    now: datetime,
) -> None:
    if not events:
        return
    found = await _open_work(repository, unit, events) if asks_for_tasks(events) else ()
    # A silent alarm alerts by itself, and whoever takes over may be the person in danger.
    tasks = tuple(task for task in found if not task.silent)
    file = UnitContext(
        unit=unit,
        people=await repository.people(named_in(unit, events) | ({caller.id} if caller.id is not None else set())),
        members=await _members(repository, unit, offers_in(events)),
        leaders=await page_of(repository, *leaders_of(unit, events)) if asks_for_leaders(events) else Page(),
        makers=await page_of(repository, *makers_of(unit)) if asks_for_makers(events) else Page(),
        admins=await page_of(repository, Crowd(circle=Circle.ADMINS)) if asks_for_admins(events) else Page(),
        tasks=tasks[:TASKS_SHOWN],
        more=len(tasks) > TASKS_SHOWN,
        caller=caller.id,
    )
    said = [(composer.unit(one, file, now), one.rest) for one in unit_notifications(events, file)]
    await tell(repository, said, now, unit=unit.id)


async def _members(repository: Repository, unit: Unit, offers: tuple[SwapEvent, ...]) -> dict[int, Page]:
    """The first whom an offer to the whole unit is shown, or whose question changes; by the number of the swap."""
    found: dict[int, Page] = {}
    for event in offers:
        if isinstance(event, u.SwapAsked):
            found[event.swap.id] = await page_of(repository, Crowd(circle=Circle.MEMBERS, unit=unit.id))
        else:
            found[event.swap.id] = await shown_page(repository, swap_card(unit.id, event.swap.id))
    return found


async def _open_work(repository: Repository, unit: Unit, events: tuple[u.UnitEvent, ...]) -> tuple[Task, ...]:
    """Open work that the unit's people reported, then what whoever is relieved has or took charge of; one too many."""
    found = {task.id: task for task in await repository.unit_tasks(unit.id, TASKS_SHOWN + 1)}
    relieved = [event.outgoing for event in events if isinstance(event, u.HandOverDue) and event.outgoing is not None]
    for person in relieved:
        for number in await repository.involving(person):
            task = await repository.task(number) if number not in found and len(found) <= TASKS_SHOWN else None
            if task is not None and not task.drill:
                found[number] = task
    return tuple(found.values())
