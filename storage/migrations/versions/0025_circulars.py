"""A crowd that hears of a person or a unit is told page by page; what is left of it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_CARDS = sa.text("card IS NOT NULL")
_LEADING = sa.text("membership = 'active' AND role + 0 = 2")
_IN = sa.text("membership = 'active' AND unit + 0 > 0")


def upgrade() -> None:
    op.create_table(
        "circular",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("of_unit", sa.BigInteger(), nullable=True),
        sa.Column("of_card", sa.Text(), nullable=False),
        sa.Column("but", sa.Text(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("notify", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
    )
    op.create_index("circular_about", "circular", ["person", "unit", "lane", "id"])
    op.create_index("circular_of_card", "circular", ["card"], sqlite_where=_CARDS, postgresql_where=_CARDS)
    op.create_index("person_leads_in_unit", "person", ["unit", "id"], sqlite_where=_LEADING, postgresql_where=_LEADING)
    op.create_index("person_in_unit", "person", ["unit", "id"], sqlite_where=_IN, postgresql_where=_IN)
