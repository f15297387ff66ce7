"""The kind of work of a task, of the agency's own kinds."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("task", sa.Column("work", sa.Text(), nullable=True))
