"""The life of a task: every state is written out for every step."""

from datetime import datetime
from typing import assert_never

from core.rules.disposition import unknown
from core.rules.escalation import climb_by
from core.rules.kinds import unproven
from core.rules.offers import taken, wave_around, yes_of
from core.rules.reopening import is_lately_closed
from core.rules.reporting import ADDRESS_LIMIT, TITLE_LIMIT
from core.rules.situation import Situation
from core.state.task import Task, evolve
from core.vocabulary import commands as c
from core.vocabulary import events as e
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.places import on_earth
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.visible import one_line
from core.vocabulary.words import AssignmentState, Role, TaskState

NOTE_LIMIT = 4_000

Answer = tuple[e.TaskEvent, ...] | Refusal
OwnStep = c.Depart | c.Arrive | c.Start | c.Pause | c.Resume | c.Complete


def own_step(situation: Situation, task: Task, command: OwnStep, now: datetime) -> Answer:
    """A step of the agent who has the task; to do it before *Voy* is a yes. A supervisor may start and end work."""
    yes = _yes_to(situation, task, command)
    if isinstance(yes, Refusal):
        return yes
    held = task
    for event in yes:
        held = evolve(held, event, now)
    step = _step(situation, held, command)
    if isinstance(step, Refusal):
        return step
    begins = bool(yes) and task.emergency and task.state is TaskState.SCHEDULED
    started = (e.Started(),) if begins and not isinstance(command, c.Start | c.Complete) else ()
    return (*yes, *started, *step)


def _yes_to(situation: Situation, task: Task, command: OwnStep) -> Answer:
    """Nothing to add when the caller has the task already, a yes when it was only offered, else why not."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    me = situation.caller.person
    part = task.part_of(me.id) if me else None
    if part is not None and part.state.holds:
        return ()
    by_hand = not isinstance(command, c.Depart | c.Arrive) and situation.caller.role >= Role.SUPERVISOR
    if me is not None and part is not None and part.state is AssignmentState.OFFERED:
        if task.emergency and me.hold not in (None, task.id):
            return Refusal(reason=Reason.IN_EMERGENCY, task=me.hold)
        return yes_of(task, me.id)
    if by_hand:
        return ()
    return taken(task) if task.owner is not None else Refusal(reason=Reason.NOT_OFFERED, task=task.id)


def _step(situation: Situation, task: Task, command: OwnStep) -> Answer:
    match command:
        case c.Depart():
            return _depart(situation, task)
        case c.Arrive():
            return _arrive(situation, task)
        case c.Start():
            return _start(task)
        case c.Pause():
            return _pause(task)
        case c.Resume():
            return _resume(task)
        case c.Complete():
            return _complete(situation, task, command)
        case _:
            assert_never(command)


def _depart(situation: Situation, task: Task) -> Answer:
    part = task.part_of(situation.caller.id)
    if part is None or part.state in (AssignmentState.EN_ROUTE, AssignmentState.ON_SCENE):
        return Refusal(reason=Reason.ALREADY, task=task.id)
    return (e.EnRoute(agent=part.agent),)


def _arrive(situation: Situation, task: Task) -> Answer:
    part = task.part_of(situation.caller.id)
    if part is None or part.state is AssignmentState.ON_SCENE:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    return (e.OnScene(agent=part.agent),)


def _start(task: Task) -> Answer:
    match task.state:
        case TaskState.SCHEDULED:
            return (e.Started(),)
        case TaskState.IN_PROGRESS:
            return Refusal(reason=Reason.ALREADY, task=task.id)
        case TaskState.PAUSED:
            return (e.Resumed(),)
        case TaskState.COMPLETED | TaskState.CANCELLED:
            return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
        case _:
            assert_never(task.state)


def _pause(task: Task) -> Answer:
    """An emergency is never paused: somebody would wait without knowing it."""
    match task.state:
        case TaskState.IN_PROGRESS if not task.emergency:
            return (e.Paused(),)
        case TaskState.PAUSED:
            return Refusal(reason=Reason.ALREADY, task=task.id)
        case TaskState.SCHEDULED | TaskState.IN_PROGRESS:
            return Refusal(reason=Reason.WRONG_STATE, task=task.id, state=task.state)
        case TaskState.COMPLETED | TaskState.CANCELLED:
            return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
        case _:
            assert_never(task.state)


def _resume(task: Task) -> Answer:
    match task.state:
        case TaskState.PAUSED:
            return (e.Resumed(),)
        case TaskState.SCHEDULED:
            return Refusal(reason=Reason.WRONG_STATE, task=task.id, state=task.state)
        case TaskState.IN_PROGRESS:
            return Refusal(reason=Reason.ALREADY, task=task.id)
        case TaskState.COMPLETED | TaskState.CANCELLED:
            return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
        case _:
            assert_never(task.state)


def _complete(situation: Situation, task: Task, command: c.Complete) -> Answer:
    match task.state:
        case TaskState.SCHEDULED | TaskState.IN_PROGRESS | TaskState.PAUSED:
            program = situation.caller.token
            had = tuple(part.agent for part in task.offers) if program and task.emergency else ()
            if refusal := unknown(situation, task, command.disposition) or unproven(situation, task):
                return refusal
            done = e.Completed(was=task.state, had=had, program=program, disposition=command.disposition)
            return (done, *_withdraw_offers(situation, task))
        case TaskState.COMPLETED | TaskState.CANCELLED:
            return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
        case _:
            assert_never(task.state)


def cancel(situation: Situation, task: Task, command: c.Cancel, now: datetime) -> Answer:
    """Not wanted any more. A card that has changed since it was read can't cancel: it is shown again first.

    All that its reporter has open is for supervisors to end.
    """
    if command.others and situation.caller.role < Role.SUPERVISOR:
        return Refusal(reason=Reason.ABOVE_ROLE, role=Role.SUPERVISOR)
    match task.state:
        case TaskState.SCHEDULED | TaskState.IN_PROGRESS | TaskState.PAUSED:
            if command.seen is not None and command.seen != task.version:
                return Refusal(reason=Reason.STALE, task=task.id)
            program = situation.caller.token
            all_hear = command.in_time or (program and task.emergency)
            had = tuple(part.agent for part in task.offers) if all_hear else ()
            return (
                e.Cancelled(was=task.state, in_time=command.in_time, had=had, program=program),
                *_withdraw_offers(situation, task),
            )
        case TaskState.COMPLETED | TaskState.CANCELLED:
            return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
        case _:
            assert_never(task.state)


def acknowledge(situation: Situation, task: Task, command: c.Acknowledge, now: datetime) -> Answer:
    """*Recibido*: an alert that is open and that nobody has taken charge of."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    if task.acknowledged_at is not None:
        return Refusal(reason=Reason.ACKNOWLEDGED, task=task.id, person=task.acknowledged_by, at=task.acknowledged_at)
    if not task.alert:
        return Refusal(reason=Reason.NOTHING_TO_ACKNOWLEDGE, task=task.id)
    return (e.Acknowledged(person=situation.caller.id, program=situation.caller.token),)


