"""The cards in a chat are found: those of somebody whose access ends are blanked."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("card_of_chat", "card", ["chat"])
