"""A new release takes some of the chats beside the one before, and is taken out by itself when an objective breaks."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from emulator import Person
from tests.cluster.fleet import Fleet, fleet
from tests.support.desks.process import ROOT, environment
from tests.support.newer import released
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.processes import free_port
from tests.support.servers.redis import RedisServer


class Site:
    """The desks that run, and a new release that the scripts start and stop as an operator would."""

    def __init__(self, desk: Fleet, folder: Path) -> None:
        self._desk = desk
        self._folder = folder
        self.pid = folder / "new.pid"

    async def canary(self, release: Path, percent: int) -> tuple[int, str]:
        """Try a release for a few seconds; the exit code, and what was said."""
        port = free_port()
        start = f"cd {release} || exit; {sys.executable} -m bot run --config {self._folder / 'config.toml'}"
        start += f" > {self._folder / 'new.log'} 2>&1 & echo $! > {self.pid}"
        words = ["--new", f"http://127.0.0.1:{port}", "--start", start, "--minutes", "0.06", "--every", "1.5"]
        settings = {"GAD_SERVER__PORT": str(port), "GAD_INTAKE__CANARY": str(percent)}
        return await self._runs("canary.sh", *words, *self._each("--old"), **settings)

    async def rollback(self) -> tuple[int, str]:
        return await self._runs("rollback.sh", *self._each("--url"))

    def _each(self, option: str) -> list[str]:
        return [word for port in self._desk.ports for word in (option, f"http://127.0.0.1:{port}")]

    async def _runs(self, script: str, *words: str, **settings: str) -> tuple[int, str]:
        stop = f"kill $(cat {self.pid}); while kill -0 $(cat {self.pid}) 2>/dev/null; do sleep 0.1; done"
        process = await asyncio.create_subprocess_exec(
            ROOT / "scripts" / script,
            *("--stop", stop, "--config", str(self._folder / "config.toml"), *words),
            env=environment(self._desk.settings | settings),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    def end(self) -> None:
        """Leave no process behind."""
        with suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int(self.pid.read_text()), signal.SIGKILL)


@asynccontextmanager
async def talk(desk: Fleet, agents: list[Person]) -> AsyncIterator[set[str]]:
    """People who never stop writing; every title so far."""
    said = set[str]()

    async def go_on() -> None:
        while True:
            for agent in agents:
                title = f"Asunto {len(said):04}"
                said.add(title)
                desk.telegram.say(agent, f"/nueva {title}")
                await asyncio.sleep(0.1)

    talking = asyncio.create_task(go_on())
    yield said
    talking.cancel()
    await asyncio.gather(talking, return_exceptions=True)


@pytest.mark.outgrown
async def test_p1_p2_p10_a_new_release_is_tried_on_some_chats_and_taken_out_when_it_fails(
    tmp_path: Path, postgresql: PostgresqlServer, redis: RedisServer
) -> None:
    redis.forget()
    good = released(tmp_path / "good", "0.2.0", fault=False)
    bad = released(tmp_path / "bad", "0.2.1", fault=True)
    async with fleet(tmp_path, postgresql.fresh(), redis.url) as desk:
        agents = await desk.enrol(agent=[f"Agente {number}" for number in range(8)])
        percent = sorted(agent.id % 100 for agent in agents)[4]  # four of the eight
        theirs = {str(agent.id) for agent in agents if agent.id % 100 < percent}
        await desk.open(2)
        site = Site(desk, tmp_path)
        try:
            async with talk(desk, agents) as said:
                code, words = await site.canary(good, percent)
                assert (code, "the objectives held" in words) == (0, True), words
                code, words = await site.rollback()
                assert (code, "the new release is out" in words) == (0, True), words

                code, words = await site.canary(bad, percent)
                assert code == 1
                assert "updates that failed at the new release" in words
                assert "the new release is out" in words
                assert "The record is whole" in words
            await desk.rest()
        finally:
            site.end()
        assert dict(await desk.asks("SELECT title, count(*) FROM task GROUP BY title")) == dict.fromkeys(said, 1)
        failed = {row[0] for row in await desk.asks("SELECT line FROM inbox WHERE attempts > 0")}
        assert failed, "the fault was met"
        assert failed <= theirs, "by the chats of the new release alone"
        assert await desk.asks("SELECT count(*) FROM inbox WHERE state <> 3") == [(0,)]
        assert await desk.asks("SELECT count(*) FROM outbox WHERE state <> 3") == [(0,)]