def escalate(situation: Situation, task: Task, command: c.Escalate, now: datetime) -> Answer:
    """Climb by hand."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    return climb_by(situation.caller.id, task, situation.directory, now, Cause.BY_HAND)


def add_note(situation: Situation, task: Task, command: c.AddNote, now: datetime) -> Answer:
    """Words or evidence, on a closed task too: a record may be completed later."""
    if not command.text.strip() and command.attachment is None:
        return Refusal(reason=Reason.EMPTY, task=task.id)
    if len(command.text) > NOTE_LIMIT:
        return Refusal(reason=Reason.TOO_LONG, task=task.id, limit=NOTE_LIMIT)
    reports = situation.caller.id is not None and situation.caller.id == task.reporter
    noted = e.Noted(
        text=command.text.strip(),
        media=command.media,
        attachment=command.attachment,
        still_on=command.still_on,
        more=command.more,
        author=command.author,
        afterwards=reports and is_lately_closed(task, situation.rules.reopen_window, now),
    )
    return (noted,)


def locate(situation: Situation, task: Task, command: c.Locate, now: datetime) -> Answer:
    """Say where it is; the reporter, the agents who have it and supervisors may."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    named = (task.reporter, *(part.agent for part in task.crew))
    if situation.caller.role < Role.SUPERVISOR and situation.caller.id not in named:
        return Refusal(reason=Reason.NOT_YOURS, task=task.id)
    if command.place is not None and not on_earth(command.place.lat, command.place.lon):
        return Refusal(reason=Reason.OFF_EARTH, task=task.id)
    if command.address is not None and len(command.address) > ADDRESS_LIMIT:
        return Refusal(reason=Reason.TOO_LONG, task=task.id, limit=ADDRESS_LIMIT)
    if command.place is None and not (command.address or "").strip():
        return Refusal(reason=Reason.EMPTY, task=task.id)
    if command.anew:
        located = e.Located(place=command.place, address=command.address, anew=True)
    else:
        located = e.Located(place=command.place or task.place, address=command.address or task.address)
    if command.anew and (located.place, located.address) == (task.place, task.address):
        return Refusal(reason=Reason.UNCHANGED, task=task.id)
    return (located, *wave_around(situation, task, located.place, now))


def revise(situation: Situation, task: Task, command: c.Revise, now: datetime) -> Answer:
    """Another title or priority; an emergency's priority stays what it is."""
    if task.state.closed:
        return Refusal(reason=Reason.CLOSED, task=task.id, state=task.state)
    title = one_line(command.title) if command.title is not None else None
    if title == "":
        return Refusal(reason=Reason.EMPTY, task=task.id)
    if title is not None and len(title) > TITLE_LIMIT:
        return Refusal(reason=Reason.TOO_LONG, task=task.id, limit=TITLE_LIMIT)
    if task.emergency and command.priority not in (None, task.priority):
        return Refusal(reason=Reason.WRONG_STATE, task=task.id, state=task.state)
    if title in (None, task.title) and command.priority in (None, task.priority):
        return Refusal(reason=Reason.UNCHANGED, task=task.id)
    return (e.Revised(title=title, priority=command.priority),)


def _withdraw_offers(situation: Situation, task: Task) -> tuple[e.TaskEvent, ...]:
    return tuple(e.Released(agent=part.agent) for part in task.offers if part.agent != situation.caller.id)
