"""The alarms that left within a list are found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    joined = sa.text("method = 'joined'")
    op.create_index("outbox_members", "outbox", ["line"], sqlite_where=joined, postgresql_where=joined)
