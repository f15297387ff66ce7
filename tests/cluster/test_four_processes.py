"""Four processes, one desk: whichever dies, what Telegram was told had arrived is done once, in order, in time."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from emulator import Person
from tests.cluster.fleet import Fleet, fleet
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.redis import RedisServer

MARK = "(reenvío)"
AGENTS, TITLES, EMERGENCIES, DEATHS = 5, 4, 3, 4
HELD_TWICE = """
    SELECT agent, count(*) FROM assignment JOIN task ON task.id = assignment.task
    WHERE assignment.state IN ('offered', 'accepted', 'en_route', 'on_scene')
      AND task.kind = 'emergency' AND task.open = 1
    GROUP BY agent HAVING count(*) > 1
"""


@pytest.mark.outgrown
async def test_p1_p3_p6_p7_four_processes_and_random_deaths(
    tmp_path: Path, postgresql: PostgresqlServer, redis: RedisServer
) -> None:
    chance = random.Random(11)
    redis.forget()
    async with fleet(tmp_path, postgresql.fresh(), redis.url) as desk:
        sara, *agents = await desk.enrol(supervisor=["Sara Luna"], agent=[f"Agente {n}" for n in range(AGENTS)])
        await desk.open(4)
        said = await _speak_while_some_die(desk, agents, chance)
        await desk.rest()

        assert dict(await desk.asks("SELECT title, count(*) FROM task GROUP BY title")) == dict.fromkeys(said, 1)
        assert await desk.asks("SELECT count(*) FROM inbox WHERE state <> 3") == [(0,)]
        assert await desk.asks("SELECT count(*) FROM outbox WHERE state <> 3") == [(0,)]
        assert await desk.asks(HELD_TWICE) == [], "nobody is sent to two places"
        for title, reporter in said.items():
            _arrived_once_or_marked(desk, reporter, title)
            if title.startswith("Herido"):
                _arrived_once_or_marked(desk, sara.id, title)
        for agent in agents:
            assert await _order_of(desk, agent.id) == sorted(await _order_of(desk, agent.id)), "a chat keeps its order"
        refused = [call for call in desk.telegram.calls if call.error_code == 429]
        assert not refused, f"Telegram's limits were broken {len(refused)} times"


async def _speak_while_some_die(desk: Fleet, agents: list[Person], chance: random.Random) -> dict[str, int]:
    said: dict[str, int] = {}
    for turn in range(TITLES):
        for number, agent in enumerate(agents):
            word = "Herido" if turn == 1 and number < EMERGENCIES else "Asunto"
            title = f"{word} {number:02}-{turn}"
            said[title] = agent.id
            desk.telegram.say(agent, f"/{'emergencia' if word == 'Herido' else 'nueva'} {title}")
        await asyncio.sleep(chance.random())
        if turn < DEATHS:
            await desk.kill_one(chance.randrange(4))
            await desk.replace()
    return said


def _arrived_once_or_marked(desk: Fleet, chat: int, title: str) -> None:
    """It is there, and whatever came again says so."""
    texts = Counter(text for where, text in desk.sent if where == chat and title in text)
    assert texts, f"{title} never came to {chat}"
    twice = [text for text, times in texts.items() if times > 1 and MARK not in text]
    assert not twice, f"{title} came to {chat} more than once: {twice}"


async def _order_of(desk: Fleet, agent: int) -> list[str]:
    rows = await desk.asks(
        f"SELECT title FROM task JOIN person ON person.id = task.reporter WHERE telegram_id = {agent} ORDER BY task.id"  # noqa: S608
    )
    return [row[0].rpartition("-")[2] for row in rows]
