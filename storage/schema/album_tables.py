"""The pictures of albums: each comes as an update of its own, and all of them are one thing that somebody sent."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from storage.schema.columns import BY_KEY, big, text


class PictureRow(SQLModel, table=True):
    """Pictures that were handled; ``task`` is the one that a picture was noted to, None: a button may still take it."""

    __tablename__ = "picture"
    __table_args__ = (Index("picture_by_age", "at"), BY_KEY)
    chat: int = big(primary_key=True)
    album: str = text(primary_key=True)
    message: int = big(primary_key=True)
    media: str = text()
    attachment: str = text()
    words: str = text()
    task: int | None = big(default=None)
    at: int = big()
