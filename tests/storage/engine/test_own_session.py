"""A pooler that hands sessions around is found before the desk opens, and named."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from psycopg import errors
from psycopg.pq.abc import PGresult

from storage.engine import postgresql as engine
from storage.engine.locks import of_chat
from storage.engine.own_session import ADVICE, prove_own_session
from storage.engine.pipeline import Pipeline
from storage.engine.store import StorageError, Store
from tests.support.servers.postgresql import PostgresqlServer


class Pooled:
    """A client whose statements go to whichever server is next, as a pooler in transaction mode gives them out."""

    def __init__(self, *servers: Pipeline) -> None:
        self._servers = [*servers]
        self.rows = servers[0].rows

    def put(self, text: str, values: Sequence[Any] = ()) -> None:
        self._servers[0].put(text, values)

    async def ask(self, text: str, values: Sequence[Any] = ()) -> PGresult:
        answer = await self._servers[0].ask(text, values)
        self._servers.append(self._servers.pop(0))
        return answer


@pytest.fixture
async def servers(postgresql: PostgresqlServer) -> AsyncIterator[list[Pipeline]]:
    pipelines = [await Pipeline.open(postgresql.dsn) for _ in range(2)]
    yield pipelines
    for pipeline in pipelines:
        pipeline.close()


async def test_a_session_of_its_own_is_believed(servers: list[Pipeline]) -> None:
    await prove_own_session(*servers)


async def test_a_session_that_a_stranger_gets_is_not(servers: list[Pipeline]) -> None:
    with pytest.raises(StorageError, match="pool_mode = session"):
        await prove_own_session(servers[0], servers[0])


async def test_a_session_that_its_owner_loses_is_not(servers: list[Pipeline]) -> None:
    third = await Pipeline.open(servers[0]._connection.info.dsn)
    with pytest.raises(StorageError, match="pool_mode = session"):
        await prove_own_session(Pooled(servers[0], third), servers[1])  # type: ignore[arg-type]
    third.close()


@pytest.mark.parametrize("error", [errors.DuplicatePreparedStatement(), errors.InvalidSqlStatementName()])
async def test_statements_that_a_pooler_mixes_up_are_the_storages_fault_and_not_the_updates(
    error: Exception, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(served)
    await store.start()

    async def mixed_up(self: object, work: object, wanted: object) -> None:
        raise error

    monkeypatch.setattr(engine.Postgresql, "_write_once", mixed_up)
    with pytest.raises(StorageError) as told:
        await store.write(lambda session: session.lock(of_chat(1)))
    assert str(told.value) == ADVICE
    await store.stop()
