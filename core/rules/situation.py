"""The input of a decision. Everything is read before, in the same transaction; the decision itself reads nothing."""

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from core.rules.permissions import Caller
from core.state.checkins import CheckIn
from core.state.directory import Directory
from core.state.person import Person
from core.state.rises import Rise
from core.state.task import Task
from core.state.units import Unit
from core.vocabulary import events as e
from core.vocabulary.dispositions import DISPOSITIONS
from core.vocabulary.escalation_policy import EMERGENCY_POLICY, EscalationPolicy
from core.vocabulary.kinds import WorkKind
from core.vocabulary.shares import ReportJoined
from core.vocabulary.words import Priority, Role, TaskType


class Rules(Struct, frozen=True, kw_only=True):
    """The numbers that the configuration sets: agents asked at once, how many go (``needs``), and so on."""

    offer_to: int = 3
    needs: int = 1
    offer_timeout: timedelta = timedelta(seconds=45)
    location_max_age: timedelta = timedelta(minutes=10)
    duplicate_window: timedelta = timedelta(seconds=30)
    invitation_life: timedelta = timedelta(hours=24)
    handover_timeout: timedelta = timedelta(minutes=10)
    drill_length: timedelta = timedelta(minutes=10)
    stale_after: timedelta = timedelta(minutes=10)
    undo_window: timedelta = timedelta(seconds=10)
    reopen_window: timedelta = timedelta(minutes=15)
    dispositions: tuple[str, ...] = DISPOSITIONS
    checkin_types: frozenset[TaskType] = frozenset()
    checkin_every: timedelta = timedelta(minutes=30)
    checkin_grace: timedelta = timedelta(minutes=2)
    still_after: timedelta = timedelta(minutes=10)
    round_every: timedelta = timedelta(0)
    admins: frozenset[int] = frozenset()  # accounts that may lead a desk that nobody leads
    policies: dict[Priority, EscalationPolicy] = {}
    kinds: tuple[WorkKind, ...] = ()
    capabilities: tuple[str, ...] = ()

    def policy(self, priority: Priority, kind: WorkKind | None = None) -> EscalationPolicy | None:
        """The escalation policy of a new task, its kind's before its priority's; an emergency always has one (P4)."""
        policy = self.policies.get(priority)
        if kind is not None and kind.policy is not None:
            policy = replace(kind.policy, broadcast_every=None)
        if priority is not Priority.CRITICAL:
            return policy
        if policy is None or not policy.steps:
            return EMERGENCY_POLICY
        most = self.policies.get(priority, EMERGENCY_POLICY).broadcast_every or EMERGENCY_POLICY.broadcast_every
        return replace(policy, broadcast_every=policy.broadcast_every or most)


class Candidate(Struct, frozen=True, kw_only=True):
    """An agent who could be asked, with the distance in metres (None: place unknown or too old)."""

    person: Person
    distance: float | None = None


class Invitation(Struct, frozen=True, kw_only=True):
    """A one-time link that was made and not used yet; ``made_with`` is the account that its maker had.

    Not ``confirmed``: a second administrator has not said yet that it may open the door.
    """

    role: Role
    expires_at: datetime
    made_by: int | None = None
    made_with: int | None = None
    confirmed: bool = True


class Act(Struct, frozen=True, kw_only=True):
    """The last thing that the caller did to a task and may take back, and when."""

    event: e.Completed | e.Cancelled | e.Declined
    at: datetime


class Report(Struct, frozen=True, kw_only=True):
    """A report that joined an emergency: whose it is, and the emergency ``into`` which it was taken out, if it was.

    ``evidence``: the files that came with it.
    """

    event: ReportJoined
    by: int | None = None
    program: str | None = None
    into: int | None = None
    evidence: tuple[e.Noted, ...] = ()


class Receipt(Enum):
    """Receipt of an alert, as far as one can be had: it was taken, waits to leave, or was refused."""

    TAKEN = "taken"
    WAITING = "waiting"
    REFUSED = "refused"


class Word(Enum):
    """A word that was said to freeze somebody: not looked at, right, wrong, or wrong once more than is kept quiet."""

    HELD = "held"
    RIGHT = "right"
    WRONG = "wrong"
    TOLD = "told"


class Situation(Struct, frozen=True, kw_only=True):
    """All that ``decide`` may look at.

    ``agent`` is the person whom the command names or who presses; ``candidates`` are free agents, nearest first, those
    without a recent place last; ``duplicate_of`` is the id of the same report by the same person within
    ``rules.duplicate_window``.

    Of units: the one that the command names, the ``home`` of the person whom it is about, all ``people`` whom it names,
    and the ids of the unit that has the ``namesake`` or is ``linked`` to the room already.

    Of those whom the last step told: whether the ``agent`` was ``told``, and whether ``others_hear`` beside them.
    ``told_still``: one of them can be reached and is still named. ``on_duty``: whether the ``agent`` is.
    ``led``: whether there is an administrator; ``last``: the ``agent`` is the only one.

    ``own_emergency`` is an open emergency of the ``agent``'s own.

    ``act`` is what the caller would take back; ``maker`` made the ``invitation``.

    ``earlier``: so many emergencies the reporter has open; a new one joins the ``task``, where there is one.
    ``report`` is the one that is taken out of it.

    ``second``: another administrator could confirm what the caller wants; ``rise`` is the request that is answered, of
    the ``asker``.

    ``asked``: whether the agent's offer has left; ``round_waits``: the last broadcast of the task is still leaving.

    ``word``: how the word is that was said to freeze the ``agent``, after so many wrong ``tries``; ``word_at``: when
    one is looked at again.

    ``erasure_waits``: the ``agent`` has asked for it already; ``stands_in_way``: an open task for which their data
    can't be erased yet; ``in_chain``: words of the record can't be erased before it is resealed.

    Of check-ins: that of the ``agent``, and the open emergency that it or their duress word has ``raised``.
    """

    caller: Caller
    rules: Rules
    task: Task | None = None
    agent: Person | None = None
    candidates: tuple[Candidate, ...] = ()
    directory: Directory = Directory()
    duplicate_of: int | None = None
    invitation: Invitation | None = None
    maker: Person | None = None
    second: bool = False
    rise: Rise | None = None
    asker: Person | None = None
    unit: Unit | None = None
    home: Unit | None = None
    own_emergency: Task | None = None
    people: dict[int, Person] = {}
    namesake: int | None = None
    linked: int | None = None
    check_in: CheckIn | None = None
    raised: Task | None = None
    act: Act | None = None
    earlier: int = 0
    report: Report | None = None
    told: bool = False
    others_hear: bool = False
    told_still: bool = False
    on_duty: bool = False
    led: bool = False
    last: bool = False
    asked: Receipt = Receipt.TAKEN
    round_waits: bool = False
    word: Word = Word.WRONG
    word_at: datetime | None = None
    tries: int = 0
    erasure_waits: bool = False
    stands_in_way: int | None = None
    in_chain: bool = False
