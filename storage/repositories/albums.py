"""Pictures of albums that were handled, kept for a day: the others of their album go where they went."""

from datetime import datetime

from msgspec import Struct, convert
from sqlalchemy import Integer, bindparam, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from core.vocabulary.contents import Media
from storage.engine.session import Query, Session
from storage.schema.album_tables import PictureRow
from storage.schema.instants import to_ms
from storage.schema.rows import col
from storage.schema.tables import table

_picture = table(PictureRow)
_find = Query(
    select(_picture)
    .where(col(PictureRow.chat) == bindparam("chat"), col(PictureRow.album) == bindparam("album"))
    .order_by(col(PictureRow.message)),
    PictureRow,
)
_new = insert(_picture).values({column.name: bindparam(column.name) for column in _picture.columns})
_keep = Query(
    _new.on_conflict_do_update(index_elements=["chat", "album", "message"], set_={"task": _new.excluded.task})
)
_key = (col(PictureRow.chat), col(PictureRow.album), col(PictureRow.message))
_old = (
    select(*_key)
    .where(col(PictureRow.at) < bindparam("before"))
    .order_by(col(PictureRow.at))
    .limit(bindparam("most", type_=Integer))
)
_forget = Query(delete(_picture).where(tuple_(*_key).in_(_old)))


class Picture(Struct, frozen=True, kw_only=True):
    """One picture of an album, with its words; ``task``: where it was noted."""

    album: str
    message: int
    media: Media
    attachment: str
    words: str = ""
    task: int | None = None


async def find(session: Session, chat: int, album: str) -> tuple[Picture, ...]:
    """Pictures of the album that were handled, as they were sent."""
    rows = await session.rows(_find, chat=chat, album=album)
    return tuple(
        Picture(
            album=row.album,
            message=row.message,
            media=convert(row.media, Media),
            attachment=row.attachment,
            words=row.words,
            task=row.task,
        )
        for row in rows
    )


async def keep(session: Session, chat: int, picture: Picture, now: datetime) -> None:
    """Keep one more."""
    await session.run(
        _keep,
        chat=chat,
        album=picture.album,
        message=picture.message,
        media=picture.media,
        attachment=picture.attachment,
        words=picture.words,
        task=picture.task,
        at=to_ms(now),
    )


async def forget(session: Session, before: datetime, most: int) -> int:
    """Forget what was handled before, at most so many; how many."""
    return await session.touched(_forget, before=to_ms(before), most=most)
