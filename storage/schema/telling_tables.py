"""The tables of alerts: who was told, and who is still to be shown what happened."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, key, text


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
