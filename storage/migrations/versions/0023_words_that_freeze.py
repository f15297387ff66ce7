"""A word of one's own that freezes one's access from another phone, and the wrong guesses at it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "lost_word",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("was_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "guess",
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("whose"),
        sqlite_with_rowid=False,
    )
