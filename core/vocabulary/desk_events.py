"""Events of the desk itself, of no task, person or unit; kept like all events (``core.vocabulary.events``)."""

from enum import StrEnum

from msgspec import Struct, field

from core.vocabulary.token_events import TokenEvent


class DeadLetterKind(StrEnum):
    """A kind of dead letter: an update that came, a message that should leave."""

    UPDATE = "update"
    MESSAGE = "message"


class Sealed(Struct, frozen=True, kw_only=True, tag_field="type", tag="sealed"):
    """The record's seal, for all events until then, was sent to the administrators.

    ``ends`` says where each of its chains ended (number, events, hash of the last).
    """

    seal: str
    ends: tuple[tuple[int, int, str], ...]


class Dropped(Struct, frozen=True, kw_only=True, tag_field="type", tag="dropped"):
    """Somebody looked at what had been set aside, and nobody will try it again.

    ``number`` is the channel's of an update, the desk's own of a message to ``address``; ``cause`` is why it had been
    set aside.
    """

    what: DeadLetterKind
    number: int
    address: int = field(name="chat")
    cause: str


class Forgotten(Struct, frozen=True, kw_only=True, tag_field="type", tag="forgotten"):
    """Requests for access that nobody answered in time were deleted; ``people``: the numbers that they had."""

    people: tuple[int, ...]


class Reading(StrEnum):
    """Looks that tell of people: who is where or free, what is kept of oneself, the record."""

    TEAM = "team"
    NEAREST = "nearest"
    PERSON = "person"
    OWN_DATA = "own_data"
    RECORD = "record"


class LookedUp(Struct, frozen=True, kw_only=True, tag_field="type", tag="looked_up"):
    """Somebody looked at it, at least once within these minutes (`core.desk.reading_log`)."""

    what: Reading


class Informed(Struct, frozen=True, kw_only=True, tag_field="type", tag="informed"):
    """A person was told what is kept of them, for how long, and who answers for it."""


class Resealed(Struct, frozen=True, kw_only=True, tag_field="type", tag="resealed"):
    """Words of before were set apart from the chain: all before this was hashed anew, and stood for ``old_seal``.

    ``ends`` says where each chain ended then, ``seals`` the same for each seal that was published before. ``signature``
    is that of the desk's ``key``, in hexadecimal, over the SHA-256 of ``[old_seal, new_seal, seals]``.
    """

    old_seal: str
    new_seal: str
    ends: tuple[tuple[int, int, str], ...]
    seals: tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...]
    key: str
    signature: str


class Erased(Struct, frozen=True, kw_only=True, tag_field="type", tag="erased"):
    """Words of these events (chain, link) were erased: a person's, or of anybody that were old (None).

    ``approved_by`` None: by an age in the configuration.
    """

    events: tuple[tuple[int, int], ...]
    person: int | None = None
    approved_by: int | None = None


DeskEvent = Sealed | Dropped | Forgotten | LookedUp | Informed | Erased | Resealed | TokenEvent
