"""Titles and names that were kept before fancy letters became plain are found after the upgrade."""

from functools import partial

from sqlalchemy import Connection, Integer, MetaData, Table, text

from core.vocabulary.search_terms import words_before, words_of
from storage.ops.migrate import alone, upgrade
from tests.storage.structure import by_revisions

TITLES = ("𝐑𝐨𝐛𝐨 en la plaza", "№ 5", "Portón roto", "¡!")
UNITS = (("𝐍𝐨𝐫𝐭𝐞", "Norte"), ("Sur", "sur"), ("𝐒𝐮𝐫", "Sur"))


def _fill(connection: Connection) -> None:
    """Rows as the desk of before kept them."""
    for number, title in enumerate(TITLES, 1):
        add(connection, "task", id=number, title=title)
        for word in words_before(title):
            add(connection, "task_word", word=word, task=number)
    for number, (name, folded) in enumerate(UNITS, 1):
        add(connection, "unit", id=number, name=name, folded=folded)


def add(connection: Connection, into: str, /, **values: str | int) -> None:
    """A row with these values, and nothing in the columns that want something."""
    table = Table(into, MetaData(), autoload_with=connection)
    wanted = [column for column in table.columns if not column.nullable and column.computed is None]
    rest = {column.name: 0 if isinstance(column.type, Integer) else "" for column in wanted}
    connection.execute(table.insert().values(rest | values))


def _words(connection: Connection) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in TITLES]
    for word, task in connection.execute(text("SELECT word, task FROM task_word")):
        found[task - 1].add(word)
    return found


def _units(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute(text("SELECT folded FROM unit ORDER BY id"))]


async def test_an_old_desk_is_searched_with_the_words_of_today(empty: str) -> None:
    await alone(empty, partial(by_revisions, to="0006"))
    await alone(empty, _fill)
    assert (await alone(empty, _words))[0] == {"Robo", "en", "la", "plaza"}
    await upgrade(empty)
    assert await alone(empty, _words) == [set(words_of(title)) for title in TITLES]
    assert await alone(empty, _units) == ["norte", "sur", "Sur"]
