"""Events that still hold somebody's words are found by their age."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    apart = sa.text("salt IS NOT NULL")
    op.create_index("event_words_by_age", "event", ["at", "id"], sqlite_where=apart, postgresql_where=apart)
