"""The tables of one-time links and of requests for administrators (``storage.schema.tables``)."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.schema.columns import BY_KEY, big, key, text


class InvitationRow(SQLModel, table=True):
    """One-time links that nobody has used; of the token only its SHA-256.

    ``made_with`` is the account that its maker had; None: of before it was kept, or made on the machine.
    ``confirmed``: it may open the door; of a link for an administrator a second one says so.
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
    confirmed: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class RiseRow(SQLModel, table=True):
    """Requests that somebody becomes an administrator (`core.state.rises`), and how each was decided."""

    __tablename__ = "rise"
    __table_args__ = (Index("rise_about", "person", "id"), Index("rise_asked_by", "asked_by"))
    id: int = key()
    way: str = text()
    person: int = big()
    asked_by: int = big()
    asked_with: int = big()
    due_at: int = big()
    digest: str | None = text(default=None)
    newcomer: int | None = big(default=None)
    account: int | None = big(default=None)
    decided_by: int | None = big(default=None)
    decided_at: int | None = big(default=None)
    confirmed: int = 0
