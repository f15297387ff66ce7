"""Groups that are nobody's are found by when they are left, without looking at every group."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    waits = sa.text("guest_until IS NOT NULL")
    op.create_index("room_of_guest", "room", ["guest_until"], sqlite_where=waits, postgresql_where=waits)
