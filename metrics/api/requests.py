"""Requests to the API, as JSON or in the query: nothing but what is named here, within the bounds named here."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from core.queries.queries import Which
from core.rules.lifecycle import NOTE_LIMIT
from core.rules.reporting import ADDRESS_LIMIT, TITLE_LIMIT
from core.vocabulary.seats import MOST_SEATS
from core.vocabulary.visible import SHOWS_NOTHING
from core.vocabulary.words import Kind, Priority, TaskType
from metrics.api.shapes import Latitude, Longitude, Place

# PostgreSQL keeps no NUL in a text, and nobody can read one.
_NO_NUL = r"^[^\x00]*$"
# At least one letter that shows.
_SHOWS = rf"^[^\x00]*[^{SHOWS_NOTHING}][^\x00]*$"

Title = Annotated[str, Meta(min_length=1, max_length=TITLE_LIMIT, pattern=_SHOWS)]
Address = Annotated[str, Meta(min_length=1, max_length=ADDRESS_LIMIT, pattern=_SHOWS)]
Note = Annotated[str, Meta(min_length=1, max_length=NOTE_LIMIT, pattern=_SHOWS)]
Text = Annotated[str, Meta(pattern=_NO_NUL)]
# Ids are 64 bits wide on disk.
PersonId = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Username = Annotated[str, Meta(pattern="^@?[A-Za-z0-9_]{1,32}$", examples=["@beto"])]
Assignee = PersonId | Username
# JSON knows no whole numbers but those without a fraction: 3.0 is 3.
Seats = Annotated[float, Meta(ge=1, le=MOST_SEATS, multiple_of=1, examples=[2])]
Work = Annotated[str, Meta(min_length=1, max_length=24, pattern=_NO_NUL, examples=["Incendio"])]
Disposition = Annotated[str, Meta(min_length=1, max_length=24, pattern=_NO_NUL, examples=["resolved", "false_alarm"])]
State = Literal["in_progress", "paused", "completed", "cancelled"]


class Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a program sends."""


class Nothing(Request, frozen=True, kw_only=True):
    """For requests that say all in their address."""


class NewTask(Request, frozen=True, kw_only=True):
    """Work to be done by so many (``seats``). ``assignee`` is asked to: an id, or a user name of Telegram's.

    ``work``: one of the kinds of the configuration, which has its own seats and priority where they are left out.
    """

    title: Title
    type: TaskType = TaskType.PATROL
    work: Work | None = None
    priority: Priority | None = None
    place: Place | None = None
    address: Address | None = None
    assignee: Assignee | None = None
    seats: Seats | None = None


# A number in quotes is one, too; whatever else stands there is passed on as it came.
Degrees = float | Annotated[str, Meta(min_length=1, max_length=40, pattern=_SHOWS)]


class SentPlace(Request, frozen=True, kw_only=True):
    """Degrees as they come from a device. What names no point on the earth is told as part of the address."""

    lat: Degrees
    lon: Degrees


class NewEmergency(Request, frozen=True, kw_only=True):
    """An emergency: told at once, place or no place. A text that is too long for a title becomes a note as well.

    A place in doubt (0, 0; far from everybody) is taken, and said to be so to whoever goes. ``seats``: how many are to
    go; as configured when it is left out.
    """

    title: Text = ""
    place: SentPlace | None = None
    address: Address | None = None
    seats: Seats | None = None


class TaskChange(Request, frozen=True, kw_only=True):
    """One change of a task; ``reason`` goes into the record.

    ``on_behalf_of``: in whose name, an id or a user name; they are told, and need the role for it. An emergency is
    answered and ended, and work on it begun, in a person's name alone.

    Fields that belong together may be sent together: ``title`` with ``priority``, ``place`` with ``address``.
    ``assignee`` is asked for a missing seat, else for one more: nobody is released but who is named in ``relieved``.
    ``seats``: how many are to go, down to those who do; fewer for an emergency in a person's name alone.
    ``work``: what kind it is, by the name that the configuration has; more go where the kind needs more.
    ``disposition``: how it ended, in one of the words of the configuration; with ``state`` completed, or after it.
    ``undone`` takes back, within 10 seconds, the end that this token made; ``reopened`` begins a closed task again.
    """

    state: State | UnsetType = UNSET
    disposition: Disposition | UnsetType = UNSET
    title: Title | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    assignee: Assignee | UnsetType = UNSET
    relieved: Assignee | UnsetType = UNSET
    seats: Seats | UnsetType = UNSET
    work: Work | UnsetType = UNSET
    place: Place | UnsetType = UNSET
    address: Address | UnsetType = UNSET
    acknowledged: Literal[True] | UnsetType = UNSET
    note: Note | UnsetType = UNSET
    reopened: Literal[True] | UnsetType = UNSET
    undone: Literal[True] | UnsetType = UNSET
    on_behalf_of: Assignee | None = None
    reason: Annotated[str, Meta(max_length=500, pattern=_NO_NUL)] = ""


class TaskQuery(Request, frozen=True, kw_only=True):
    """Which tasks; ``after`` is the code of the last one that was seen."""

    state: Which = Which.ALL
    kind: Kind | None = None
    after: Annotated[str, Meta(pattern="^[Tt]-[0-9]{1,15}$")] | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 20


class NearestQuery(Request, frozen=True, kw_only=True):
    """A place in degrees, and the most agents to list."""

    lat: Latitude
    lon: Longitude
    limit: Annotated[int, Meta(ge=1, le=50)] = 5
