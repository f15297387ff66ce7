"""Two processes, one desk, and a database that goes away under load: nothing is lost, and nobody starts them anew."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.fleet import fleet
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.redis import RedisServer

AGENTS, AWAY = 4, 2.5
MARK = "(reenvío)"
WAIT = "Ahora mismo no puedo guardar nada"


@pytest.fixture
def server() -> Iterator[PostgresqlServer]:
    """One that nobody else uses."""
    server = PostgresqlServer()
    yield server
    server.stop()


@pytest.mark.outgrown
async def test_p1_p2_p3_p6_a_database_that_is_restarted_twice_costs_nothing(
    tmp_path: Path, server: PostgresqlServer, redis: RedisServer
) -> None:
    """Updates that come while it is away are not confirmed to Telegram, which brings them again."""
    redis.forget()
    async with fleet(tmp_path, server.fresh(), redis.url) as desk:
        sara, *agents = await desk.enrol(supervisor=["Sara Luna"], agent=[f"Agente {n}" for n in range(AGENTS)])
        await desk.open(2)
        said: dict[str, int] = {}
        for turn in range(2):
            for when in ("antes", "durante"):
                for number, agent in enumerate(agents):
                    title = f"Asunto {turn}-{when}-{number}"
                    said[title] = agent.id
                    desk.telegram.say(agent, f"/{'emergencia' if number // 2 == turn else 'nueva'} {title}")
                if when == "antes":
                    server.halt()
            await asyncio.sleep(AWAY)
            server.start()
        await desk.rest(90)

        assert dict(await desk.asks("SELECT title, count(*) FROM task GROUP BY title")) == dict.fromkeys(said, 1)
        assert await desk.asks("SELECT count(*) FROM inbox WHERE state <> 3 OR attempts > 0") == [(0,)]
        for title in said:
            texts = [text for chat, text in desk.sent if chat == sara.id and title in text]
            assert texts, f"Sara never heard of {title}"
        assert any(WAIT in text for _, text in desk.sent), "people were told that it waits"
        refused = [call for call in desk.telegram.calls if call.error_code == 429]
        assert not refused, f"Telegram's limits were broken {len(refused)} times"
        assert desk.all_alive
