"""Offers: who is asked, who said yes, and who is asked next."""

from datetime import datetime
from math import inf

from msgspec.structs import replace

from core.rules.capabilities import for_seats, in_turn, wanted_of, wanted_still
from core.rules.escalation import climb
from core.rules.situation import Candidate, Receipt, Rules, Situation
from core.state.commitments import has_reserves
from core.state.person import Person
from core.state.task import Assignment, Task
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import Place, distance
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.seats import MOST_SEATS, Reserved, SeatsSet
from core.vocabulary.words import AssignmentState, Availability, TaskState

Answer = tuple[e.TaskEvent, ...] | Refusal


def first_wave(situation: Situation, seats: int, now: datetime, wants: tuple[str, ...] = ()) -> tuple[e.TaskEvent, ...]:
    """The nearest ``offer_to`` at the same time, one more for each further seat; empty with nobody to ask."""
    most = at_once(situation.rules, seats)
    found = for_seats(situation.rules, situation.candidates, wants, seats)
    return tuple(_offer(situation, one, now, wants) for one in found[:most])


def more_offers(situation: Situation, task: Task, now: datetime) -> tuple[e.TaskEvent, ...]:
    """As many offers as the missing seats want beside those that wait."""
    most = at_once(situation.rules, task.missing) - len(task.offers)
    left = wanted_still(task.wants, task.assignments)
    return tuple(_offer(situation, one, now, left) for one in in_turn(situation, task)[: max(most, 0)])


def at_once(rules: Rules, missing: int) -> int:
    """How many are asked at the same time for so many missing seats."""
    return missing + rules.offer_to - 1


def wave_around(situation: Situation, task: Task, place: Place | None, now: datetime) -> tuple[e.TaskEvent, ...]:
    """Of the nearest around the place those who have not been asked: the others know already."""
    people = (situation.directory.person(part.agent) for part in task.offers)
    known = [metres_to(person, place, situation.rules, now) for person in people]
    asked = [inf if away is None else away for away in known]
    left = wanted_still(task.wants, task.assignments)
    most, wave = at_once(situation.rules, task.missing), []
    for number, one in enumerate(in_turn(situation, task)):
        nearer = sum(away <= (inf if one.distance is None else one.distance) for away in asked)
        if number + nearer < most:
            wave.append(_offer(situation, one, now, left))
    return tuple(wave)


def metres_to(person: Person | None, place: Place | None, rules: Rules, now: datetime) -> float | None:
    """The distance of somebody in metres; None where it is not known or was long ago."""
    known = person.known_at(now) if person is not None else None
    if place is None or person is None or person.position is None or known is None:
        return None
    return distance(place, person.position.place) if now - known <= rules.location_max_age else None


def assign(situation: Situation, task: Task, command: c.Assign, now: datetime) -> Answer:
    """Offer a seat by hand: a missing one, else one more; nobody who has one is released.

    The last missing seat is theirs alone: what others were offered is withdrawn.
    """
    agent = situation.agent
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if agent is None or not agent.active:
        return Refusal(reason=Reason.UNKNOWN_PERSON)
    if task.hides_from(agent.id) or (task.urgent and _in_danger(situation, agent.id)):
        return Refusal(reason=Reason.ENDANGERED, person=agent.id)
    part = task.part_of(agent.id)
    if part and part.state.holds:
        return Refusal(reason=Reason.TAKEN, task=task.id, person=agent.id, at=part.since)
    if part and part.state is AssignmentState.OFFERED and part.by_hand:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    if task.emergency and agent.hold not in (None, task.id):
        return Refusal(reason=Reason.AGENT_BUSY, person=agent.id)
    if not agent.reachable or agent.availability in (Availability.OFF_DUTY, Availability.UNAVAILABLE):
        return Refusal(reason=Reason.AGENT_UNFIT, person=agent.id)
    if task.seats == MOST_SEATS and not task.missing:
        return Refusal(reason=Reason.SEATS, task=task.id, limit=MOST_SEATS)
    added = (SeatsSet(seats=task.seats + 1),) if not task.missing else ()
    withdrawn = tuple(e.Released(agent=p.agent) for p in task.offers if p.agent != agent.id)
    until = now + situation.rules.offer_timeout if task.emergency else None
    away = metres_to(agent, task.place, situation.rules, now)
    wanted = wanted_of(agent, wanted_still(task.wants, task.assignments))
    return (
        *added,
        *(withdrawn if task.missing == 1 else ()),
        e.Offered(agent=agent.id, by=situation.caller.id, by_hand=True, until=until, distance=away, wanted=wanted),
    )


def _in_danger(situation: Situation, agent: int) -> bool:
    """Whether an open emergency is the agent's own, so that nobody sends them to another one.

    A silent one is not told, and people may always send themselves.
    """
    own = situation.own_emergency
    return own is not None and not own.silent and agent != situation.caller.id


