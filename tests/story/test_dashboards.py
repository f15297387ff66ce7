"""Dashboards on the wall: a real Prometheus that scrapes the desk answers every one of their panels."""

import asyncio
from pathlib import Path

from tests.metrics.dashboards import Panel, panels
from tests.story.desk import StoryDesk
from tests.support.servers.prometheus import Prometheus

LOOKS = 300


async def test_every_panel_has_an_answer_on_a_quiet_desk(tmp_path: Path) -> None:
    """Each but those that say what their emptiness means ("no reports"); a query that can't be read fails at once."""
    desk = StoryDesk(tmp_path)
    await desk.open()
    async with Prometheus(tmp_path, desk.app.server.port, every="250ms") as prometheus:
        empty = list(panels())
        for _ in range(LOOKS):
            # A recorded rate comes after two scrapes and a round of the rules, and the others by then.
            if not await prometheus.series("gad:told_late:ratio_6h"):
                await asyncio.sleep(0.1)
                continue
            empty = [panel for panel in empty if await _is_empty(prometheus, panel)]
            if all(panel.no_value for panel in empty):
                break
            await asyncio.sleep(0.1)
    assert [panel.name for panel in empty if not panel.no_value] == []
    await desk.end()


async def _is_empty(prometheus: Prometheus, panel: Panel) -> bool:
    """Whether one of its queries finds nothing, or nobody answers yet."""
    return not all([await prometheus.series(query) for query in panel.queries])
