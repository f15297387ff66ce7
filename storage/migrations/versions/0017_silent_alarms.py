"""Silent alarms are counted without looking at every task."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    silent = sa.text("""substr(alarm, 1, 19) = '{"trigger":"duress"'""")
    op.create_index("task_silent", "task", ["state", "priority"], sqlite_where=silent, postgresql_where=silent)
