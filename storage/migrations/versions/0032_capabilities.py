"""Capabilities: of people, of the seats that want one, and of the offers made for it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_ABLE = sa.text("free = 1 AND capabilities IS NOT NULL")


def upgrade() -> None:
    op.add_column("person", sa.Column("capabilities", sa.Text(), nullable=True))
    op.add_column("task", sa.Column("wants", sa.Text(), nullable=True))
    op.add_column("assignment", sa.Column("wanted", sa.Text(), nullable=True))
    for name, column in (("person_able_by_cell", "cell"), ("person_able_by_sight", "seen_at")):
        op.create_index(name, "person", [column, "capabilities"], sqlite_where=_ABLE, postgresql_where=_ABLE)
