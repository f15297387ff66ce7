"""Drops the column that only desks of an older release ask for: those of the one between know to go on."""

from alembic import op


def upgrade() -> None:
    op.drop_index("person_call_sign", "person")
    op.drop_column("person", "call_sign")
