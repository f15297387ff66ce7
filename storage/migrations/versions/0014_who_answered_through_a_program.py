"""A task says with which program's token somebody took charge of its alert."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("task", sa.Column("acknowledged_via", sa.Text(), nullable=True))
