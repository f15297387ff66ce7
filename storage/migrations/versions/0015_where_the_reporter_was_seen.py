"""A task keeps when its reporter was seen where it is; old tasks show no age of their place."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("task", sa.Column("seen_at", sa.BigInteger(), nullable=True))
