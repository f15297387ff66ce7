"""Refusals: the reason of a no, in a form that a view can put into one clear sentence."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.vocabulary.words import Role, TaskState


class Reason(StrEnum):
    """Each has a sentence ``refusal-<value>`` in every catalogue."""

    UNKNOWN_TASK = "unknown-task"
    UNKNOWN_PERSON = "unknown-person"
    NEEDS_PERSON = "needs-person"
    UNREACHABLE = "unreachable"
    ABOVE_ROLE = "above-role"
    NOT_YOURS = "not-yours"
    CLOSED = "closed"
    STALE = "stale"
    TAKEN = "taken"
    NOT_OFFERED = "not-offered"
    OFFER_OVER = "offer-over"
    ALREADY = "already"
    WRONG_STATE = "wrong-state"
    ANSWERED = "answered"
    NOBODY_FREE = "nobody-free"
    SEATS = "seats"
    DISPOSITION = "disposition"
    KIND = "kind"
    CAPABILITY = "capability"
    PROOF = "proof"
    HAVE_SEATS = "have-seats"
    ACKNOWLEDGED = "acknowledged"
    NOTHING_TO_ACKNOWLEDGE = "nothing-to-acknowledge"
    AGENT_BUSY = "agent-busy"
    IN_EMERGENCY = "in-emergency"
    AGENT_UNFIT = "agent-unfit"
    DUPLICATE = "twin"
    EMPTY = "empty"
    TOO_LONG = "too-long"
    OFF_EARTH = "off-earth"
    INVITATION_OVER = "invitation-over"
    INVITATION_WAITS = "invitation-waits"
    RISE_DECIDED = "rise-decided"
    RISE_OVER = "rise-over"
    RISE_ASKER_GONE = "rise-asker-gone"
    OWN_RISE = "own-rise"
    NEEDS_SECOND = "needs-second"
    NOBODY_APPROVES = "nobody-approves"
    ERASURE_ASKED = "erasure-asked"
    ERASURE_MOVED = "erasure-moved"
    ERASURE_HELD = "erasure-held"
    RESEAL_FIRST = "reseal-first"
    DISABLED = "disabled"
    FROZEN = "frozen"
    ALREADY_FROZEN = "already-frozen"
    NOT_FROZEN = "not-frozen"
    OUT_ALREADY = "out-already"
    WRONG_WORD = "wrong-word"
    WORD_HELD = "word-held"
    LAST_FREEZE = "last-freeze"
    PENDING = "pending"
    SELF = "self"
    LAST_ADMIN = "last-admin"
    UNCHANGED = "unchanged"
    HOLDING = "holding"
    OFFER_WAITS = "offer-waits"
    NO_CHECK_IN = "no-check-in"
    BAD_INTERVAL = "bad-interval"
    ENDANGERED = "endangered"
    SILENT = "silent"
    NOBODY_ON_SCENE = "nobody-on-scene"
    DRILL = "drill"
    DRILL_OVER = "drill-over"
    UNDO_OVER = "undo-over"
    NOT_YOUR_ACT = "not-your-act"
    REOPEN_OVER = "reopen-over"
    UNKNOWN_UNIT = "unknown-unit"
    NOT_YOUR_UNIT = "not-your-unit"
    NAME_TAKEN = "name-taken"
    UNKNOWN_ZONE = "unknown-zone"
    GROUP_TAKEN = "group-taken"
    NOT_IN_UNIT = "not-in-unit"
    IN_ROTA = "in-rota"
    NO_PEOPLE = "no-people"
    TWICE = "twice"
    TOO_MANY = "too-many"
    BAD_LENGTH = "bad-length"
    BAD_HOURS = "bad-hours"
    LOST_TIME = "lost-time"
    DOUBLE_TIME = "double-time"
    TOO_FAR = "too-far"
    BACKWARDS = "backwards"
    PAST = "past"
    OVERLAP = "overlap"
    AWAY = "away"
    COVERED = "covered"
    UNMANNED = "unmanned"
    SWAP_OVER = "swap-over"
    NOT_YOUR_SWAP = "not-your-swap"
    NOT_YOUR_TURN = "not-your-turn"
    PLANNED = "planned"
    NOT_ON_DUTY = "not-on-duty"


class Refusal(Struct, frozen=True, kw_only=True):
    """A no with what a sentence about it needs: the task's id, who stands in the way, since when, in which state.

    ``readings`` are the two moments that a civil time of the ``zone`` may be meant for.
    """

    reason: Reason
    task: int | None = None
    person: int | None = None
    at: datetime | None = None
    state: TaskState | None = None
    role: Role | None = None
    limit: int | None = None
    readings: tuple[datetime, datetime] | None = None
    zone: str | None = None
