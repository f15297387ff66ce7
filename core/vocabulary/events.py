"""Events, the only history: a task and a person are made from theirs.

Each is stored as JSON with its name under ``type``; a field may be added with a default, never renamed or removed.
"""

from datetime import datetime

from msgspec import Struct, field

from core.vocabulary.account_events import OfAccount, Relinked, Replaced, ReporterOut, Revoked, Thawed
from core.vocabulary.alarms import Alarm
from core.vocabulary.checkin_events import CheckInEvent
from core.vocabulary.contents import Media
from core.vocabulary.desk_events import DeskEvent
from core.vocabulary.dispositions import Disposed
from core.vocabulary.escalation_policy import Cause, EscalationPolicy, Unreached
from core.vocabulary.kinds import Classified, Work
from core.vocabulary.notifying import Notified
from core.vocabulary.outside import OutsideCaller
from core.vocabulary.places import Place
from core.vocabulary.reach_events import Heard, Silenced
from core.vocabulary.reopening_events import DeclineUndone, TakenBack
from core.vocabulary.rounds import SceneEvent
from core.vocabulary.seats import SeatEvent
from core.vocabulary.shares import Share, ShareEvent
from core.vocabulary.unit_events import UnitEvent
from core.vocabulary.words import AssignmentState, Availability, Kind, Priority, Role, TaskState, TaskType


