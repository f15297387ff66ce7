"""The actions that a reader may take on a task now: the buttons under their card."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from core.rules.decide import decide
from core.rules.permissions import Caller, caller_of
from core.rules.situation import Rules, Situation
from core.state.directory import Deserted
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import commands as c
from core.vocabulary import notifying as n
from core.vocabulary import seats as st
from core.vocabulary import shares as s
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.maydays import TellCrew
from core.vocabulary.refusals import Refusal
from core.vocabulary.rounds import CallRound, OnRound
from core.vocabulary.words import Availability, Membership, Role

ActionType = type[c.OnTask | Classify | Dispose | n.NotifyMore | s.OnShare | st.OnSeats | TellCrew | OnRound]

_STEPS = (c.Accept, c.Decline, c.Depart, c.Arrive, c.Start, c.Pause, c.Resume, c.Complete)
_CHARGES = (c.Cancel, c.Reopen, c.Acknowledge, c.Escalate)
_GROUP = Caller(role=Role.SUPERVISOR, via="group")
_DESERTED = Deserted()
_SOMEBODY_FREE = Person(id=0, account=0, name="", membership=Membership.ACTIVE, availability=Availability.AVAILABLE)


def allowed_actions(
    task: Task, reader: Person | None, now: datetime, *, among: Collection[ActionType] | None = None
) -> frozenset[ActionType]:
    """The commands (``among`` these, or all) that ``decide`` would accept from a reader; None: the supervisors' group.

    Asking the decision itself keeps the buttons and the rules from ever saying different things.
    """
    caller = caller_of(reader) if reader is not None else _GROUP
    situation = Situation(caller=caller, rules=Rules(), task=task, agent=_SOMEBODY_FREE, directory=_DESERTED)
    asked = (one for one in _commands(task.id) if among is None or type(one) in among)
    return frozenset(type(one) for one in asked if not isinstance(decide(situation, one, now), Refusal))


@lru_cache(1)
def _commands(task: int) -> tuple[c.TaskCommand, ...]:
    return (
        *(step(task=task) for step in _STEPS),
        *(charge(task=task) for charge in _CHARGES),
        c.Assign(task=task, agent=_SOMEBODY_FREE.id),
        c.AddNote(task=task, text="?"),
        c.Locate(task=task, address="?"),
        st.Reinforce(task=task),
        CallRound(task=task),
    )
