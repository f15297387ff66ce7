"""A person's words are set apart from the chain of events, so that they can be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("event", sa.Column("salt", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("erasable", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("digest", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("whose", sa.BigInteger(), nullable=True))
    apart = sa.text("salt IS NOT NULL")
    op.create_index("event_words_of", "event", ["whose"], sqlite_where=apart, postgresql_where=apart)
    # Events of before have their words in the chain, until `gad audit reseal` sets them apart too.
    op.execute("INSERT INTO counter (name, value) SELECT 'record.in_chain', max(id) FROM event HAVING count(*) > 0")
