"""The requests that somebody made, or that are about them, are found by it."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_index("rise_about", "rise", ["person", "id"])
    op.create_index("rise_asked_by", "rise", ["asked_by"])
