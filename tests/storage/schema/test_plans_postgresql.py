"""P11 on PostgreSQL: in a full database every statement is served by an index, as on SQLite."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec import json

from storage.engine.session import Query
from tests.storage.crowd import FEW, fill
from tests.storage.schema.test_plans import OF_SQLITE, holds, meant_whole, statements
from tests.support.servers.direct import DirectPostgresql, Raw
from tests.support.servers.postgresql import PostgresqlServer

Plan = Mapping[str, Any]

# Read whole: all that is asked for, or the first row that comes.
WHOLE = {
    "api_token": "as many rows as programs",
    "api_token_pkey": "as many rows as programs",
    "alembic_version": "it has one row",
    "chain": "the seal is made of all ends",
    "chain_pkey": "the seal is made of all ends",
    "check_in": "is there any?",
    "duty": "everybody on duty",
    "duty_person": "everybody on duty",
    "person_pkey": "everybody on duty, by the other side of the join",
    "event_pkey": "the last number is its first entry from behind",
    "guess": "those that are old, once a day",
    "inbox_pkey": "the last number is its first entry from behind",
    "inbox_taken": "what is in hand",
    "outbox_taken": "what is in hand",
    "person_able_by_cell": "so many of the free who have some capability",
    "person_free_by_cell": "so many of the free, whoever they are",
    "person_on_shift": "what the reader limits",
    "person_pending": "what the reader limits",
    "task_own_emergencies": "open emergencies alone, whoever's they are",
    "task_own_emergency": "open emergencies alone, whoever's they are",
    "task_later": "what the reader limits",
    "task_searching": "what the reader limits",
    "task_silent": "silent alarms alone, which are few",
    "task_unanswered": "what the reader limits",
}
# Only an operator asks it, when a dead letter is tried again: whatever came after it is looked through.
BY_HAND = "AS newer"
# Only for updates in hand of a process that died: where little waits, the planner looks for them among all that waits.
AFTER_A_DEATH = (
    "UPDATE inbox SET state=0, lease_until=",
    "SELECT inbox.line FROM inbox WHERE inbox.state = 2 AND (inbox.lease_until",
)
TYPES = "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'asked'"


@pytest.fixture(scope="module")
def plans(postgresql: PostgresqlServer) -> Iterator[dict[str, list[Plan]]]:
    """The nodes of each statement's plan."""
    url = postgresql.fresh()
    direct = DirectPostgresql(url)
    for statement in fill():
        direct.connection.execute(statement)
    ours = (each for each in statements() if not holds(each.postgresql[0], *OF_SQLITE))
    yield {" ".join(each.postgresql[0].split()): list(_nodes(direct.connection, each)) for each in ours}
    direct.close()
    postgresql.drop(url)


def _nodes(connection: Raw, query: Query[Any]) -> Iterator[Plan]:
    text, names, _ = query.postgresql
    connection.execute(f"PREPARE asked AS {text}")
    (kept,) = connection.execute(
        "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'asked'"
    )
    values = ", ".join(map(_value, names, kept["types"]))
    (found,) = connection.execute(f"EXPLAIN (FORMAT JSON) EXECUTE asked{f'({values})' if values else ''}")
    connection.execute("DEALLOCATE asked")
    yield from _walked(json.decode(found["QUERY PLAN"])[0]["Plan"])


def _value(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        return "'{}'"
    return "20" if name == "most" else "'7'"


def _walked(plan: Plan) -> Iterator[Plan]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _walked(below)


def test_p11_no_statement_reads_a_whole_table_of_the_server(plans: dict[str, list[Plan]]) -> None:
    assert len(plans) > 80
    whole = [
        f"{node.get('Index Name', node.get('Relation Name'))}: {text[-300:]}"
        for text, nodes in plans.items()
        if not holds(text, BY_HAND, *AFTER_A_DEATH) and not meant_whole(text)
        for node in nodes
        if node["Node Type"] == "Seq Scan" or ("Index Name" in node and "Index Cond" not in node)
        if node.get("Index Name", node.get("Relation Name")) not in WHOLE
    ]
    assert not whole


def test_p11_no_statement_sorts_much_on_the_server(plans: dict[str, list[Plan]]) -> None:
    sorting = [
        f"{node['Plan Rows']} rows by {node['Sort Key']}: {text[-300:]}"
        for text, nodes in plans.items()
        for node in nodes
        if node["Node Type"] == "Sort" and node["Plan Rows"] > FEW
    ]
    assert not sorting
