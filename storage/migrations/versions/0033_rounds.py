"""The last round of a task: who was asked whether they are well."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.add_column("task", sa.Column("last_round", sa.Text(), nullable=True))
