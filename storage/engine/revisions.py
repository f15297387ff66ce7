"""The schemas that there are, in their order, and the ones that this desk works on.

A schema changes in two releases. The first only adds (a table, a column that may be left empty, an index), so that
processes of the release before go on beside those of the new one. A later one takes away what nobody asks for any more,
and raises `OLDEST` to the first schema whose desk does without it. A test holds that nothing is taken away between
`OLDEST` and the newest.
"""

from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, select

from storage.engine.session import Query

MIGRATIONS = Path(__file__).parents[1] / "migrations"
REVISIONS = tuple(sorted(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))
NEWEST = max(REVISIONS, default="")
# The schema of the oldest desk that goes on working on the newest.
OLDEST = "0001"

# Alembic's own, which looks after the first column alone; the second tells a desk that doesn't know the first what it
# may do: https://alembic.sqlalchemy.org/en/latest/tutorial.html#running-our-first-migration
version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    Column("oldest", String(32)),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class Kept(NamedTuple):
    """The row of `version`."""

    version_num: str
    oldest: str | None


kept = Query(select(version), Kept)


class Schema(Struct, frozen=True, kw_only=True):
    """Schema of a database, or of a backup: its revision, and that of the oldest desk that it suits."""

    revision: str
    oldest: str

    @property
    def known(self) -> bool:
        """Whether it is this desk's or an older one."""
        return self.revision in REVISIONS

    @property
    def suits(self) -> bool:
        """Whether this desk works on it as it is: its own, or a newer one that only added to it."""
        return self.revision == NEWEST or (not self.known and self.oldest in REVISIONS)


CURRENT = Schema(revision=NEWEST, oldest=OLDEST)


def schema_of(row: Kept | None) -> Schema | None:
    """The schema in the row of `version`; None without a row."""
    if row is None:
        return None
    return Schema(revision=row.version_num, oldest=row.oldest or row.version_num)
