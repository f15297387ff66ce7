"""Promises that hold in every ledger that a desk can come to, once all that is due was acted on."""

from collections.abc import Iterator

from core.rules.escalation import escalates
from core.rules.free import is_free, is_their_own
from core.rules.timers import TimerKind, searching, watched
from core.state.commitments import held
from core.state.task import Task, answered
from core.vocabulary.destinations import PersonDestination
from core.vocabulary.words import Role
from tests.explored.desk import Explored
from tests.explored.ledger import Ledger
from tests.explored.moves import Act

# Due times in which the ladder of a small desk is through, and its first broadcast has left.
PATIENCE = 25


def broken(ledger: Ledger) -> Iterator[str]:
    """Broken promises of this ledger, in words."""
    yield from _nobody_twice(ledger)
    for task in ledger.open_tasks():
        if not task.urgent:
            continue
        yield from _seats(ledger, task)
        yield from _nobody_in_danger_is_asked(ledger, task)
        yield from _goes_on(ledger, task)
        yield from _asks_whoever_is_free(ledger, task)
    for timer in ledger.timers.values():
        if timer.due_at <= ledger.now:
            yield f"P8: {timer.kind} of {timer.task} is due and was not acted on"


def _nobody_twice(ledger: Ledger) -> Iterator[str]:
    """P7: whoever is held is held by the one emergency that asks for them or has them."""
    for person in ledger.people.values():
        parts = ((task, task.part_of(person.id)) for task in ledger.open_tasks())
        holding = [task.id for task, part in parts if part is not None and held(task, part)]
        if len(holding) > 1:
            yield f"P7: {person.name} is asked for by {holding}"
        elif person.hold != next(iter(holding), None):
            yield f"P7: {person.name} is held by {person.hold}, and asked for by {holding}"


def _nobody_in_danger_is_asked(ledger: Ledger, task: Task) -> Iterator[str]:
    """P7: the desk asks nobody who calls for help to go elsewhere."""
    for part in task.offers:
        if not part.by_hand and any(is_their_own(one, part.agent) for one in ledger.open_tasks()):
            yield f"P7: {ledger.people[part.agent].name} calls for help, and is asked to go to {task.id}"


def _seats(ledger: Ledger, task: Task) -> Iterator[str]:
    """P7, P12: a seat has one owner, and one that nobody has is looked for."""
    crew = [ledger.people[part.agent].name for part in task.crew]
    if len(crew) > task.seats:
        yield f"P7: {task.id} has {task.seats} seats, and {crew} have one"
    if task.missing and not task.offers and not task.quiet and not searching(task):
        yield f"P12: {task.id} misses {task.missing}, and nobody is looked for"


def _goes_on(ledger: Ledger, task: Task) -> Iterator[str]:
    """P4: whatever is open climbs, is watched, or looks for somebody, by a due time of its own."""
    kinds = {timer.kind for timer in ledger.timers.values() if timer.task == task.id}
    if escalates(task) and not kinds & {TimerKind.CLIMB, TimerKind.NOTIFY}:
        yield f"P4: {task.id} climbs, and nothing is due"
    if watched(task) and TimerKind.PROGRESS not in kinds:
        yield f"P4: {task.id} is answered, and nobody watches it"
    if searching(task) and TimerKind.SEARCH not in kinds:
        yield f"P4: {task.id} looks for an agent, and no search is due"
    for part in task.offers:
        due = (TimerKind.OFFER, task.id, part.agent, 0) in ledger.timers
        if not due and not part.by_hand:
            yield f"P8: the offer of {task.id} to {ledger.people[part.agent].name} never ends"


def _asks_whoever_is_free(ledger: Ledger, task: Task) -> Iterator[str]:
    """P4: an emergency that looks for an agent has asked everybody who is free."""
    if not searching(task):
        return
    for person in ledger.people.values():
        danger = any(is_their_own(one, person.id) for one in ledger.open_tasks())
        if is_free(person, in_danger=danger, part=task.part_of(person.id)):
            yield f"P4: {task.id} looks for an agent, and {person.name} is free and was not asked"


async def twice(explored: Explored, act: Act) -> Iterator[str]:
    """P2: the same act with the same key changes nothing."""
    before = explored.ledger.key()
    explored.units.said.clear()
    await act.execute(explored)
    found = []
    if explored.ledger.key() != before:
        found.append("P2: the same with the same key changed something")
    if explored.units.said:
        found.append("P2: the same with the same key was said again")
    return iter(found)


class Silence:
    """P4: if from now on nobody does anything, every alert that nobody answered rings a supervisor again."""

    def __init__(self) -> None:
        self._good: set[bytes] = set()

    async def broken(self, ledger: Ledger) -> Iterator[str]:
        """The alerts that end in silence."""
        waiting = {task.id for task in ledger.open_tasks() if task.urgent and not answered(task)}
        key = ledger.key()
        if not waiting or key in self._good:
            return iter(())
        explored = Explored(ledger)
        for _ in range(PATIENCE):
            explored.units.said.clear()
            await TIME.happen(explored)
            waiting -= _rung(explored)
            if not waiting:
                self._good.add(key)
                return iter(())
            if explored.ledger.key() in self._good:
                return iter(())
        return (f"P4: {task} rings nobody any more" for task in sorted(waiting))


TIME = Act(words="time passes")


def _rung(explored: Explored) -> set[int]:
    """The tasks for which a supervisor whom a message reaches is rung."""
    people = explored.ledger.people.values()
    leading = {one.account for one in people if one.role >= Role.SUPERVISOR and one.reachable}
    return {
        int(message.card.removeprefix("task:"))
        for message in explored.units.said
        if message.notify and message.card is not None
        if isinstance(message.to, PersonDestination) and message.to.account in leading
    }
