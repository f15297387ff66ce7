"""A newer release comes in process by process, while the others go on: it adds first, and takes away later."""

import asyncio
from pathlib import Path

import pytest

from emulator import Person
from storage.engine.revisions import NEWEST, OLDEST
from tests.cluster.fleet import Fleet, fleet
from tests.support.desks.process import ROOT
from tests.support.newer import AFTER, NEXT, adding, taking_away
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.redis import RedisServer


class Talk:
    """People who never stop writing; `said` is every title so far."""

    def __init__(self, desk: Fleet, agents: list[Person]) -> None:
        self._desk = desk
        self._agents = agents
        self.said: set[str] = set()
        self._task = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        while True:
            for number, agent in enumerate(self._agents):
                title = f"Asunto {number:02}-{len(self.said):04}"
                self.said.add(title)
                self._desk.telegram.say(agent, f"/nueva {title}")
                await asyncio.sleep(0.5)

    async def end(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def schema(desk: Fleet) -> tuple[str, str]:
    (row,) = await desk.asks("SELECT version_num, oldest FROM alembic_version")
    return row[0], row[1]


@pytest.mark.outgrown
async def test_p1_p2_a_release_comes_in_process_by_process(
    tmp_path: Path, postgresql: PostgresqlServer, redis: RedisServer
) -> None:
    redis.forget()
    async with fleet(tmp_path, postgresql.fresh(), redis.url) as desk:
        agents = await desk.enrol(agent=[f"Agente {n}" for n in range(4)])
        await desk.open(2)
        talk = Talk(desk, agents)

        await desk.open(2, adding(tmp_path / "next"))
        assert await schema(desk) == (NEXT, OLDEST)
        await desk.are_ready()
        await desk.kill_one(0)
        await desk.replace()
        await desk.are_ready()
        assert await schema(desk) == (NEXT, OLDEST), "an older one that starts beside them leaves it as it is"

        after = taking_away(tmp_path / "after")
        assert f"is used by an older version of the desk (schema {NEWEST})" in await desk.refuses(after)
        await desk.are_ready()

        await desk.close(ROOT)
        await desk.open(1, after)
        assert await schema(desk) == (AFTER, NEXT)
        assert f"is from a newer version of the desk (schema {AFTER})" in await desk.refuses(ROOT)
        await desk.are_ready()

        await talk.end()
        await desk.rest()
        assert dict(await desk.asks("SELECT title, count(*) FROM task GROUP BY title")) == dict.fromkeys(talk.said, 1)
        assert await desk.asks("SELECT count(*) FROM inbox WHERE state <> 3 OR attempts > 1") == [(0,)]
        assert await desk.asks("SELECT count(*) FROM outbox WHERE state <> 3") == [(0,)]
