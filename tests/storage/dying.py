"""A program that changes a schema and dies, by SIGKILL, before a statement of a given number (0: it lives)."""

# Takes the address of the database and the number.
UPGRADE = """
import asyncio, os, signal, sys
from sqlalchemy import Engine, event
from storage.ops import migrate

left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3:] == ["revisions"]:
    migrate._create = lambda connection, path: migrate.apply(connection)
asyncio.run(migrate.upgrade(sys.argv[1]))
"""
