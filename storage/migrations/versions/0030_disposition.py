"""How a task ended."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("task", sa.Column("disposition", sa.String(), nullable=True))
