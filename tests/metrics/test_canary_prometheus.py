"""The watch over a new release asks a real Prometheus which alarms page somebody."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from tests.project.imports import ROOT
from tests.support.servers.processes import free_port
from tests.support.servers.prometheus import Prometheus

RULES = """
groups:
  - name: all
    rules:
      - {alert: ItWasSoBefore, expr: 'gad_trouble >= 0', labels: {severity: page}}
      - {alert: ItIsTrouble, expr: 'gad_trouble > 0', labels: {severity: page}}
      - {alert: ItCanWait, expr: 'gad_trouble > 0', labels: {severity: ticket}}
"""


class Numbers:
    """A side server with numbers alone: of the new release, and of the one beside it."""

    def __init__(self) -> None:
        self.trouble, self.url, self.port = 0, "", 0
        self.asked = asyncio.Event()

    async def page(self, request: web.Request) -> web.Response:
        """The numbers; whoever is no Prometheus watches the new release."""
        if "Prometheus" not in request.headers.get("User-Agent", ""):
            self.asked.set()
        return web.Response(text=f"gad_trouble {self.trouble}\ngad_updates_handled_total 5\n")


@asynccontextmanager
async def numbers() -> AsyncIterator[Numbers]:
    """That server, on this machine."""
    there = Numbers()
    application = web.Application()
    application.router.add_get("/metrics", there.page)
    runner = web.AppRunner(application)
    await runner.setup()
    there.port = free_port()
    await web.TCPSite(runner, "127.0.0.1", there.port).start()
    there.url = f"http://127.0.0.1:{there.port}"
    yield there
    await runner.cleanup()


def prometheus_of(desk: Numbers, folder: Path) -> Prometheus:
    """A Prometheus that asks this desk, by the rules above."""
    (folder / "rules.yml").write_text(RULES, "utf-8")
    return Prometheus(folder, desk.port, every="1s", rules=folder / "rules.yml")


async def watch(url: str, prometheus: str, *more: str) -> asyncio.subprocess.Process:
    """The watch, as `canary.sh` starts it."""
    words = ("--new", url, "--old", url, "--every", "0.3", "--prometheus", prometheus, "--at-least", "0", *more)
    script = ROOT / "scripts" / "canary_slo.py"
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, str(script), *words, stdout=pipe, stderr=pipe)


async def fires(prometheus: Prometheus, alarm: str) -> None:
    """Wait until it does."""
    async with asyncio.timeout(30):
        while True:
            if alarm in await prometheus.firing():
                return
            await asyncio.sleep(0.1)


@pytest.mark.slow
async def test_only_an_alarm_that_begins_to_page_takes_the_new_release_out(tmp_path: Path) -> None:
    async with numbers() as desk, prometheus_of(desk, tmp_path) as prometheus:
        await fires(prometheus, "ItWasSoBefore")
        held = await watch(desk.url, prometheus.url, "--seconds", "1.5")
        said, _ = await held.communicate()
        assert (held.returncode, b"the objectives held" in said) == (0, True)

        desk.asked.clear()
        broke = await watch(desk.url, prometheus.url, "--seconds", "60")
        await desk.asked.wait()
        await asyncio.sleep(0.5)  # its first look has asked Prometheus too
        desk.trouble = 1
        _, lines = await broke.communicate()
        assert (broke.returncode, lines.decode()) == (1, "canary: ItIsTrouble fires\n")


async def test_a_prometheus_that_goes_away_takes_the_new_release_out(tmp_path: Path) -> None:
    async with numbers() as desk:
        async with prometheus_of(desk, tmp_path) as prometheus:
            await fires(prometheus, "ItWasSoBefore")
            gone = await watch(desk.url, prometheus.url, "--seconds", "60")
            await desk.asked.wait()
            await asyncio.sleep(0.5)
        _, lines = await gone.communicate()
        assert (gone.returncode, lines.decode()) == (1, "canary: Prometheus does not answer\n")
