"""The table of one-time links (``storage.schema.tables``)."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, text


class InvitationRow(SQLModel, table=True):
    """One-time links that nobody has used; of the token only its SHA-256.

    ``made_with`` is the account that its maker had; None: of before it was kept, or made on the machine.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index("invitation_ends", "expires_at", "digest"),
        Index("invitation_of_maker", "made_by", "expires_at"),
        BY_KEY,
    )
    digest: str = text(primary_key=True)
    role: int
    expires_at: int = big()
    made_by: int | None = big(default=None)
    made_with: int | None = big(default=None)
