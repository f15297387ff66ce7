"""Health pages of a desk."""

from typing import NamedTuple

import aiohttp

from tests.story.desk import OPERATOR, StoryDesk


class Health(NamedTuple):
    """Whether the desk is ready for traffic, its status, and what is said of each part that is not well."""

    ready: bool
    status: str
    unwell: dict[str, str]


WELL = Health(ready=True, status="well", unwell={})


async def health(desk: StoryDesk) -> Health:
    """As a load balancer and an operator read it, who has a token."""
    url = f"http://127.0.0.1:{desk.app.server.port}/health"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {OPERATOR}"}) as session:
        async with session.get(f"{url}/ready") as answer:
            ready = answer.status
        async with session.get(url) as answer:
            page = await answer.json()
    unwell = {name: part["detail"] for name, part in page["parts"].items() if not part["well"]}
    return Health(ready == 200, page["status"], unwell)
