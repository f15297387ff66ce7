"""Who is on duty, found by the person: a supervisor's watch counts whatever unit their own row names."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("duty_person", "duty", ["person"])