def accept(situation: Situation, task: Task, command: c.Accept, now: datetime) -> Answer:
    """First yes wins a seat. A late yes counts while a seat is missing; where an emergency has several, in reserve."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    me = situation.caller.person
    part = task.part_of(me.id) if me else None
    if part is not None and part.state.holds:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    if not task.missing and not (has_reserves(task) and part):
        return taken(task)
    if me is None or part is None:
        return Refusal(reason=Reason.NOT_OFFERED, task=task.id)
    if part.state is AssignmentState.RELEASED and not has_reserves(task):
        return Refusal(reason=Reason.OFFER_OVER, task=task.id)
    if task.emergency and me.hold not in (None, task.id):
        return Refusal(reason=Reason.IN_EMERGENCY, task=me.hold)
    if not task.missing:
        return Refusal(reason=Reason.ALREADY, task=task.id) if part.reserve else (Reserved(agent=me.id),)
    begins = task.emergency and task.state is TaskState.SCHEDULED
    return (*yes_of(task, me.id), *((e.Started(),) if begins else ()))


def yes_of(task: Task, agent: int) -> tuple[e.TaskEvent, ...]:
    """The yes of an agent; with the last seat, nobody else is asked any more."""
    return (e.Accepted(agent=agent), *no_longer_asked(task, agent))


def no_longer_asked(task: Task, agent: int) -> tuple[e.TaskEvent, ...]:
    """Withdraw all other offers as this agent takes the last seat."""
    others = (e.Released(agent=p.agent) for p in task.offers if p.agent != agent)
    return tuple(others) if task.missing <= 1 else ()


def taken(task: Task) -> Refusal:
    """The refusal of what somebody has; of many, whoever leads."""
    lead = task.owner
    who, at = (lead.agent, lead.since) if lead is not None else (None, None)
    return Refusal(reason=Reason.TAKEN, task=task.id, person=who, at=at)


def decline(situation: Situation, task: Task, command: c.Decline, now: datetime) -> Answer:
    """*No puedo*, to an offer or later: the next one is asked at once."""
    me = situation.caller.id
    part = task.part_of(me)
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if me is None or part is None:
        return Refusal(reason=Reason.NOT_OFFERED, task=task.id)
    if part.reserve:
        return (e.Declined(agent=me, was=part.state),)
    if part.state is AssignmentState.EXPIRED and task.missing:
        # A late no is a no: whoever can't go isn't asked again. Others were asked when the time was over.
        return (e.Declined(agent=me),)
    if not part.state.holds and part.state is not AssignmentState.OFFERED:
        return taken(task) if task.owner is not None else Refusal(reason=Reason.OFFER_OVER, task=task.id)
    return (e.Declined(agent=me, held=part.state.holds, was=part.state), *after_a_no(situation, task, me, now))


def expire(situation: Situation, task: Task, command: c.ExpireOffer, now: datetime) -> Answer:
    """The time to answer is over; an offer that was answered meanwhile is left alone.

    Whoever calls for help has refused nothing: it is withdrawn. So is one that has not left: another is asked, or it
    waits for as long again.
    """
    part = task.part_of(command.agent)
    if task.state.closed or part is None or part.state is not AssignmentState.OFFERED:
        return Refusal(reason=Reason.OFFER_OVER, task=task.id)
    if _still_leaving(situation, part, command, now):
        return Refusal(reason=Reason.NOBODY_FREE, task=task.id)
    unasked = command.in_danger or situation.asked is not Receipt.TAKEN
    over = e.Released(agent=command.agent) if unasked else e.Expired(agent=command.agent)
    return (over, *after_a_no(situation, task, command.agent, now))


def _still_leaving(situation: Situation, part: Assignment, command: c.ExpireOffer, now: datetime) -> bool:
    """Whether the agent may still be asked, and nobody else can be."""
    agent = situation.directory.person(part.agent)
    waits = situation.asked is Receipt.WAITING and not command.in_danger
    reachable = agent is not None and agent.active and agent.reachable
    return waits and reachable and not situation.candidates and now < part.since + 2 * situation.rules.offer_timeout


def after_a_no(situation: Situation, task: Task, agent: int, now: datetime) -> tuple[e.TaskEvent, ...]:
    """Ask the next nearest in place of the agent who said no: a whole wave when nobody else is asked any more.

    The alert escalates when nobody is left to ask for a missing seat, and when the only one who went gave it back;
    unless somebody has taken charge of it, who is told instead. Those who are found and asked again later do not hurry
    the escalation.
    """
    crew = tuple(part for part in task.crew if part.agent != agent)
    others = tuple(part for part in task.offers if part.agent != agent)
    missing = task.seats - len(crew)
    if not task.emergency or task.quiet or missing <= 0:
        return ()
    most = 1 if others and task.seats == 1 else max(at_once(situation.rules, missing) - len(others), 0)
    after = replace(task, assignments=tuple(part for part in task.assignments if part.agent != agent))
    left = wanted_still(task.wants, after.assignments)
    asked = tuple(_offer(situation, one, now, left) for one in in_turn(situation, after)[:most])
    gave_back = len(crew) < len(task.crew)
    goes_on = bool(asked or others) and (bool(crew) or not gave_back)
    if task.acknowledged_at is not None or goes_on or (not gave_back and task.no_agent_left):
        return asked
    return (*asked, *climb(task, situation.directory, now, Cause.NOBODY))


def _offer(situation: Situation, candidate: Candidate, now: datetime, left: tuple[str, ...]) -> e.Offered:
    return e.Offered(
        agent=candidate.person.id,
        distance=candidate.distance,
        until=now + situation.rules.offer_timeout,
        wanted=wanted_of(candidate.person, left),
    )
