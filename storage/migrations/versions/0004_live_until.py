"""Until when people share their location; and the open emergencies of a reporter by one look."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("person", sa.Column("live_until", sa.BigInteger(), server_default="0", nullable=False))
    _index("person_free_live", "person", "live_until", where="free = 1 AND live_until > 0")
    _index("task_own_emergency", "task", "reporter", where="open = 1 AND kind = 'emergency' AND drill = 0")


def _index(name: str, table: str, column: str, *, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
