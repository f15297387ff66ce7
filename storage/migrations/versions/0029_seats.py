"""How many are to go to a task, and who said yes when all seats were taken."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("task", sa.Column("seats", sa.Integer(), server_default="1", nullable=False))
    op.add_column("assignment", sa.Column("reserve", sa.Integer(), server_default="0", nullable=False))
