"""Shares of reporters: which of their emergencies came later, what joined them, and which program reported them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

INDEXES = (
    ("task_searching", ["drill", "earlier", "opened_at"], "searching = 1"),
    ("task_of_program", ["program", "open", "id"], "program IS NOT NULL"),
    ("task_later", ["open", "earlier", "id"], "open = 1 AND earlier > 0"),
)


def upgrade() -> None:
    op.add_column("task", sa.Column("earlier", sa.Integer(), server_default="0", nullable=False))
    op.add_column("task", sa.Column("program", sa.Text(), nullable=True))
    op.add_column("task", sa.Column("taken_from", sa.BigInteger(), nullable=True))
    op.add_column("task", sa.Column("joined", sa.Integer(), server_default="0", nullable=False))
    op.add_column("task", sa.Column("joined_at", sa.BigInteger(), nullable=True))
    op.add_column("task", sa.Column("quiet", sa.Integer(), server_default="0", nullable=False))
    op.drop_index("task_searching", "task")
    for name, columns, where in INDEXES:
        op.create_index(name, "task", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
