"""The table of programs' tokens (``storage.schema.tables``)."""

from sqlmodel import Field, SQLModel

from storage.schema.columns import BY_KEY, NAME, big, text


class TokenRow(SQLModel, table=True):
    """Tokens by name, revoked ones too: a name stands for one program for ever. Of the value only its SHA-256.

    ``scopes`` are words with commas between; ``calls`` in ``seconds`` are allowed, 0: any number.
    """

    __tablename__ = "api_token"
    __table_args__ = (BY_KEY,)
    name: str = Field(primary_key=True, sa_type=NAME)
    digest: str = text(unique=True)
    scopes: str = text()
    calls: int
    seconds: int
    created_at: int = big()
    created_by: str = text()
    expires_at: int | None = big(default=None)
    last_used: int | None = big(default=None)
    revoked_at: int | None = big(default=None)
