"""People whose names look alike are told apart."""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from core.vocabulary.lookalikes import digits_apart, looks
from storage.schema.columns import NAME

revision = "0008"
down_revision = "0007"

AT_ONCE = 1_000  # people read at once

_PEOPLE = sa.text("SELECT id, name FROM person WHERE id > :after ORDER BY id LIMIT :most")
_LOOK = sa.text("UPDATE person SET looks = :looks WHERE id = :person")
_TWINS = sa.text(
    "SELECT id, telegram_id, looks FROM person WHERE membership <> 'disabled' AND looks IN ("
    "SELECT looks FROM person WHERE membership <> 'disabled' GROUP BY looks HAVING count(*) > 1)"
)
_SET = sa.text("UPDATE person SET apart = :apart WHERE id = :person")


def upgrade() -> None:
    op.add_column("person", sa.Column("looks", NAME, server_default="", nullable=False))
    op.add_column("person", sa.Column("apart", sa.Integer(), server_default="0", nullable=False))
    connection = op.get_bind()
    for page in _pages(connection):
        connection.execute(_LOOK, page)
    op.create_index("person_by_looks", "person", ["looks", "id"])
    alike: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for person, account, shape in connection.execute(_TWINS):
        alike[shape][person] = account
    for accounts in alike.values():
        digits = digits_apart(accounts.values())
        connection.execute(_SET, [{"apart": digits, "person": person} for person in accounts])


def _pages(connection: sa.Connection) -> Iterator[list[dict[str, str | int]]]:
    """The looks of everybody, a page at a time."""
    after = 0
    while rows := connection.execute(_PEOPLE, {"after": after, "most": AT_ONCE}).all():
        yield [{"person": person, "looks": looks(name)} for person, name in rows]
        after = rows[-1][0]
