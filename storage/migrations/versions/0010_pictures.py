"""Pictures of albums are kept for a day, so that a button under one of them takes them all."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("attachment", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("task", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "album", "message"),
        sqlite_with_rowid=False,
    )
    op.create_index("picture_by_age", "picture", ["at"])
