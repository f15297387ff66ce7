"""Capabilities: who has which, and who is asked for a seat that wants one."""

from collections.abc import Iterable

from core.rules.situation import Candidate, Rules, Situation
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary.capabilities import Equip, Equipped
from core.vocabulary.refusals import Reason, Refusal


def equip(situation: Situation, person: Person | None, command: Equip) -> tuple[Equipped] | Refusal:
    """Give or take a capability that the configuration has; one that it dropped can still be taken."""
    if person is None:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if command.has and command.capability not in situation.rules.capabilities:
        return Refusal(reason=Reason.CAPABILITY)
    if not person.active:
        return Refusal(reason=Reason.DISABLED)
    if (command.capability in person.capabilities) is command.has:
        return Refusal(reason=Reason.UNCHANGED)
    return (Equipped(capability=command.capability, has=command.has),)


def wanted_still(wants: tuple[str, ...], parts: Iterable[Assignment]) -> tuple[str, ...]:
    """The capabilities that seats want and nobody of the crew has been asked for."""
    left = list(wants)
    for part in parts:
        if part.state.holds and part.wanted in left:
            left.remove(part.wanted)
    return tuple(left)


def wanted_of(person: Person, left: tuple[str, ...]) -> str:
    """The first of these capabilities that the person has; empty where it is none."""
    return next((want for want in left if want in person.capabilities), "")


def asked_already(situation: Situation, task: Task, wants: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Agents who were asked for any seat and have what is ``wants`` now, each with what that is."""
    left = wanted_still(wants, task.assignments)
    people = (situation.directory.person(part.agent) for part in task.offers if not part.wanted)
    found = ((person.id, wanted_of(person, left)) for person in people if person is not None)
    return tuple((agent, want) for agent, want in found if want)


def in_turn(situation: Situation, task: Task) -> tuple[Candidate, ...]:
    """The candidates who may be asked now: for a seat that wants a capability, whoever has it and nobody else.

    Where nobody free has it, the seat is asked for without it.
    """
    return for_seats(situation.rules, situation.candidates, task.wants, task.missing, task.assignments)


def for_seats(
    rules: Rules,
    candidates: tuple[Candidate, ...],
    wants: tuple[str, ...],
    missing: int,
    parts: tuple[Assignment, ...] = (),
) -> tuple[Candidate, ...]:
    """As ``in_turn``, for so many ``missing`` seats: those who have what is wanted come first."""
    left = wanted_still(wants, parts)[:missing]
    if not left:
        return candidates
    out = [part for part in parts if part.state.waits]
    asked = sum(part.wanted in left for part in out)
    able = [one for one in candidates if wanted_of(one.person, left)]
    able = able[: max(len(left) + rules.offer_to - 1 - asked, 0)]
    covered = min(len(left), len(able) + asked)
    spare = rules.offer_to - 1 if not covered else 0
    plain = [one for one in candidates if not wanted_of(one.person, left)]
    return (*able, *plain[: max(missing - covered + spare - (len(out) - asked), 0)])
