"""The tables of alerts and news: who was told, and who is still to be shown what happened."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, key, only, text


class ToldRow(SQLModel, table=True):
    """One person who was told of an alert, and last by which of its climbs (``TaskRow.climb``)."""

    __tablename__ = "told"
    __table_args__ = (Index("told_at", "at"), BY_KEY)
    task: int = big(primary_key=True)
    person: int = big(primary_key=True)
    climb: int
    at: int = big()


class AnnouncementRow(SQLModel, table=True):
    """Events of a task (JSON) that the readers of its card are still to be shown, page by page.

    ``stage`` and ``after``: whose turn it is, and after whom. ``but`` (ids, JSON) and those told by ``climb`` know.
    """

    __tablename__ = "announcement"
    __table_args__ = (Index("announcement_of_task", "task", "id"),)
    id: int = key()
    task: int = big()
    events: str = text()
    caller: int | None = big(default=None)
    but: str = text()
    stage: str = text()
    after: int | None = big(default=None)
    climb: int
    said: int


class CircularRow(SQLModel, table=True):
    """A message (``screen``, JSON) that the rest of a crowd is still to be told, about a person or a unit (0: neither).

    The crowd is ``circle`` with ``of_unit`` or ``of_card``, without ``but`` (ids, JSON), from ``after`` on.
    """

    __tablename__ = "circular"
    __table_args__ = (
        Index("circular_about", "person", "unit", "lane", "id"),
        only("circular_of_card", "card", where="card IS NOT NULL"),
    )
    id: int = key()
    person: int = big()
    unit: int = big()
    circle: str = text()
    of_unit: int | None = big(default=None)
    of_card: str = text()
    but: str = text()
    after: int = big()
    screen: str = text()
    lane: int
    card: str | None = text(default=None)
    notify: int
    turn: int
    not_before: int | None = big(default=None)
