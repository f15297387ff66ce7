"""The tables. Moments are milliseconds since the epoch (``storage.instants``), places are degrees.

An index that serves one question says which; a partial one holds just the rows that the question is about, so that the
answer costs the same with a million rows that it is not about (P11).
"""

from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Computed, Index, Integer, Table, Text, text
from sqlmodel import Field, SQLModel


def _big(**extra: Any) -> Any:
    return Field(sa_type=BigInteger, **extra)


def _text(**extra: Any) -> Any:
    return Field(sa_type=Text, **extra)


def _only(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which ``where`` holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _key() -> Any:
    """A number that the database gives; SQLite does so for INTEGER alone."""
    return Field(default=None, primary_key=True, sa_type=_ROW_ID)


_ROW_ID = BigInteger().with_variant(Integer, "sqlite")
# Text that is ordered by code point everywhere, so that what has one beginning stands together.
_NAME = Text().with_variant(Text(collation="C"), "postgresql")
# A table that is its own index: one tree to write instead of two.
_BY_KEY = {"sqlite_with_rowid": False}
_FREE = "membership = 'active' AND role = 1 AND availability = 'available' AND hold IS NULL AND reachable = 1"


class PersonRow(SQLModel, table=True):
    """Everybody who ever asked to be let in.

    ``cell`` is the place as one number (``storage.cells``), None without one; ``seen_at`` is 0 for whoever was never
    seen; ``free`` is what the database makes of the others: an emergency may be offered to them now.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("person_username", "username"),
        Index("person_by_role", "membership", "role", "name", "id"),
        _only("person_free_by_cell", "cell", where="free = 1"),
        _only("person_free_by_sight", "seen_at", where="free = 1"),
        _only("person_of_unit", "unit", "name", "id", where="unit IS NOT NULL"),
        _only("person_on_shift", "unit", where="shift_since IS NOT NULL"),
    )
    id: int | None = _key()
    telegram_id: int = _big(unique=True)
    name: str = _text()
    username: str | None = _text(default=None)
    role: int
    membership: str = _text()
    availability: str = _text()
    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None
    cell: int | None = _big(default=None)
    seen_at: int = _big(default=0)
    hold: int | None = _big(default=None)
    unit: int | None = _big(default=None)
    shift_since: int | None = _big(default=None)
    reachable: int
    free: int = Field(default=None, sa_column=Column(Integer, Computed(f"CASE WHEN {_FREE} THEN 1 ELSE 0 END")))


class TaskRow(SQLModel, table=True):
    """Tasks and emergencies as they stand now. ``open``: not closed; ``alerting``: somebody should take charge."""

    __tablename__ = "task"
    __table_args__ = (
        Index("task_listed", "open", "kind", "id"),
        Index("task_by_reporter", "reporter", "open", "id"),
        _only("task_unanswered", "drill", "opened_at", where="alerting = 1"),
        _only("task_of_unit", "unit", "id", where="open = 1 AND unit IS NOT NULL"),
    )
    id: int = Field(primary_key=True, sa_type=_ROW_ID)
    kind: str = _text()
    type: str = _text()
    priority: int
    title: str = _text()
    state: str = _text()
    version: int
    opened_at: int = _big()
    sent_at: int = _big()
    reporter: int | None = _big(default=None)
    lat: float | None = None
    lon: float | None = None
    address: str | None = _text(default=None)
    unit: int | None = _big(default=None)
    ladder: str | None = _text(default=None)
    rung: int
    lap: int
    told: str = _text()
    doubted: int = 0
    drill: int = 0
    acknowledged_by: int | None = _big(default=None)
    acknowledged_at: int | None = _big(default=None)
    escalations: int
    notes: int
    closed_at: int | None = _big(default=None)
    open: int
    alerting: int


class Standing(IntEnum):
    """Where a task stands in the lists of an agent who was asked."""

    CLOSED = 0
    OPEN = 1
    TO_DO = 2


class AssignmentRow(SQLModel, table=True):
    """One agent's part in one task. ``engaged``: the agent is busy with it."""

    __tablename__ = "assignment"
    __table_args__ = (Index("assignment_by_agent", "agent", "standing", "task"), _BY_KEY)
    task: int = _big(primary_key=True)
    agent: int = _big(primary_key=True)
    position: int
    state: str = _text()
    since: int = _big()
    by: int | None = _big(default=None)
    by_hand: int
    distance: float | None = None
    standing: int
    engaged: int


class TaskWordRow(SQLModel, table=True):
    """The words by which a task is found."""

    __tablename__ = "task_word"
    __table_args__ = (Index("task_word_of_task", "task", "word"), _BY_KEY)
    word: str = Field(primary_key=True, sa_type=_NAME)
    task: int = _big(primary_key=True)


class EventRow(SQLModel, table=True):
    """The history: who, what, when and why. Only ever added to."""

    __tablename__ = "event"
    __table_args__ = (
        _only("event_of_task", "task", "id", where="task IS NOT NULL"),
        _only("event_of_person", "person", "id", where="person IS NOT NULL"),
        _only("event_of_unit", "unit", "id", where="unit IS NOT NULL"),
    )
    id: int | None = _key()
    at: int = _big()
    task: int | None = _big(default=None)
    person: int | None = _big(default=None)
    unit: int | None = _big(default=None)
    by: int | None = _big(default=None)
    via: str = _text()
    reason: str = _text()
    body: str = _text()


class AnswerRow(SQLModel, table=True):
    """What was answered to an idempotency key."""

    __tablename__ = "answer"
    __table_args__ = (Index("answer_by_age", "at"), _BY_KEY)
    key: str = _text(primary_key=True)
    at: int = _big()
    body: str = _text()


class InvitationRow(SQLModel, table=True):
    """One-time links that nobody has used; of the token only its SHA-256."""

    __tablename__ = "invitation"
    __table_args__ = (_BY_KEY,)
    digest: str = _text(primary_key=True)
    role: int
    expires_at: int = _big()
    made_by: int | None = _big(default=None)


class TimerRow(SQLModel, table=True):
    """What is due, and when."""

    __tablename__ = "timer"
    __table_args__ = (Index("timer_due", "urgent", "due_at"), _BY_KEY)
    kind: str = _text(primary_key=True)
    task: int = _big(primary_key=True)
    person: int = _big(primary_key=True)
    unit: int = _big(primary_key=True)
    due_at: int = _big()
    urgent: int


class UnitRow(SQLModel, table=True):
    """Teams. ``folded`` is the name as it is compared; ``rota`` the turns (JSON, ``core.rotas.Rota``).

    Who is on duty (``DutyRow``) holds until ``watch_until``, None: until something is changed.
    """

    __tablename__ = "unit"
    __table_args__ = (
        _only("unit_watch", "watch_until", where="watch_until IS NOT NULL"),
        _only("unit_linked", "chat", where="chat IS NOT NULL"),
    )
    id: int = Field(primary_key=True, sa_type=_ROW_ID)
    name: str = _text()
    folded: str = Field(unique=True, sa_type=_NAME)
    chat: int | None = _big(default=None)
    version: int
    rota: str = _text()
    watch_until: int | None = _big(default=None)


class DutyRow(SQLModel, table=True):
    """Who is on duty in a unit by its rota, until the unit's ``watch_until``; nobody else has a row."""

    __tablename__ = "duty"
    __table_args__ = (_BY_KEY,)
    unit: int = _big(primary_key=True)
    person: int = _big(primary_key=True)


class CounterRow(SQLModel, table=True):
    """Running numbers and totals, so that a count costs the same at any size."""

    __tablename__ = "counter"
    __table_args__ = (_BY_KEY,)
    name: str = Field(primary_key=True, sa_type=_NAME)
    value: int = _big()


class CardRow(SQLModel, table=True):
    """The message that shows a task, a form or a request in a chat; ``message_id`` is None until it is sent."""

    __tablename__ = "card"
    __table_args__ = (_BY_KEY,)
    card: str = _text(primary_key=True)
    chat: int = _big(primary_key=True)
    message_id: int | None = _big(default=None)
    digest: str = _text()


class MovedChatRow(SQLModel, table=True):
    """Groups that became supergroups: the chat that messages to the old one go to."""

    __tablename__ = "moved_chat"
    chat: int = _big(primary_key=True)
    to: int = _big()


class FormRow(SQLModel, table=True):
    """A form that somebody is filling in, in one chat; survives any restart."""

    __tablename__ = "form"
    __table_args__ = (_BY_KEY,)
    person: int = _big(primary_key=True)
    chat: int = _big(primary_key=True)
    kind: str = _text()
    step: str = _text()
    data: str = _text()
    at: int = _big()


class InboxRow(SQLModel, table=True):
    """Updates as Telegram sent them, until they are handled; then without their text, to know them again."""

    __tablename__ = "inbox"
    __table_args__ = (
        _only("inbox_ready", "rank", "due_at", "id", where="state = 1"),
        _only("inbox_taken", "line", "lease_until", where="state = 2"),
        _only("inbox_line", "line", "rank", "id", where="state < 3"),
        _only("inbox_ended", "state", "ended_at", where="state >= 3"),
        _only("inbox_unfinished", "received_at", where="state < 3"),
    )
    id: int | None = _key()
    update_id: int = _big(unique=True)
    line: str = _text()
    rank: int
    state: int
    due_at: int = _big()
    lease_until: int | None = _big(default=None)
    attempts: int
    ended_at: int | None = _big(default=None)
    error: str | None = _text(default=None)
    received_at: int = _big()
    payload: str = _text()


class OutboxRow(SQLModel, table=True):
    """Messages to chats, until Telegram took them."""

    __tablename__ = "outbox"
    __table_args__ = (
        _only("outbox_ready", "rank", "due_at", "id", where="state = 1"),
        _only("outbox_taken", "line", "lease_until", where="state = 2"),
        _only("outbox_line", "line", "rank", "id", where="state < 3"),
        _only("outbox_ended", "state", "ended_at", where="state >= 3"),
        _only("outbox_unfinished", "rank", "created_at", where="state < 3"),
        _only("outbox_card", "card", "chat", where="state < 2 AND card IS NOT NULL"),
        _only("outbox_rings", "card", where="ring = 1 AND card IS NOT NULL"),
    )
    id: int | None = _key()
    line: str = _text()
    rank: int
    state: int
    due_at: int = _big()
    lease_until: int | None = _big(default=None)
    attempts: int
    ended_at: int | None = _big(default=None)
    error: str | None = _text(default=None)
    created_at: int = _big()
    chat: int = _big()
    method: str = _text()
    payload: str = _text()
    card: str | None = _text(default=None)
    ring: int
    uncertain: int


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model, for statements."""
    found = SQLModel.metadata.tables[str(model.__tablename__)]
    return found
