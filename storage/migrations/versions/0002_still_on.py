"""Whether what came late is still on, for the cards that ask it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("task", sa.Column("still_on", sa.Integer(), server_default="0", nullable=False))
