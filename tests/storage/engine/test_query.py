"""A query says what its rows are, and is refused where its statement says something else."""

from typing import NamedTuple

import pytest
from sqlalchemy import func, select, text, update

from storage.engine.session import Query, Session
from storage.repositories import counters
from storage.schema.rows import col, row_class, values_of
from storage.schema.tables import CounterRow, table
from tests.support.databases import Direct

_counter = table(CounterRow)


class Total(NamedTuple):
    """A counter, by other names."""

    called: str
    value: int


@pytest.fixture
def counted(direct: Direct) -> Direct:
    direct.run(lambda session: counters.next_value(session, "number"))
    return direct


def test_columns_that_are_not_the_fields_are_refused_when_the_query_is_made() -> None:
    with pytest.raises(TypeError, match=r"Total has the fields \('called', 'value'\).*columns \('name', 'value'\)"):
        Query(select(_counter), Total)
    with pytest.raises(TypeError, match="CounterRow has the fields"):
        Query(select(col(CounterRow.value), col(CounterRow.name)), CounterRow)
    with pytest.raises(TypeError, match="CounterRow has the fields"):
        Query(update(_counter).values(value=0).returning(col(CounterRow.name)), CounterRow)


def test_a_column_is_an_attribute_of_a_table_class() -> None:
    assert col(CounterRow.name) is _counter.c.name
    with pytest.raises(TypeError, match="is no column"):
        col("name")


def test_rows_are_read_by_the_names_of_their_type(counted: Direct) -> None:
    async def read(session: Session) -> None:
        (whole,) = await session.rows(Query(select(_counter), CounterRow))
        assert (whole.name, whole.value) == ("number", 1)
        some = await session.row(Query(select(col(CounterRow.name).label("called"), col(CounterRow.value)), Total))
        assert some == Total("number", 1)
        assert await session.row(Query.value(select(func.sum(col(CounterRow.value))))) == 1
        name: Query[str] = Query.value(text("SELECT name FROM counter"))
        assert await session.row(name) == "number"
        assert await session.rows(Query.mappings(select(_counter))) == [{"name": "number", "value": 1}]

    counted.run(read)


def test_a_row_to_be_written_has_every_column() -> None:
    made = row_class(CounterRow)
    assert values_of(made(name="task", value=3)) == {"name": "task", "value": 3}
    with pytest.raises(TypeError, match="value"):
        made(name="task")
