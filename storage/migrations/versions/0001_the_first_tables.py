"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FREE = (
    "CASE WHEN membership = 'active' AND role = 1 AND availability = 'available'"
    " AND hold IS NULL AND reachable = 1 THEN 1 ELSE 0 END"
)


def _index(name: str, table: str, columns: list[str], where: str | None = None) -> None:
    only = sa.text(where) if where else None
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    _index("answer_by_age", "answer", ["at"])
    op.create_table(
        "assignment",
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("by_hand", sa.Integer(), nullable=False),
        sa.Column("distance", sa.Float(), nullable=True),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("engaged", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("task", "agent"),
        sqlite_with_rowid=False,
    )
    _index("assignment_by_agent", "assignment", ["agent", "standing", "task"])
    op.create_table(
        "card",
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("card", "chat"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chain",
        sa.Column("chain", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
    )
    op.create_table(
        "check_in",
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("telegram_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counter",
        sa.Column("name", NAME, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duty",
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duress",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("alarm", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("chain", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("event_of_person", "event", ["person", "id"], where="person IS NOT NULL")
    _index("event_of_task", "event", ["task", "id"], where="task IS NOT NULL")
    _index("event_of_unit", "event", ["unit", "id"], where="unit IS NOT NULL")
    op.create_table(
        "form",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "chat"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("update_id"),
    )
    _index("inbox_ended", "inbox", ["state", "ended_at"], where="state >= 3")
    _index("inbox_line", "inbox", ["line", "rank", "id"], where="state < 3")
    _index("inbox_ready", "inbox", ["rank", "due_at", "id"], where="state = 1")
    _index("inbox_taken", "inbox", ["line", "lease_until"], where="state = 2")
    _index("inbox_unfinished", "inbox", ["received_at"], where="state < 3")
    op.create_table(
        "invitation",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "moved_chat",
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("to", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("outbox_card", "outbox", ["card", "chat"], where="state < 2 AND card IS NOT NULL")
    _index("outbox_ended", "outbox", ["state", "ended_at"], where="state >= 3")
    _index("outbox_line", "outbox", ["line", "rank", "id"], where="state < 3")
    _index("outbox_ready", "outbox", ["rank", "due_at", "id"], where="state = 1")
    _index("outbox_rings", "outbox", ["card"], where="ring = 1 AND card IS NOT NULL")
    _index("outbox_taken", "outbox", ["line", "lease_until"], where="state = 2")
    _index("outbox_unfinished", "outbox", ["rank", "created_at"], where="state < 3")
    op.create_table(
        "person",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("membership", sa.Text(), nullable=False),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("accuracy", sa.Float(), nullable=True),
        sa.Column("cell", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("hold", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.BigInteger(), nullable=True),
        sa.Column("shift_since", sa.BigInteger(), nullable=True),
        sa.Column("reachable", sa.Integer(), nullable=False),
        sa.Column("free", sa.Integer(), sa.Computed(FREE, persisted=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("telegram_id"),
    )
    _index("person_by_role", "person", ["membership", "role", "name", "id"])
    _index("person_free_by_cell", "person", ["cell"], where="free = 1")
    _index("person_free_by_sight", "person", ["seen_at"], where="free = 1")
    _index("person_of_unit", "person", ["unit", "name", "id"], where="unit IS NOT NULL")
    _index("person_on_shift", "person", ["unit"], where="shift_since IS NOT NULL")
    _index("person_username", "person", ["username"])
    op.create_table(
        "task",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("reporter", sa.BigInteger(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("unit", sa.BigInteger(), nullable=True),
        sa.Column("ladder", sa.Text(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("lap", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("doubted", sa.Integer(), nullable=False),
        sa.Column("stranded", sa.Integer(), nullable=False),
        sa.Column("drill", sa.Integer(), nullable=False),
        sa.Column("alarm", sa.Text(), nullable=True),
        sa.Column("acknowledged_by", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("escalations", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("alerting", sa.Integer(), nullable=False),
        sa.Column("searching", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("task_by_reporter", "task", ["reporter", "open", "id"])
    _index("task_listed", "task", ["open", "kind", "id"])
    _index("task_of_unit", "task", ["unit", "id"], where="open = 1 AND unit IS NOT NULL")
    _index("task_searching", "task", ["drill", "opened_at"], where="searching = 1")
    _index("task_unanswered", "task", ["drill", "opened_at"], where="alerting = 1")
    op.create_table(
        "task_word",
        sa.Column("word", NAME, nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("word", "task"),
        sqlite_with_rowid=False,
    )
    _index("task_word_of_task", "task_word", ["task", "word"])
    op.create_table(
        "timer",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("urgent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "task", "person", "unit"),
        sqlite_with_rowid=False,
    )
    _index("timer_due", "timer", ["urgent", "due_at"])
    op.create_table(
        "unit",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", NAME, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("watch_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded"),
    )
    _index("unit_linked", "unit", ["chat"], where="chat IS NOT NULL")
    _index("unit_watch", "unit", ["watch_until"], where="watch_until IS NOT NULL")
