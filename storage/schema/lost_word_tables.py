"""The tables of the words that freeze their owners' access, and of wrong guesses at them."""

from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, text


class LostWordRow(SQLModel, table=True):
    """Words, salted and hashed (hexadecimal); the one before counts until ``was_until``."""

    __tablename__ = "lost_word"
    __table_args__ = (BY_KEY,)
    person: int = big(primary_key=True)
    salt: str = text()
    digest: str = text()
    was: str | None = text(default=None)
    was_until: int | None = big(default=None)


class GuessRow(SQLModel, table=True):
    """Wrong guesses of an account, or at a person (``whose``), since the first; none is looked at until ``held``."""

    __tablename__ = "guess"
    __table_args__ = (BY_KEY,)
    whose: str = text(primary_key=True)
    wrong: int
    since: int = big()
    held: int | None = big(default=None)