class Event(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to one task or one person."""


class Opened(Event, frozen=True, kw_only=True, tag="opened"):
    """A report, sent at ``sent_at``; ``seen_at``: where its reporter was seen then. ``seats``: how many are to go."""

    kind: Kind
    task_type: TaskType
    priority: Priority
    title: str
    sent_at: datetime
    reporter: int | None = None
    place: Place | None = None
    seen_at: datetime | None = None
    address: str | None = None
    unit: int | None = None
    policy: EscalationPolicy | None = field(name="ladder", default=None)
    drill: bool = False
    alarm: Alarm | None = None
    share: Share | None = None
    outside: OutsideCaller | None = None
    seats: int = 1
    work: Work | None = None


class Offered(Event, frozen=True, kw_only=True, tag="offered"):
    """An agent was asked, by the desk or ``by_hand`` by somebody (None: a program), ``until`` then (None: for ever).

    ``wanted``: the capability for which they were.
    """

    agent: int
    by: int | None = None
    by_hand: bool = False
    distance: float | None = None
    until: datetime | None = None
    wanted: str = ""


class Accepted(Event, frozen=True, kw_only=True, tag="accepted"):
    """The agent said yes: the task is theirs."""

    agent: int


class Declined(Event, frozen=True, kw_only=True, tag="declined"):
    """The agent said no; ``held``: after a yes. ``was``: their part before; released: they were in reserve."""

    agent: int
    held: bool = False
    was: AssignmentState | None = None


class Expired(Event, frozen=True, kw_only=True, tag="expired"):
    """The agent's time to answer ran out."""

    agent: int


class Released(Event, frozen=True, kw_only=True, tag="released"):
    """The agent is no longer wanted: another took it, or the task closed; ``held``: they had said yes.

    ``program``: the name of the token that relieved them in somebody's name.
    """

    agent: int
    held: bool = False
    program: str = ""


class Vacated(Event, frozen=True, kw_only=True, tag="vacated"):
    """The agent lost their access: what they were asked, or had (``held``), is free again."""

    agent: int
    held: bool = False


class EnRoute(Event, frozen=True, kw_only=True, tag="en_route"):
    """The agent is on the way."""

    agent: int


class OnScene(Event, frozen=True, kw_only=True, tag="on_scene"):
    """The agent has arrived."""

    agent: int


class Started(Event, frozen=True, kw_only=True, tag="started"):
    """Work began."""


class Paused(Event, frozen=True, kw_only=True, tag="paused"):
    """Work stopped for a while."""


class Resumed(Event, frozen=True, kw_only=True, tag="resumed"):
    """Work went on."""


class Completed(Event, frozen=True, kw_only=True, tag="completed"):
    """Work is done. ``was``: the state before; ``program``, ``had`` as in `Cancelled`; ``disposition``: as said."""

    was: TaskState | None = None
    had: tuple[int, ...] = ()
    program: str = ""
    disposition: str = ""


class Cancelled(Event, frozen=True, kw_only=True, tag="cancelled"):
    """The task is not wanted any more. ``was``: the state before.

    ``in_time``: the answer that it was about came in time, and was read late; ``had``: who was asked to go, by id.
    ``program``: the token that a program did it with, in its own name or that of whom the record names.
    """

    was: TaskState | None = None
    in_time: bool = False
    had: tuple[int, ...] = ()
    program: str = ""


class Acknowledged(Event, frozen=True, kw_only=True, tag="acknowledged"):
    """A person (None: a ``program``, of routine work) took charge; climbing stops. ``quiet``: its reporter is out."""

    person: int | None = None
    program: str = ""
    quiet: bool = False


class Escalated(Event, frozen=True, kw_only=True, tag="escalated"):
    """The alert climbed to a step (None: the broadcast to everybody), and these were notified.

    People by id, rooms by number. ``repetition`` counts the policy's earlier runs. It climbs on at ``next_at`` unless
    somebody answers; None: it does not. ``after``: more people follow after this id, whom `Notified` names; ``by``: who
    made it climb, for them to hear.
    """

    cause: Cause
    step: int | None = field(name="rung", default=None)
    repetition: int = field(name="lap", default=0)
    notified: tuple[int, ...] = field(name="told", default=())
    rooms: tuple[int, ...] = field(default=(), name="chats")
    next_at: datetime | None = None
    after: int | None = None
    by: int | None = None


class Passed(Event, frozen=True, kw_only=True, tag="passed"):
    """A step that reached nobody was passed at once."""

    step: int = field(name="rung")
    repetition: int = field(name="lap", default=0)
    why: Unreached


class Reached(Event, frozen=True, kw_only=True, tag="reached"):
    """Somebody whom messages reach again was told what waits for them; ``told``: of an alert, as its step does."""

    person: int
    told: bool = False


class Noted(Event, frozen=True, kw_only=True, tag="noted"):
    """Somebody added words or evidence; ``attachment`` is the channel's name for a file of this kind of ``media``.

    ``still_on``: a late one is not over. ``more``: rings nobody, the one before did. ``afterwards``: it was closed.
    ``author``: who said it, where somebody else took it over from another emergency.
    """

    text: str = ""
    media: Media | None = None
    attachment: str | None = field(default=None, name="file_id")
    still_on: bool = False
    more: bool = False
    afterwards: bool = False
    author: int | None = None


class Located(Event, frozen=True, kw_only=True, tag="located"):
    """The task's place became known or changed. ``anew``: the one before was wrong."""

    place: Place | None = None
    address: str | None = None
    anew: bool = False


class Revised(Event, frozen=True, kw_only=True, tag="revised"):
    """Title or priority changed; None is as before."""

    title: str | None = None
    priority: Priority | None = None


class AccessRequested(Event, frozen=True, kw_only=True, tag="access_requested"):
    """Somebody unknown asked to be let in."""

    name: str
    username: str | None = None


class Renamed(Event, frozen=True, kw_only=True, tag="renamed"):
    """The person was seen with this name and user name; None: with none, or somebody else was seen with it since."""

    name: str
    username: str | None = None


class Admitted(Event, frozen=True, kw_only=True, tag="admitted"):
    """The person is let in, with this role."""

    role: Role


class Rejected(Event, frozen=True, kw_only=True, tag="rejected"):
    """The request for access was turned down."""


class Promoted(Event, frozen=True, kw_only=True, tag="promoted"):
    """The person's role changed, up or down."""

    role: Role


class Disabled(Event, frozen=True, kw_only=True, tag="disabled"):
    """The person may not use the desk any more."""


class Invited(Event, frozen=True, kw_only=True, tag="invited"):
    """A one-time link was made; only the SHA-256 of its token is known to the desk."""

    token_digest: str
    role: Role
    expires_at: datetime


class AvailabilitySet(Event, frozen=True, kw_only=True, tag="availability_set"):
    """The person said whether they can be sent somewhere."""

    availability: Availability


class ShiftStarted(Event, frozen=True, kw_only=True, tag="shift_started"):
    """The person is on duty by hand since then."""

    at: datetime


class ShiftEnded(Event, frozen=True, kw_only=True, tag="shift_ended"):
    """The person is on duty by hand no more."""


Described = Noted | Located | Revised | ShareEvent | Classified
Told = Escalated | Notified | Passed | Reached
Ends = Completed | Cancelled | TakenBack | Disposed
Steps = EnRoute | OnScene | Started | Paused | Resumed
Offers = Offered | Accepted | Declined | Expired | Released | Vacated
TaskEvent = Opened | Offers | ReporterOut | Steps | Ends | Acknowledged | Told | Described | SeatEvent | SceneEvent
AccessEvent = AccessRequested | Admitted | Rejected | Promoted | Disabled | Relinked | Replaced
Presence = AvailabilitySet | ShiftStarted | ShiftEnded | Silenced | Heard
PersonEvent = AccessEvent | OfAccount | Renamed | Invited | Revoked | Presence
AnyEvent = TaskEvent | PersonEvent | UnitEvent | CheckInEvent | DeskEvent

# Signs that somebody is at it.
SIGNS = (Accepted, DeclineUndone, EnRoute, OnScene, Started, Resumed, Acknowledged)

# After which somebody may be free who was not.
FREEING = (Declined, Expired, Released, Completed, Cancelled, AvailabilitySet, Admitted, Heard, Relinked, Thawed)
