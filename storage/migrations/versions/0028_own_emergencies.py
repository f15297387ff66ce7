"""Somebody's open emergencies are found among any number of their other open tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    own = sa.text("open = 1 AND kind = 'emergency' AND drill = 0")
    op.create_index(
        "task_own_emergencies", "task", ["reporter", "kind", "open"], sqlite_where=own, postgresql_where=own
    )
