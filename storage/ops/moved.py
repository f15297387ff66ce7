"""The sign on a database that was moved away: where the desk is now, and that nobody opens this one by mistake.

Opened by mistake it would send again what waits in it, and give again the numbers that the new one gives. The sign is a
view, so that the tables stay as they were moved, and so that it goes into a backup and stays out of the new database.
"""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL, make_url

from storage.engine.errors import StorageError
from storage.engine.store import is_postgresql, sqlite_path

SIGN = "gad_moved"
UNDO = "gad migrate --undo"


def put_up(connection: Connection, target_url: str) -> None:
    """Say that the desk has moved to this address."""
    take_down(connection)
    quoted = address(target_url).replace("'", "''")
    connection.exec_driver_sql(f"CREATE VIEW {SIGN} AS SELECT CAST('{quoted}' AS text) AS \"to\"".replace("%", "%%"))


def take_down(connection: Connection) -> str | None:
    """Let desks open it again; the address that the sign named, None where there was none."""
    there = moved_to(connection)
    if there is not None:
        connection.exec_driver_sql(f"DROP VIEW {SIGN}")
    return there


def moved_to(connection: Connection) -> str | None:
    """The address that the desk has moved to; None if it is here."""
    if SIGN not in inspect(connection).get_view_names():
        return None
    there: str | None = connection.scalar(text(f'SELECT "to" FROM {SIGN}'))  # noqa: S608 - the name is a constant
    return there


def refuse_if_moved(connection: Connection, name: str) -> None:
    """Keep desks out of a database that was left.

    Raises:
        StorageError: the desk has moved; it says where to, and how to open the old one all the same.
    """
    there = moved_to(connection)
    if there is not None:
        raise StorageError(
            f"storage.url: the desk that was in {name} has moved to {there}; put that address there"
            f" (to go on with the old database all the same: {UNDO})"
        )


def address(url: str) -> str:
    """The address without a secret: no password, and no parameters, among which one may be."""
    if not is_postgresql(url):
        return f"sqlite+aiosqlite:///{sqlite_path(url).absolute()}"
    whole = make_url(url)
    return URL.create(
        whole.drivername, username=whole.username, host=whole.host, port=whole.port, database=whole.database
    ).render_as_string()
