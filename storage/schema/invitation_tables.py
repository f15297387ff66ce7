"""The table of one-time links (``storage.schema.tables``)."""

from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, text


class InvitationRow(SQLModel, table=True):
    """One-time links that nobody has used; of the token only its SHA-256."""

    __tablename__ = "invitation"
    __table_args__ = (BY_KEY,)
    digest: str = text(primary_key=True)
    role: int
    expires_at: int = big()
    made_by: int | None = big(default=None)
