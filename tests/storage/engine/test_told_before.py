"""Alerts that an earlier release told people of are known by the table after the upgrade, and wait for those people."""

from functools import partial

from sqlalchemy import Connection, text

from storage.ops.migrate import alone, upgrade
from tests.storage.engine.test_folded_words import add
from tests.storage.structure import by_revisions

# The people whom the last step told, and whether the task is open.
TASKS = (("[7, 8]", 1), ("[]", 1), ("[7, 9, 7]", 0))


def _fill(connection: Connection) -> None:
    """Rows as the desk of before kept them; the last of those on duty is in no list of people."""
    for number, (told, is_open) in enumerate(TASKS, 1):
        add(connection, "task", id=number, told=told, open=is_open, version=10 * number, opened_at=number)
    for person, role in ((7, 2), (8, 1)):
        add(connection, "person", id=person, telegram_id=person, role=role)
    for person in (7, 8, 9):
        add(connection, "duty", unit=1, person=person)


def _read(query: str, connection: Connection) -> list[tuple[int, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


async def test_who_was_told_and_is_on_duty_is_known_after_the_upgrade(empty: str) -> None:
    await alone(empty, partial(by_revisions, to="0010"))
    await alone(empty, _fill)
    await upgrade(empty)
    told = "SELECT task, person, climb, at FROM told ORDER BY task, person"
    assert await alone(empty, partial(_read, told)) == [(1, 7, 10, 1), (1, 8, 10, 1)], "of what is over nobody asks"
    counted = "SELECT id, notified, climb FROM task ORDER BY id"
    assert await alone(empty, partial(_read, counted)) == [(1, 2, 10), (2, 0, 0), (3, 2, 30)]
    assert await alone(empty, partial(_read, "SELECT person, role FROM duty ORDER BY person")) == [(7, 2), (8, 1)]
