"""Who called by telephone: their name, and the number to call back."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("task", sa.Column("outside", sa.Text(), nullable=True))
