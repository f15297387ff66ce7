"""Fingerprints that tell two updates of one number apart; indexes for who is silenced and for moved groups."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("fingerprint", sa.Text(), nullable=True))
    op.create_index("ix_moved_chat_to", "moved_chat", ["to"])
    silenced = sa.text("reachable = 0")
    op.create_index(
        "person_silenced", "person", ["membership", "reachable"], sqlite_where=silenced, postgresql_where=silenced
    )
