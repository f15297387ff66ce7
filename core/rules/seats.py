"""Seats: reinforcement, relief by name, and who is asked for the seats that nobody has (P12)."""

from datetime import datetime

from core.rules.capabilities import asked_already
from core.rules.escalation import climb
from core.rules.offers import more_offers
from core.rules.situation import Situation
from core.state.task import Task, evolve
from core.vocabulary import events as e
from core.vocabulary import seats as st
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role

Answer = tuple[e.TaskEvent, ...] | Refusal


def bad_number(seats: int, task: int | None = None) -> Refusal | None:
    """Refuse a number of seats that no task can have."""
    return None if 1 <= seats <= st.MOST_SEATS else Refusal(reason=Reason.SEATS, task=task, limit=st.MOST_SEATS)


def reinforce(situation: Situation, task: Task, command: st.Reinforce, now: datetime) -> Answer:
    """*Pido refuerzo*: more seats, and agents are asked for them at once. Whoever goes may, and supervisors.

    Fewer: only a supervisor's word, down to those who go: nobody is released but by name.
    """
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    part = task.part_of(situation.caller.id)
    supervises = situation.caller.role >= Role.SUPERVISOR
    if not supervises and (part is None or not part.state.holds or not task.emergency):
        return Refusal(reason=Reason.NOT_YOURS, task=task.id)
    seats = task.seats + 1 if command.seats is None else command.seats
    if refusal := bad_number(seats, task.id):
        return refusal
    if command.wants and command.wants not in situation.rules.capabilities:
        return Refusal(reason=Reason.CAPABILITY, task=task.id)
    if seats == task.seats or (seats < task.seats and not (supervises and command.fewer)):
        return Refusal(reason=Reason.ALREADY, task=task.id)
    if seats < len(task.crew):
        return Refusal(reason=Reason.HAVE_SEATS, task=task.id, limit=len(task.crew))
    called = seats > task.seats
    wants = (*task.wants, command.wants) if command.wants and called else None
    asked = asked_already(situation, task, wants or ())
    program = "" if called else situation.caller.token
    changed = st.SeatsSet(seats=seats, called=called, wants=wants, asked=asked, program=program)
    after = evolve(task, changed, now)
    if not after.missing:
        return (changed, *(e.Released(agent=part.agent) for part in task.offers))
    return (changed, *fill(situation, after, now))


def relieve(situation: Situation, task: Task, command: st.Relieve, now: datetime) -> Answer:
    """Release one of the crew by name; the seat closes where another is left for whoever comes instead."""
    part = task.part_of(command.agent)
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if part is None or not part.state.holds:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    released = e.Released(agent=part.agent, held=True, program=situation.caller.token)
    closed = (st.SeatsSet(seats=task.seats - 1),) if task.seats > 1 else ()
    after = task
    for event in (released, *closed):
        after = evolve(after, event, now)
    return (released, *closed, *fill(situation, after, now))


def fill(situation: Situation, task: Task, now: datetime) -> tuple[e.TaskEvent, ...]:
    """Ask for the seats that nobody has; the alert climbs where nobody is left to ask and nobody is in charge.

    Whoever was chosen by hand for a seat has it to themselves until they answer.
    """
    chosen = sum(part.by_hand for part in task.offers)
    if not task.emergency or task.quiet or task.missing <= chosen:
        return ()
    asked = more_offers(situation, task, now)
    if asked or task.offers or task.acknowledged_at is not None or task.no_agent_left:
        return asked
    return climb(task, situation.directory, now, Cause.NOBODY)
