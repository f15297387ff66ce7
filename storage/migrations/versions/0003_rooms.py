"""The topics of groups: where the desk speaks, where a card is, and the forms that are filled in there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("card", sa.Column("topic", sa.BigInteger(), nullable=True))
    op.create_table(
        "room",
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.BigInteger(), nullable=True),
        sa.Column("heard", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("guest_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chat"),
    )
    op.create_table(
        "topic_form",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "chat", "topic"),
        sqlite_with_rowid=False,
    )
