"""Fair shares: what a reporter's second, third and later open emergency takes of the desk, and of others.

The third and later ones join the first, as reports that it shows. While nobody is free, somebody's first emergency
gets an agent from those who ask more than one, or from a later one of somebody else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from core.rules.free import is_free, is_their_own
from core.rules.timers import first_in_vain
from core.state.parts import Assignment
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary import shares as s
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import AssignmentState, Availability

ALONE = 2  # open emergencies of one reporter that stand by themselves; the next one joins the first
TEXT_LIMIT = 4_000
HEARD, PAUSE = 3, timedelta(minutes=2)

Answer = tuple[e.TaskEvent, ...] | Refusal
_Wanted = Callable[[Task, Assignment], bool]


def join(task: Task, command: c.OpenEmergency, now: datetime) -> tuple[e.TaskEvent, ...]:
    """The report as a part of its reporter's first open emergency: words and place, whatever their length.

    A few are heard; of those that follow at once only the number changes, and one that comes after a pause is heard.
    """
    words = command.title.strip()
    paused = task.joined_at is None or now - task.joined_at >= PAUSE
    return (
        s.ReportJoined(
            number=task.version + 1,
            sent_at=command.sent_at,
            text=words if len(words) <= TEXT_LIMIT else words[: TEXT_LIMIT - 1] + "…",
            place=command.place,
            address=command.address,
            heard=task.joined < HEARD or paused,
        ),
    )


def mark_taken_out(task: Task, command: s.MarkTakenOut) -> Answer:
    """Note where the report went, on a closed emergency too."""
    return (s.ReportTakenOut(number=command.number, into=command.into),)


def wants_an_agent(before: Task | None, task: Task) -> bool:
    """Whether others are asked to give one up: somebody's first emergency has just begun to look for one in vain."""
    return first_in_vain(task) and (before is None or not first_in_vain(before))


def spared(
    wanted: Task, others: Sequence[Task], people: Mapping[int, Person], alone: frozenset[int]
) -> s.YieldAgent | None:
    """The agent whom one of these emergencies gives up for another; None: nobody is to spare.

    First an offer of somebody's later emergency that nobody has answered, then one of an emergency that asks others
    too, then the yes of a later one that nobody is in charge of, while its agent is not there and has nothing else to
    do (``alone``). What a person chose stays, and so does whatever an alarm holds.
    """
    for wants in (_offer_of_a_later, _offer_beside_others, _yes_to_a_later):
        for task, part in _parts(wanted, others, wants):
            person = people.get(part.agent)
            if part.state.holds and part.agent not in alone:
                continue
            if person is not None and _could_go(person, wanted):
                return s.YieldAgent(task=task.id, agent=part.agent)
    return None


def yield_agent(task: Task, command: s.YieldAgent) -> Answer:
    """Withdraw the offer, or the yes."""
    part = task.part_of(command.agent)
    if task.state.closed or part is None:
        return Refusal(reason=Reason.OFFER_OVER, task=task.id)
    if not part.state.holds and part.state is not AssignmentState.OFFERED:
        return Refusal(reason=Reason.OFFER_OVER, task=task.id)
    return (e.Released(agent=part.agent, held=part.state.holds),)


def counts(task: Task) -> bool:
    """Whether it is one of its reporter's share: no alarm, no drill, and nothing that a supervisor took out."""
    return task.urgent and task.alarm is None and task.taken_from is None


def count_again(before: Task | None, task: Task, others: Sequence[Task]) -> tuple[s.Count, ...]:
    """The one of a reporter's open emergencies that has another place among them, now that this one ended or is back.

    Where the first one ended, the oldest that is left is the first; one that comes back goes behind who is first now.
    """
    if before is None or before.state.closed == task.state.closed:
        return ()
    own = [one for one in others if counts(one) and not one.state.closed and one.id != task.id]
    first = next((one for one in own if one.earlier == 0), None)
    if task.state.closed:
        oldest = min(own, key=lambda one: one.id, default=None)
        return (s.Count(task=oldest.id, earlier=0),) if first is None and oldest is not None else ()
    if first is None and task.earlier:
        return (s.Count(task=task.id, earlier=0),)
    return (s.Count(task=task.id, earlier=len(own)),) if first is not None and not task.earlier else ()


def count(task: Task, command: s.Count) -> Answer:
    """Give it its place among its reporter's."""
    if task.state.closed:
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    if task.earlier == command.earlier:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    return (s.Counted(earlier=command.earlier),)


def flood(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """The open emergencies of a reporter that fall silent when they are put out: all of a flood, and else none.

    What a supervisor took out of it goes on, and so do one or two: they may be true.
    """
    if len(tasks) <= ALONE and not any(task.joined for task in tasks):
        return ()
    return tuple(task for task in tasks if task.taken_from is None)


def quieten(task: Task, command: s.Quieten, now: datetime) -> Answer:
    """Put whoever put the reporter out in charge of it, unless somebody is; nobody else is asked or rung."""
    if task.state.closed:
        return Refusal(reason=Reason.ANSWERED, task=task.id)
    if task.quiet:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    released = tuple(e.Released(agent=part.agent) for part in task.offers)
    by = task.acknowledged_by if task.acknowledged_at is not None else command.by
    return (*released, e.Acknowledged(person=by, quiet=True))


def _parts(wanted: Task, others: Sequence[Task], wants: _Wanted) -> Iterator[tuple[Task, Assignment]]:
    for task in others:
        if task.id == wanted.id or task.alarm is not None or not task.urgent or task.state.closed:
            continue
        yield from ((task, part) for part in reversed(task.assignments) if not part.by_hand and wants(task, part))


def _offer_of_a_later(task: Task, part: Assignment) -> bool:
    return task.earlier > 0 and part.state is AssignmentState.OFFERED


def _offer_beside_others(task: Task, part: Assignment) -> bool:
    return part.state is AssignmentState.OFFERED and len(task.offers) > 1


def _yes_to_a_later(task: Task, part: Assignment) -> bool:
    going = part.state.holds and part.state is not AssignmentState.ON_SCENE
    return going and task.earlier > 0 and task.acknowledged_at is None


def _could_go(person: Person, wanted: Task) -> bool:
    """Whether the agent could be asked if nothing held them."""
    busy = person.availability is Availability.ON_TASK
    unheld = replace(person, hold=None, availability=Availability.AVAILABLE if busy else person.availability)
    return is_free(unheld, in_danger=is_their_own(wanted, person.id), part=wanted.part_of(person.id))
