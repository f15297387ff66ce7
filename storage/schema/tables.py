"""The tables. Moments are milliseconds since the epoch (``storage.schema.instants``), places are degrees.

A partial index holds just the rows that its question is about, so that a million others cost nothing (P11).
"""

from sqlalchemy import Index, Table
from sqlmodel import Field, SQLModel

from storage.schema.columns import BY_KEY, NAME, big, derived, key, only, text
from storage.schema.task_tables import TaskRow

__all__ = ["TaskRow"]  # beside the tables of this file

_FREE = "membership = 'active' AND role = 1 AND availability = 'available' AND hold IS NULL AND reachable = 1"

_LEADING_IN_UNIT = "membership = 'active' AND role + 0 = 2"
_BELONGING = "membership = 'active' AND unit + 0 > 0"
_LEADING = "membership = 'active' AND role = 2"
# A sum keeps the planner from the index of all who lead, on duty or not.
_LEADING_BY_HAND = "membership = 'active' AND role + 0 = 2 AND shift_since IS NOT NULL"


class PersonRow(SQLModel, table=True):
    """Everybody who ever asked to be let in.

    ``cell`` is the place as one number; ``seen_at`` and ``live_until`` (of a live share) are 0 where there is none.
    ``looks``: the form that names have in common that look alike; ``apart``: digits of the account that tell them so.
    ``capabilities``: each between bars, ``|paramédico|escalera|``; NULL where there is none.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("person_username", "username"),
        Index("person_by_role", "membership", "role", "name", "id"),
        only("person_free_by_cell", "cell", where="free = 1"),
        only("person_free_by_sight", "seen_at", where="free = 1"),
        only("person_free_live", "live_until", where="free = 1 AND live_until > 0"),
        only("person_of_unit", "unit", "name", "id", where="unit IS NOT NULL"),
        only("person_in_unit", "unit", "id", where=_BELONGING),
        only("person_leads_in_unit", "unit", "id", where=_LEADING_IN_UNIT),
        only("person_on_shift", "unit", where="shift_since IS NOT NULL"),
        only("person_silenced", "membership", "reachable", where="reachable = 0"),
        Index("person_by_looks", "looks", "id"),
        only("person_active", "role", "id", where="membership = 'active'"),
        only("person_able_by_cell", "cell", "capabilities", where="free = 1 AND capabilities IS NOT NULL"),
        only("person_able_by_sight", "seen_at", "capabilities", where="free = 1 AND capabilities IS NOT NULL"),
        only("person_pending", "membership", "id", where="membership = 'pending'"),
        only("person_leading_unit", "unit", "id", where=_LEADING),
        only("person_leading_on_shift", "membership", "id", where=_LEADING_BY_HAND),
        only("person_leading_without", "membership", "unit", "id", where=_LEADING_BY_HAND),
    )
    id: int = key()
    telegram_id: int = big(unique=True)
    name: str = text()
    username: str | None = text(default=None)
    role: int
    membership: str = text()
    availability: str = text()
    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None
    cell: int | None = big(default=None)
    seen_at: int = big(default=0)
    hold: int | None = big(default=None)
    unit: int | None = big(default=None)
    shift_since: int | None = big(default=None)
    reachable: int
    free: int = derived(_FREE)
    live_until: int = big(default=0, sa_column_kwargs={"server_default": "0"})
    looks: str = Field(default="", sa_type=NAME, sa_column_kwargs={"server_default": ""})
    apart: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    capabilities: str | None = text(default=None)


class AssignmentRow(SQLModel, table=True):
    """One agent's part in one task. ``engaged``: the agent is busy with it."""

    __tablename__ = "assignment"
    __table_args__ = (Index("assignment_by_agent", "agent", "standing", "task"), BY_KEY)
    task: int = big(primary_key=True)
    agent: int = big(primary_key=True)
    position: int
    state: str = text()
    since: int = big()
    by: int | None = big(default=None)
    by_hand: int
    distance: float | None = None
    standing: int
    engaged: int
    reserve: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    wanted: str | None = text(default=None)


class TaskWordRow(SQLModel, table=True):
    """The words by which a task is found."""

    __tablename__ = "task_word"
    __table_args__ = (Index("task_word_of_task", "task", "word"), BY_KEY)
    word: str = Field(primary_key=True, sa_type=NAME)
    task: int = big(primary_key=True)


