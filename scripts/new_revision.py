"""Writes the next migration: what storage/schema/tables.py says and the newest revision does not.

    python scripts/new_revision.py "units and shifts"

Read it before it is committed: a new column of an old table may be left empty, or has a default, because desks of the
release before go on beside this one; and what nobody asks for any more goes in the release after
(`storage.engine.revisions`).
"""

import sys

from alembic.command import revision
from alembic.config import Config
from sqlalchemy import create_engine

from storage.engine.revisions import MIGRATIONS, REVISIONS
from storage.ops.migrate import apply


def main(message: str) -> None:
    """Compare a database that has every revision with the tables, and write the difference."""
    with create_engine("sqlite://").begin() as connection:
        if REVISIONS:
            apply(connection)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        revision(config, message, autogenerate=True, rev_id=f"{len(REVISIONS) + 1:04d}")


if __name__ == "__main__":
    main(sys.argv[1])
