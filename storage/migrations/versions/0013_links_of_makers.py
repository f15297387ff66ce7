"""One-time links are listed by their end and by their maker, and know the account that their maker had."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("invitation", sa.Column("made_with", sa.BigInteger(), nullable=True))
    op.create_index("invitation_ends", "invitation", ["expires_at", "digest"])
    op.create_index("invitation_of_maker", "invitation", ["made_by", "expires_at"])
