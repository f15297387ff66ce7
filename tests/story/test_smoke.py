"""`scripts/smoke.sh`: before a release is believed, somebody asks it whether it can do its work, and hears why not."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import web

from core.desk.desk import Desk
from tests.project.imports import ROOT
from tests.story import bad_disk
from tests.story.bad_disk import MUCH
from tests.story.desk import OPERATOR, StoryDesk
from tests.story.disk import Disk
from tests.story.test_deaf import pushed_to

SMOKE = ROOT / "scripts" / "smoke.sh"

disk = bad_disk.disk


@pytest.fixture
async def desk(tmp_path: Path, disk: Disk) -> AsyncIterator[StoryDesk]:
    """A desk that makes no backups by itself."""
    story = StoryDesk(tmp_path, shutdown_grace="1s", backup={"folder": ""})
    await story.open()
    yield story
    await story.end()


class Smoke(NamedTuple):
    """Its exit code, what it said, and what it found wrong."""

    code: int
    said: str
    wrong: list[str]


async def smoke(url: str, token: str = OPERATOR) -> Smoke:
    """Run it; the desk goes on beside it."""
    process = await asyncio.create_subprocess_exec(
        SMOKE,
        url,
        env={"PATH": os.environ["PATH"], "GAD_TOKEN": token},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, wrong = await process.communicate()
    return Smoke(process.returncode or 0, said.decode(), wrong.decode().splitlines())


def at(desk: StoryDesk) -> str:
    """The address of its side server."""
    return f"http://127.0.0.1:{desk.app.server.port}"


@pytest.fixture
async def page() -> AsyncIterator[str]:
    """The address of a server that has nothing."""
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_desk_that_works_is_well(desk: StoryDesk) -> None:
    assert await smoke(at(desk)) == (0, f"smoke: {at(desk)} is well\n", [])
    assert await smoke(f"{at(desk)}/") == (0, f"smoke: {at(desk)} is well\n", [])


async def test_the_token_of_nobody_is_told(desk: StoryDesk) -> None:
    found = await smoke(at(desk), "somebody-elses-token")
    assert found.code == 1
    assert found.wrong == [
        "smoke: the token is not one of the desk's, or may not read metrics: /health names no parts",
    ]


async def test_another_server_is_no_desk(page: str) -> None:
    found = await smoke(page)
    assert found == (1, "", [f"smoke: {page}: whoever answers there is no desk: /health/live says 404"])


async def test_an_address_where_nobody_listens(page: str) -> None:
    nowhere = "http://127.0.0.1:9"
    assert await smoke(nowhere) == (1, "", [f"smoke: {nowhere}: nobody answers"])


async def test_a_locked_file(desk: StoryDesk, disk: Disk) -> None:
    juan = await desk.agent("Juan Pérez")
    with disk.locked():
        desk.telegram.say(juan.user, MUCH)
        await desk.until(lambda: desk.app.outage.trouble is not None, "it can't be kept")
        found = await smoke(at(desk))
    assert found.code == 1
    assert "smoke: storage: storage: database is locked" in found.wrong
    assert "smoke: it takes no work: /health/ready says 503" in found.wrong
    await desk.recovers()
    juan.reads_all()


async def test_a_webhook_that_telegram_cant_deliver_to(tmp_path: Path) -> None:
    async with pushed_to(tmp_path) as desk:
        webhook = desk.bot.webhook
        assert webhook is not None
        webhook.trouble = "Wrong response from the webhook: 502 Bad Gateway"
        ana = desk.stranger("Ana Mora")
        desk.telegram.say(ana.user, "/start")
        await desk.passes_until(lambda: bool(desk.app.conditions.all()), "it is seen", step=1)
        found = await smoke(at(desk))
        assert found.code == 1
        assert [line for line in found.wrong if line.startswith("smoke: telegram: ") and "502 Bad Gateway" in line]
        webhook.trouble = None
        await desk.passes_until(lambda: not desk.app.conditions.all(), "it is well again")
        ana.reads_all()


async def test_due_times_that_nobody_acts_on(desk: StoryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    sara = await desk.supervisor("Sara Luna")

    async def does_nothing(_: Desk, limit: int) -> int:
        return 0

    with monkeypatch.context() as stuck:
        stuck.setattr(Desk, "fire_due", does_nothing)
        await sara.says("/emergencia Robo en el parque")
        desk.clock.advance(600)
        found = await smoke(at(desk))
    assert found.code == 1
    assert [line for line in found.wrong if line.startswith("smoke: timers: one is ")]
    await desk.advance(1)
    sara.reads_all()


async def test_backups_that_stopped(tmp_path: Path) -> None:
    """The story's own backup is of months ago, by the clock of whoever asks."""
    desk = StoryDesk(tmp_path, backup={"folder": str(tmp_path / "backups")}, audit={"key_file": str(tmp_path / "key")})
    await desk.open()
    found = await smoke(at(desk))
    assert found.code == 1
    assert len(found.wrong) == 1
    assert found.wrong[0].startswith("smoke: backup: ")
    await desk.end()
