"""Plans: the desk's own decisions if nobody does anything, played forward from a moment on paper."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.desk.asking import Ask, asking
from core.rules import timers
from core.rules.decide import decide
from core.rules.free import spoken_for
from core.rules.offers import at_once
from core.rules.permissions import DESK
from core.rules.situation import Candidate, Rules, Situation
from core.rules.timers import Timer
from core.state import task as tasks
from core.state.directory import Directory
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.places import Place, distance
from core.vocabulary.refusals import Refusal

HORIZON = timedelta(hours=24)
MOST_STEPS = 1_000


class Step(Struct, frozen=True, kw_only=True):
    """The events of one moment: offers, notified people, passed steps. ``again``: agents are asked once more."""

    at: datetime
    events: tuple[e.TaskEvent, ...]
    again: bool = False


class Plan(Struct, frozen=True, kw_only=True):
    """The task as it is before the first step, and the steps in their order.

    ``repeats``: the last one comes again and again at this pace; None: nobody hears of it after that. ``group``: the
    supervisors' room, which hears of all.
    """

    task: Task
    steps: tuple[Step, ...]
    repeats: timedelta | None = None
    group: int | None = None


class PlanInputs(Struct, frozen=True, kw_only=True):
    """The inputs of a plan: the rules, the agents of a task, whom its steps reach at a moment, and whom it may ask."""

    rules: Rules
    look: Callable[[Task | None], Awaitable[Directory]]
    ask: Callable[[datetime], Ask]
    pool: tuple[Person, ...] = ()


async def plan_opening(plan_inputs: PlanInputs, opening: c.OpenEmergency, at: datetime) -> Plan | Refusal:
    """The plan of an emergency that is reported at this moment."""
    directory = await plan_inputs.look(None)
    seats = opening.seats or plan_inputs.rules.needs
    candidates = _ranked(plan_inputs, plan_inputs.pool, opening.place, seats, at)
    situation = Situation(caller=DESK, rules=plan_inputs.rules, directory=directory, candidates=candidates)
    decision, _ = await asking(
        lambda known: decide(replace(situation, directory=known), opening, at), directory, plan_inputs.ask(at)
    )
    if isinstance(decision, Refusal):
        return decision
    opened, *rest = decision
    assert isinstance(opened, e.Opened)
    before = tasks.opened(0, opened, at)
    after = _after(before, rest, at)
    due = timers.task_timers(None, after, (opened, *rest), plan_inputs.rules, at)
    return await _played(plan_inputs, before, after, (Step(at=at, events=tuple(rest)),), due)


async def plan_of(plan_inputs: PlanInputs, task: Task, due: tuple[Timer, ...], now: datetime) -> Plan:
    """The plan of an open task, with the due times that are set."""
    return await _played(plan_inputs, task, task, (Step(at=now, events=()),), due)


async def _played(
    plan_inputs: PlanInputs, before: Task, task: Task, begun: tuple[Step, ...], due: tuple[Timer, ...]
) -> Plan:
    """The due times fire one after another, as they do in the field, until everybody is told again and again."""
    waiting = {(timer.kind, timer.person): timer for timer in _deciding(due)}
    steps, moment = list(begun), begun[0].at
    last, to_all = moment + HORIZON, _to_all(begun[0])
    while waiting and len(steps) < MOST_STEPS:
        # In the order in which they are taken off the list.
        timer = min(waiting.values(), key=lambda timer: (timer.due_at, timer.kind.value, timer.person))
        if timer.due_at > (moment if to_all else last):
            break
        moment = max(moment, timer.due_at)
        del waiting[timer.kind, timer.person]
        step, task, following = await _fired(plan_inputs, task, timer, moment)
        waiting |= {(new.kind, new.person): new for new in _deciding(following)}
        steps.append(step)
        to_all = to_all or _to_all(step)
    every = task.policy.broadcast_every if task.policy is not None and to_all else None
    group = (await plan_inputs.look(task)).group
    return Plan(task=before, steps=_joined(steps), repeats=every, group=group)


async def _fired(
    plan_inputs: PlanInputs, task: Task, timer: Timer, at: datetime
) -> tuple[Step, Task, tuple[Timer, ...]]:
    """The outcome of one due time, and the due times that it sets."""
    rules, command = plan_inputs.rules, timers.command_of(timer)
    assert command is not None  # what is only shown is no part of a plan
    situation = Situation(
        caller=DESK,
        rules=rules,
        task=task,
        directory=await plan_inputs.look(task),
        candidates=_askable(plan_inputs, task, at, again=isinstance(command, c.Search)),
    )
    decision, _ = await asking(
        lambda known: decide(replace(situation, directory=known), command, at),
        situation.directory,
        plan_inputs.ask(at),
    )
    if isinstance(decision, Refusal):
        # A search that found nobody goes on in the field; on paper nobody new comes.
        return Step(at=at, events=()), task, ()
    events = tuple(event for event in decision if isinstance(event, e.TaskEvent))
    after = _after(task, events, at)
    asked_before = any(isinstance(event, e.Offered) and task.part_of(event.agent) for event in events)
    return Step(at=at, events=events, again=asked_before), after, timers.task_timers(task, after, events, rules, at)


def _deciding(due: Iterable[Timer]) -> tuple[Timer, ...]:
    """The due times that decide something: the first page of a step stands for all of it."""
    decide_something = (timer for timer in due if timers.command_of(timer) is not None)
    return tuple(timer for timer in decide_something if timer.kind not in timers.PAGES)


def _askable(plan_inputs: PlanInputs, task: Task, at: datetime, *, again: bool) -> tuple[Candidate, ...]:
    """As ``core.desk.ports.Repository.candidates``: the pool was free when the plan was asked for."""
    people = [one for one in plan_inputs.pool if not spoken_for(task.part_of(one.id), again=again)]
    return _ranked(plan_inputs, people, task.place, task.seats, at)


def _ranked(
    plan_inputs: PlanInputs, people: Iterable[Person], place: Place | None, seats: int, at: datetime
) -> tuple[Candidate, ...]:
    """Nearest first; those who have not been seen for long come last, whoever was seen last before the others."""
    rules = plan_inputs.rules
    near: list[tuple[float, int, Person]] = []
    unseen: list[Person] = []
    for person in people:
        seen, known = person.position, person.known_at(at)
        if place is not None and seen is not None and known is not None and known >= at - rules.location_max_age:
            near.append((distance(place, seen.place), person.id, person))
        else:
            unseen.append(person)
    unseen.sort(key=lambda person: (person.position.at.timestamp() if person.position else 0, person.id), reverse=True)
    found = [Candidate(person=person, distance=metres) for metres, _, person in sorted(near, key=lambda one: one[:2])]
    return (*found, *(Candidate(person=person) for person in unseen))[: at_once(rules, seats)]


def _after(task: Task, events: Iterable[e.TaskEvent], at: datetime) -> Task:
    for event in events:
        task = tasks.evolve(task, event, at)
    return task


def _to_all(step: Step) -> bool:
    return any(isinstance(event, e.Escalated) and event.step is None for event in step.events)


def _joined(steps: list[Step]) -> tuple[Step, ...]:
    """Merge the events of one moment into one step; leave out moments without any."""
    joined: list[Step] = []
    for step in steps:
        if joined and joined[-1].at == step.at:
            last = joined.pop()
            joined.append(replace(last, events=(*last.events, *step.events), again=last.again or step.again))
        else:
            joined.append(step)
    return tuple(step for step in joined if step.events)
