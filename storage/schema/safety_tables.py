"""The tables of those who work alone: their check-ins, and their duress words."""

from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, text


class CheckInRow(SQLModel, table=True):
    """People who must say every so often that they are well; ``body`` is JSON, ``core.state.checkins.CheckIn``."""

    __tablename__ = "check_in"
    __table_args__ = (BY_KEY,)
    telegram_id: int = big(primary_key=True)
    body: str = text()


class DuressRow(SQLModel, table=True):
    """Duress words, salted and hashed (hexadecimal); ``alarm`` is the task of the last alarm that one raised."""

    __tablename__ = "duress"
    __table_args__ = (BY_KEY,)
    person: int = big(primary_key=True)
    salt: str = text()
    digest: str = text()
    alarm: int | None = big(default=None)
