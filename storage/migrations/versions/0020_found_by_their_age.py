"""Forms are found by their age, and requests for access without looking at everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("form_by_age", "form", ["at"])
    op.create_index("topic_form_by_age", "topic_form", ["at"])
    waits = sa.text("membership = 'pending'")
    op.create_index("person_pending", "person", ["membership", "id"], sqlite_where=waits, postgresql_where=waits)
