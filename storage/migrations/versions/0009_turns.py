"""The turn in which a message leaves within its lane; the indexes of what waits are in that order."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    for name, columns, where in (
        ("outbox_ready", ["rank", "turn", "due_at", "id"], "state = 1"),
        ("outbox_line", ["line", "rank", "turn", "id"], "state < 3"),
    ):
        op.drop_index(name, "outbox")
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
