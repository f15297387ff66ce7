"""The tables of units: their rotas, and who is on duty."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.schema.columns import BY_KEY, NAME, ROW_ID, big, only, text


class UnitRow(SQLModel, table=True):
    """Teams. ``folded`` is the name as it is compared; ``rota`` the turns (JSON, ``core.vocabulary.rotas.Rota``).

    Who is on duty (``DutyRow``) holds until ``watch_until``, None: until something is changed.
    """

    __tablename__ = "unit"
    __table_args__ = (
        only("unit_watch", "watch_until", where="watch_until IS NOT NULL"),
        only("unit_linked", "chat", where="chat IS NOT NULL"),
    )
    id: int = Field(primary_key=True, sa_type=ROW_ID)
    name: str = text()
    folded: str = Field(unique=True, sa_type=NAME)
    chat: int | None = big(default=None)
    version: int
    rota: str = text()
    watch_until: int | None = big(default=None)


class DutyRow(SQLModel, table=True):
    """People on duty in a unit by its rota, until the unit's ``watch_until``; nobody else has a row.

    ``role`` is the person's; where a desk of the release before added the row, it may be less.
    """

    __tablename__ = "duty"
    __table_args__ = (
        Index("duty_person", "person"),
        Index("duty_role", "role", "person"),
        BY_KEY,
    )
    unit: int = big(primary_key=True)
    person: int = big(primary_key=True)
    role: int = Field(default=2, sa_column_kwargs={"server_default": "2"})
