"""What a reader may do with a task now: the buttons under their card."""

from datetime import datetime

from core import commands as c
from core.decide import decide
from core.permissions import Caller, caller_of
from core.person import Person
from core.refusals import Refusal
from core.situation import Rules, Situation
from core.task import Task
from core.words import Availability, Membership, Role

Opening = type[c.OnTask]

_STEPS = (c.Accept, c.Decline, c.Depart, c.Arrive, c.Start, c.Pause, c.Resume, c.Complete)
_CHARGES = (c.Cancel, c.Acknowledge, c.Escalate)
_GROUP = Caller(role=Role.SUPERVISOR, via="group")
_SOMEBODY_FREE = Person(id=0, telegram_id=0, name="", membership=Membership.ACTIVE, availability=Availability.AVAILABLE)


def may_now(task: Task, reader: Person | None, now: datetime) -> frozenset[Opening]:
    """The commands that ``decide`` would accept from this reader; None: the supervisors' group.

    Asking the decision itself keeps the buttons and the rules from ever saying different things.
    """
    caller = caller_of(reader) if reader is not None else _GROUP
    situation = Situation(caller=caller, rules=Rules(), task=task, agent=_SOMEBODY_FREE)
    asked: tuple[c.TaskCommand, ...] = (
        *(step(task=task.id) for step in _STEPS),
        *(charge(task=task.id) for charge in _CHARGES),
        c.Assign(task=task.id, agent=_SOMEBODY_FREE.id),
        c.AddNote(task=task.id, text="?"),
    )
    return frozenset(type(one) for one in asked if not isinstance(decide(situation, one, now), Refusal))
