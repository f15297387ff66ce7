"""Numbers of a desk, as a Prometheus that scrapes it reads them."""

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.story.desk import StoryDesk


async def scraped(desk: StoryDesk) -> dict[str, float]:
    """Each sample by its name and its labels, in order: ``gad_tasks{priority=low,state=paused}``."""
    url = f"http://127.0.0.1:{desk.app.server.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        page = await answer.text()
    return {
        sample.name + labels_of(sample.labels): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def labels_of(labels: dict[str, str]) -> str:
    """The labels of a sample as they stand in its name here."""
    said = ",".join(f"{name}={value}" for name, value in sorted(labels.items()))
    return f"{{{said}}}" if said else ""