class EventRow(SQLModel, table=True):
    """The history: who, what, when and why. Only ever added to, and chained (``storage.audit.chain``).

    ``salt`` and ``erasable`` (names of fields of ``body``) are of events with words of a person, ``whose`` they are;
    once these are erased both are None, and ``digest`` stands for the words (``storage.audit.apart``).
    """

    __tablename__ = "event"
    __table_args__ = (
        only("event_of_task", "task", "id", where="task IS NOT NULL"),
        only("event_of_person", "person", "id", where="person IS NOT NULL"),
        only("event_of_unit", "unit", "id", where="unit IS NOT NULL"),
        only("event_words_of", "whose", where="salt IS NOT NULL"),
        only("event_words_by_age", "at", "id", where="salt IS NOT NULL"),
    )
    id: int = key()
    at: int = big()
    task: int | None = big(default=None)
    person: int | None = big(default=None)
    unit: int | None = big(default=None)
    by: int | None = big(default=None)
    via: str = text()
    reason: str = text()
    body: str = text()
    chain: int = big()
    link: int = big()
    hash: str = text()
    salt: str | None = text(default=None)
    erasable: str | None = text(default=None)
    digest: str | None = text(default=None)
    whose: int | None = big(default=None)


class ChainRow(SQLModel, table=True):
    """Where each chain of events ends: how many it has and the hash of the last."""

    __tablename__ = "chain"
    chain: int = big(primary_key=True)
    events: int = big()
    hash: str = text()


class AnswerRow(SQLModel, table=True):
    """Answers by idempotency key."""

    __tablename__ = "answer"
    __table_args__ = (Index("answer_by_age", "at"), BY_KEY)
    key: str = text(primary_key=True)
    at: int = big()
    body: str = text()


class TimerRow(SQLModel, table=True):
    """Due times."""

    __tablename__ = "timer"
    __table_args__ = (Index("timer_due", "urgent", "due_at"), BY_KEY)
    kind: str = text(primary_key=True)
    task: int = big(primary_key=True)
    person: int = big(primary_key=True)
    unit: int = big(primary_key=True)
    due_at: int = big()
    urgent: int


class CounterRow(SQLModel, table=True):
    """Running numbers and totals, so that a count costs the same at any size."""

    __tablename__ = "counter"
    __table_args__ = (BY_KEY,)
    name: str = Field(primary_key=True, sa_type=NAME)
    value: int = big()


class CardRow(SQLModel, table=True):
    """The message that shows a task, a form or a request in a chat; ``message_id`` is None until it is sent."""

    __tablename__ = "card"
    __table_args__ = (Index("card_of_chat", "chat", "message_id"), BY_KEY)
    card: str = text(primary_key=True)
    chat: int = big(primary_key=True)
    message_id: int | None = big(default=None)
    digest: str = text()
    topic: int | None = big(default=None)


class FormRow(SQLModel, table=True):
    """A form that somebody is filling in, in one chat; survives any restart."""

    __tablename__ = "form"
    __table_args__ = (Index("form_by_age", "at"), BY_KEY)
    person: int = big(primary_key=True)
    chat: int = big(primary_key=True)
    kind: str = text()
    step: str = text()
    data: str = text()
    at: int = big()


class InboxRow(SQLModel, table=True):
    """Updates as Telegram sent them, until they are handled; then without their text, to know them again."""

    __tablename__ = "inbox"
    __table_args__ = (
        only("inbox_ready", "rank", "due_at", "id", where="state = 1"),
        only("inbox_taken", "line", "lease_until", where="state = 2"),
        only("inbox_line", "line", "rank", "id", where="state < 3"),
        only("inbox_ended", "state", "ended_at", where="state >= 3"),
        only("inbox_unfinished", "received_at", where="state < 3"),
    )
    id: int = key()
    update_id: int = big(unique=True)
    line: str = text()
    rank: int
    state: int
    due_at: int = big()
    lease_until: int | None = big(default=None)
    attempts: int
    ended_at: int | None = big(default=None)
    error: str | None = text(default=None)
    received_at: int = big()
    payload: str = text()
    fingerprint: str | None = text(default=None)


class OutboxRow(SQLModel, table=True):
    """Messages to chats, until Telegram took them."""

    __tablename__ = "outbox"
    __table_args__ = (
        only("outbox_ready", "rank", "turn", "due_at", "id", where="state = 1"),
        only("outbox_taken", "line", "lease_until", where="state = 2"),
        only("outbox_line", "line", "rank", "turn", "id", where="state < 3"),
        only("outbox_ended", "state", "ended_at", where="state >= 3"),
        only("outbox_unfinished", "rank", "created_at", where="state < 3"),
        only("outbox_card", "card", "chat", where="state < 2 AND card IS NOT NULL"),
        only("outbox_rings", "card", where="ring = 1 AND card IS NOT NULL"),
        only("outbox_members", "line", where="method = 'joined'"),
    )
    id: int = key()
    line: str = text()
    rank: int
    state: int
    due_at: int = big()
    lease_until: int | None = big(default=None)
    attempts: int
    ended_at: int | None = big(default=None)
    error: str | None = text(default=None)
    created_at: int = big()
    chat: int = big()
    method: str = text()
    payload: str = text()
    card: str | None = text(default=None)
    ring: int
    uncertain: int
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model, for statements."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
