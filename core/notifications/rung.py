"""The one rule of who is rung, with sound, at which turn of a task: ``(event, task after it) → parties``.

Whoever was rung that it goes well is rung when it no longer does; whoever took charge, or goes, is rung at the end, by
whomever and why; when a program says so in somebody's name, they and all who were alerted are rung too. Everything else
is a silent change of the card. Nobody is rung for what they did themselves. ``docs/reliability.md`` has it as a table.
"""

from enum import StrEnum
from typing import assert_never

from core.state.task import Task
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary import reopening_events as r
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.dispositions import Disposed
from core.vocabulary.escalation_policy import Cause
from core.vocabulary.kinds import Classified
from core.vocabulary.maydays import MaydayHeard
from core.vocabulary.rounds import RoundCalled, RoundMarked


class Party(StrEnum):
    """The parts that people have in a task; one person may have several."""

    REPORTER = "reporter"
    AGENT = "agent"  # whom the event names
    HELPERS = "helpers"  # who said yes
    ASKED = "asked"  # who go, or were asked to
    ASKER = "asker"  # who chose the agent by hand
    IN_CHARGE = "in charge"
    NOTIFIED = "notified"  # whom the step of the ladder names
    ALERTED = "alerted"  # supervisors and administrators who have the card
    HAD = "had it"  # who had it, was asked to, or was in charge when it was closed
    RETURNED = "returned"  # who can be reached again
    UNIT = "unit"  # its unit's supervisors on duty, where another unit's answers or ends it, or relieves who goes
    LEADERS = "leaders"  # supervisors, or administrators where there are none
    SPEAKER = "speaker"  # in whose name a program did it


def rung(event: e.TaskEvent, task: Task) -> frozenset[Party]:
    """The parties who get a new message that is heard."""
    match event:
        case e.Opened():
            waits = not task.assignments and not task.notified
            return frozenset({Party.REPORTER, Party.LEADERS} if waits else {Party.REPORTER})
        case e.Escalated():
            turned = event.cause is Cause.NOBODY
            return frozenset({Party.NOTIFIED, Party.ALERTED} if turned else {Party.NOTIFIED})
        case n.Notified():
            return frozenset({Party.NOTIFIED})
        case e.Offered():
            return frozenset({Party.AGENT})
        case e.Acknowledged() if event.program and task.urgent:
            return frozenset({Party.REPORTER, Party.SPEAKER, Party.ALERTED, Party.UNIT})
        case e.Accepted() | e.OnScene():
            return frozenset({Party.REPORTER})
        case e.Acknowledged():
            return frozenset({Party.REPORTER, Party.UNIT})
        case e.Declined(held=True) if task.emergency:
            return frozenset({Party.REPORTER, Party.ASKER, Party.IN_CHARGE})
        case e.Declined() | e.Expired():
            return frozenset({Party.ASKER, Party.IN_CHARGE} if _alone(task) else {Party.ASKER})
        case e.Reached():
            return frozenset({Party.RETURNED})
        case e.Vacated():
            return _left_without(event, task)
        case e.Released():
            return _relieved(event) if event.held else frozenset()
        case e.Completed() if task.drill:  # whoever began it gets the report
            return frozenset({Party.HELPERS, Party.IN_CHARGE})
        case e.Cancelled(in_time=True):
            # An alarm that was none: all whom it rang hear that.
            return frozenset({Party.REPORTER, Party.HELPERS, Party.IN_CHARGE, Party.HAD, Party.ALERTED})
        case e.Completed() | e.Cancelled() if event.program and task.urgent:
            everybody = {Party.REPORTER, Party.HELPERS, Party.IN_CHARGE, Party.HAD, Party.ALERTED}
            return frozenset({*everybody, Party.SPEAKER, Party.UNIT})
        case e.Completed() | e.Cancelled():
            return frozenset({Party.REPORTER, Party.HELPERS, Party.IN_CHARGE, Party.UNIT})
        case r.Reopened():
            unasked = not task.emergency and not task.offers and task.owner is None
            return frozenset({Party.REPORTER, Party.HAD, *((Party.LEADERS,) if unasked else ())})
        case r.DeclineUndone():
            part = task.part_of(event.agent)
            back = part is not None and part.state.holds
            return frozenset({Party.REPORTER, Party.ASKER, Party.IN_CHARGE} if back else {Party.ASKER})
        case e.Located(anew=True) if task.emergency:
            charged = task.acknowledged_by is not None
            return frozenset({Party.ASKED, Party.IN_CHARGE if charged else Party.ALERTED})
        case st.SeatsSet() if event.called and task.emergency:
            return frozenset({Party.IN_CHARGE, Party.ALERTED, Party.REPORTER})
        case MaydayHeard():
            return frozenset({Party.HELPERS, Party.IN_CHARGE, Party.ALERTED})
        case st.SeatsSet() | Disposed():
            return frozenset({Party.SPEAKER} if event.program else ())
        case st.Reserved() | Classified() | RoundCalled() | RoundMarked():
            return frozenset()
        case s.ReportJoined() | s.ReportTakenOut() | s.Counted() | a.ReporterOut():
            return frozenset()
        case e.EnRoute() | e.Started() | e.Paused() | e.Resumed() | e.Noted() | e.Located() | e.Revised() | e.Passed():
            return frozenset()
        case _:
            assert_never(event)


def program_of(event: e.AnyEvent | None) -> str:
    """The name of the token with which a program did it; empty where none did."""
    match event:
        case e.Acknowledged() | e.Completed() | e.Cancelled() | e.Released() | st.SeatsSet() | Disposed():
            return event.program
        case _:  # whatever else a program does is nobody's word that somebody sees to it
            return ""


def _relieved(event: e.Released) -> frozenset[Party]:
    """The agent, and people who relied on them."""
    parties = {Party.REPORTER, Party.AGENT, Party.IN_CHARGE, Party.UNIT}
    return frozenset({*parties, Party.SPEAKER} if event.program else parties)


def _left_without(event: e.Vacated, task: Task) -> frozenset[Party]:
    """People who relied on an agent who is out, and those who can ask another."""
    if not task.emergency:
        return frozenset({Party.REPORTER, Party.ASKER, Party.IN_CHARGE, Party.LEADERS})
    if event.held:
        return frozenset({Party.REPORTER, Party.IN_CHARGE, Party.ALERTED})
    return frozenset({Party.IN_CHARGE} if _alone(task) else ())


def _alone(task: Task) -> bool:
    """Whether no agent is left to ask for a seat of an emergency."""
    return task.emergency and bool(task.missing) and not task.offers
