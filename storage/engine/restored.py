"""The sign of a file that is a backup put back, and how many numbers are passed over (`storage.repositories.epoch`).

It stands in the head of the file (https://www.sqlite.org/pragma.html#pragma_user_version), so the backup's rows stay as
they are: 0, or how many numbers are lost, and one.
"""

from sqlalchemy import text

from storage.engine.session import Query, Session

# Names of counters: the next person's number, and which server's database it is.
PERSON, IDENTITY = "person", "identity"
# Where nobody knows what was given: so many numbers, and one for each second that is lost, so that a copy that is put
# back twice passes over what was given in between.
LEAST_JUMP, MOST_JUMP = 1_000, 2**30

_restored: Query[int] = Query.value(text("PRAGMA user_version"))
_opened = Query(text("PRAGMA user_version = 0"))


def sign(lost: int) -> str:
    """The statement that marks a file as a backup put back, of whose successor so many numbers are lost."""
    return f"PRAGMA user_version = {lost + 1}"


def jump(lost: float) -> int:
    """How many numbers are passed over when so many seconds are lost and nobody knows what was given in them."""
    return min(LEAST_JUMP + max(int(lost), 0), MOST_JUMP)


async def waits(session: Session) -> bool:
    """Whether a file is a backup that was put back, and that nobody has opened since."""
    return bool(await session.row(_restored))


async def take(session: Session) -> int | None:
    """How many numbers are lost, once; None in a file that was not restored."""
    restored = await session.row(_restored)
    if not restored:
        return None
    await session.run(_opened)
    return restored - 1
