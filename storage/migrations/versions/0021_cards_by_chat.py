"""The cards in a chat are found: those of somebody whose access ends are blanked."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_index("card_of_chat", "card", ["chat", "message_id"])
