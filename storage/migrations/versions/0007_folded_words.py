"""Words and names are folded anew: fancy letters become plain ones before their case is folded."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from core.vocabulary.search_terms import words_before, words_of

revision = "0007"
down_revision = "0006"

AT_ONCE = 1_000  # tasks read at once

_TASKS = sa.text("SELECT id, title, address FROM task WHERE id > :after ORDER BY id LIMIT :most")
_FORGET = sa.text("DELETE FROM task_word WHERE task = :task")
_ADD = sa.text("INSERT INTO task_word (word, task) VALUES (:word, :task)")
_UNITS = sa.text("SELECT id, name, folded FROM unit ORDER BY id")
_FOLD = sa.text("UPDATE unit SET folded = :folded WHERE id = :unit")


def upgrade() -> None:
    connection = op.get_bind()
    for task, text in _late(connection):
        connection.execute(_FORGET, {"task": task})
        if words := words_of(text):
            connection.execute(_ADD, [{"word": word, "task": task} for word in words])
    units = connection.execute(_UNITS).all()
    taken = {folded for _, _, folded in units}
    for unit, name, folded in units:
        anew = " ".join(words_of(name)) or name.casefold()
        if anew != folded and anew not in taken:  # of two that read alike now, the second keeps its form
            connection.execute(_FOLD, {"folded": anew, "unit": unit})
            taken.add(anew)


def _late(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    """Tasks whose words are kept in another form than they are looked for."""
    after = 0
    while rows := connection.execute(_TASKS, {"after": after, "most": AT_ONCE}).all():
        for task, title, address in rows:
            text = f"{title} {address or ''}"
            if not text.isascii() and words_of(text) != words_before(text):
                yield task, text
        after = rows[-1][0]
