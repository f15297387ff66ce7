"""The list of whoever was erased, outside of the database: no backup that is put back brings them back for long (P15).

A line for each person, in JSON: their number, and when the record first says something about them. By both together the
desk knows its own people in a backup, and nobody else learns who they were.
"""

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec import DecodeError, Struct, json
from sqlalchemy import bindparam, select

from storage.audit.chain import Reader
from storage.engine.errors import StorageError
from storage.engine.private_files import make_folder, open_new
from storage.engine.reasons import reason
from storage.engine.session import Query, Session, const
from storage.schema.rows import col
from storage.schema.tables import EventRow, PersonRow


class Gone(Struct, frozen=True, kw_only=True):
    """Somebody who was erased, and the moment of the first event about them, in milliseconds."""

    person: int
    since: int


_forgotten = Query.value(select(col(PersonRow.id)).where(col(PersonRow.membership) == const("forgotten")))
_membership = Query.value(select(col(PersonRow.membership)).where(col(PersonRow.id) == bindparam("person")))
_since = Query.value(
    select(col(EventRow.at))
    .where(col(EventRow.person) == bindparam("person"), col(EventRow.person).is_not(None))
    .order_by(col(EventRow.id))
    .limit(const(1))
)


def read(file: Path) -> frozenset[Gone]:
    """Everybody on the list.

    Raises:
        StorageError: it can't be read, or is no such list.
    """
    try:
        return frozenset(json.decode(line, type=Gone) for line in file.read_bytes().splitlines() if line.strip())
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise StorageError(f"{file} can't be read ({reason(error)})") from error
    except (DecodeError, UnicodeError) as error:
        raise StorageError(f"{file} is damaged: whom it names can't be erased again") from error


def note(file: Path, gone: Iterable[Gone]) -> None:
    """Put these on the list too; it is whole at every moment.

    Raises:
        StorageError: it is no such list, or can't be written.
    """
    known = read(file)
    both = known.union(gone)
    if both == known:
        return
    part = file.with_name(f".{file.name}.part")
    try:
        make_folder(file.parent)
        part.unlink(missing_ok=True)
        with open_new(part) as target:
            for one in sorted(both, key=lambda one: (one.person, one.since)):
                target.write(json.encode(one) + b"\n")
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
    except OSError as error:
        raise StorageError(f"{file} can't be written ({reason(error)})") from error


async def erased(session: Session) -> list[Gone]:
    """Everybody whose data are erased here, or are being erased."""
    found = [(person, await session.row(_since, person=person)) for person in await session.rows(_forgotten)]
    return [Gone(person=person, since=since) for person, since in found if since is not None]


async def brought_back(session: Session, gone: Iterable[Gone]) -> list[int]:
    """Those of them who are here as if nothing had been erased."""
    return [one.person for one in sorted(gone, key=lambda one: one.person) if await _is_back(session, one)]


async def keep_up(reader: Reader, file: Path) -> None:
    """Bring the list up to date with the database.

    Raises:
        StorageError: it is no such list, or can't be written.
    """
    note(file, await reader.read(erased))


async def back_again(reader: Reader, file: Path) -> list[int]:
    """Those on the list whom this database has as if nothing had been erased.

    Raises:
        StorageError: the list can't be read.
    """
    listed = read(file)
    return await reader.read(partial(brought_back, gone=listed)) if listed else []


async def _is_back(session: Session, one: Gone) -> bool:
    there = await session.row(_membership, person=one.person)
    return there not in (None, "forgotten") and await session.row(_since, person=one.person) == one.since
