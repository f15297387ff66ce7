"""A table, a column that may be left empty, an index: desks of the release before go on."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "vehicle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plate"),
    )
    op.add_column("person", sa.Column("call_sign", sa.Text(), nullable=True))
    op.add_column("task", sa.Column("reviewed", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("person_call_sign", "person", ["call_sign"])
