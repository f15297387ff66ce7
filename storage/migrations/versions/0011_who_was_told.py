"""A table says who was told of an alert: each row names one person, and the step that told them."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from msgspec import json

revision = "0011"
down_revision = "0010"

AT_ONCE = 1_000  # tasks read at once

_ACTIVE = sa.text("membership = 'active'")
_LEADING = sa.text("membership = 'active' AND role = 2")
_ON_SHIFT = sa.text("membership = 'active' AND role + 0 = 2 AND shift_since IS NOT NULL")
_TASKS = sa.text(
    "SELECT id, told, version, open, opened_at FROM task WHERE id > :after AND told NOT IN ('[]', '')"
    " ORDER BY id LIMIT :most"
)
_COUNT = sa.text("UPDATE task SET notified = :notified, climb = :climb WHERE id = :task")
_ADD = sa.text("INSERT INTO told (task, person, climb, at) VALUES (:task, :person, :climb, :at)")
_ROLES = sa.text("UPDATE duty SET role = (SELECT role FROM person WHERE person.id = duty.person)")
_UNKNOWN = sa.text("DELETE FROM duty WHERE NOT EXISTS (SELECT 1 FROM person WHERE person.id = duty.person)")


def upgrade() -> None:
    _add_tables()
    op.add_column("task", sa.Column("notified", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("task", sa.Column("climb", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("task", sa.Column("telling", sa.Text(), nullable=True))
    op.add_column("duty", sa.Column("role", sa.Integer(), nullable=False, server_default="2"))
    op.create_index("duty_role", "duty", ["role", "person"])
    for name, columns, where in (
        ("person_active", ["role", "id"], _ACTIVE),
        ("person_leading_unit", ["unit", "id"], _LEADING),
        ("person_leading_on_shift", ["membership", "id"], _ON_SHIFT),
        ("person_leading_without", ["membership", "unit", "id"], _ON_SHIFT),
    ):
        op.create_index(name, "person", columns, sqlite_where=where, postgresql_where=where)
    connection = op.get_bind()
    connection.execute(_UNKNOWN)
    connection.execute(_ROLES)
    for task, people, version, is_open, opened_at in _told(connection):
        connection.execute(_COUNT, {"task": task, "notified": len(people), "climb": version})
        if is_open:  # of what is over nobody asks who it was: the record says it
            rows = [{"task": task, "person": person, "climb": version, "at": opened_at} for person in people]
            connection.execute(_ADD, rows)


def _add_tables() -> None:
    op.create_table(
        "told",
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("climb", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("task", "person"),
        sqlite_with_rowid=False,
    )
    op.create_index("told_at", "told", ["at"])
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("caller", sa.BigInteger(), nullable=True),
        sa.Column("but", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=True),
        sa.Column("climb", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
    )
    op.create_index("announcement_of_task", "announcement", ["task", "id"])


def _told(connection: sa.Connection) -> Iterator[tuple[int, list[int], int, int, int]]:
    """Tasks whose last step told somebody."""
    after = 0
    while rows := connection.execute(_TASKS, {"after": after, "most": AT_ONCE}).all():
        for task, told, version, is_open, opened_at in rows:
            if people := list(dict.fromkeys(json.decode(told, type=list[int]))):
                yield task, people, version, is_open, opened_at
        after = rows[-1][0]
