"""One connection to PostgreSQL: what nobody waits for leaves with what is asked, in its order, with its errors told."""

import asyncio
import time
from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg import errors

from storage.engine import pipeline as pipelines
from storage.engine.pipeline import Pipeline
from tests.support.servers.postgresql import PostgresqlServer

ADD = "INSERT INTO kept VALUES ($1, $2)"
ALL = "SELECT number, words FROM kept ORDER BY number"


@pytest.fixture
async def pipeline(postgresql: PostgresqlServer) -> AsyncIterator[Pipeline]:
    pipeline = await Pipeline.open(postgresql.dsn)
    pipeline.put("CREATE TEMPORARY TABLE kept (number bigint PRIMARY KEY, words text)")
    await pipeline.ask("SELECT 1")
    yield pipeline
    pipeline.close()


async def kept(pipeline: Pipeline) -> list[tuple[int, str | None]]:
    return pipeline.rows(await pipeline.ask(ALL), lambda values: (values[0], values[1]))


async def test_what_was_put_is_done_before_what_is_asked(pipeline: Pipeline) -> None:
    pipeline.put(ADD, (1, "niño 🚨"))
    pipeline.put("UPDATE kept SET number = number + $1", (2**40,))
    pipeline.put(ADD, (1, None))

    assert await kept(pipeline) == [(1, None), (1 + 2**40, "niño 🚨")]


async def test_what_is_forgotten_is_never_sent(pipeline: Pipeline) -> None:
    pipeline.put(ADD, (1, "one"))
    pipeline.forget()
    assert await kept(pipeline) == []


async def test_the_first_error_is_told_and_nothing_after_it_is_done(pipeline: Pipeline) -> None:
    pipeline.put("BEGIN")
    pipeline.put(ADD, (1, "one"))
    pipeline.put(ADD, (1, "again"))
    pipeline.put("UPDATE kept SET words = $1", ("never",))
    with pytest.raises(errors.UniqueViolation):
        await pipeline.ask("COMMIT")

    await pipeline.ask("ROLLBACK")
    pipeline.put(ADD, (1, "one"))
    pipeline.put("UPDATE kept SET words = $1", ("at last",))  # which the server never heard of before
    assert await kept(pipeline) == [(1, "at last")]


async def test_several_ask_at_once_and_each_gets_its_own(pipeline: Pipeline) -> None:
    answers = [pipeline.ask("SELECT $1::bigint / $2::bigint AS it", (6, number)) for number in (1, 2, 0, 3)]
    found = await asyncio.gather(*answers, return_exceptions=True)

    assert isinstance(found[2], errors.DivisionByZero)
    assert [pipeline.rows(answer, tuple)[0][0] for answer in found if not isinstance(answer, BaseException)] == [
        6,
        3,
        2,
    ]


async def test_whoever_stops_waiting_takes_nobody_elses_answer(pipeline: Pipeline) -> None:
    first, second = pipeline.ask("SELECT 1 AS it"), pipeline.ask("SELECT 2 AS it")
    first.cancel()
    assert pipeline.rows(await second, tuple) == [(2,)]


async def test_more_than_the_network_takes_at_once_goes_all_the_same(pipeline: Pipeline) -> None:
    for number in range(40):
        pipeline.put(ADD, (number, "x" * 500_000))
    answer = await pipeline.ask("SELECT sum(length(words)) AS letters FROM kept")
    assert pipeline.rows(answer, tuple) == [(20_000_000,)]


async def test_a_text_with_a_nul_is_refused_and_not_cut(pipeline: Pipeline) -> None:
    with pytest.raises(psycopg.DataError):
        pipeline.put(ADD, (1, "uno\0dos"))


async def test_texts_are_texts_in_a_database_that_was_made_without_an_encoding(postgresql: PostgresqlServer) -> None:
    url = postgresql.empty(made="ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    pipeline = await Pipeline.open(url.replace("+asyncpg", ""))
    assert pipeline.rows(await pipeline.ask("SELECT $1::text AS it", ("niño 🚨",)), tuple) == [("niño 🚨",)]
    pipeline.close()
    postgresql.drop(url)


async def test_a_server_that_is_silent_for_too_long_is_given_up(
    postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = await Pipeline.open(postgresql.dsn)
    monkeypatch.setattr(pipelines, "PATIENCE", 0.05)
    with pytest.raises(psycopg.OperationalError, match="no answer"):
        await pipeline.ask("SELECT pg_sleep(60)")
    assert pipeline.broken


async def test_a_connection_that_is_cut_says_so_to_whoever_waits_and_to_whoever_comes_later(
    pipeline: Pipeline, postgresql: PostgresqlServer
) -> None:
    other = await Pipeline.open(postgresql.dsn)
    number = other.rows(await other.ask("SELECT pg_backend_pid() AS it"), tuple)[0][0]
    waiting = [other.ask("SELECT pg_sleep(60)"), other.ask("SELECT 1")]
    await pipeline.ask("SELECT pg_terminate_backend($1)", (number,))

    for each in (*waiting, other.ask("SELECT 1")):
        with pytest.raises(psycopg.OperationalError):
            await each
    assert other.broken


async def test_a_process_that_stood_still_finds_its_transaction_gone_and_blames_the_connection(
    postgresql: PostgresqlServer,
) -> None:
    """A laptop's lid, a machine that is moved: meanwhile the server has ended what it was idle in."""
    pipeline = await Pipeline.open(postgresql.dsn, options="-c idle_in_transaction_session_timeout=20ms")
    await pipeline.ask("BEGIN")
    time.sleep(0.2)
    with pytest.raises(psycopg.OperationalError):
        await pipeline.ask("SELECT 1")
    assert pipeline.broken
