"""`gad health`: one line that says how the desk is, for people and for what restarts containers."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.cli.health import Page, ask
from bot.cli.options import Failed
from bot.config.schema import Server
from tests.story import bad_disk
from tests.story.bad_disk import MUCH
from tests.story.desk import StoryDesk
from tests.story.disk import Disk

desk, disk = bad_disk.desk, bad_disk.disk


@pytest.fixture
async def another(request: pytest.FixtureRequest) -> AsyncIterator[int]:
    """A server that is no desk and answers with this body; its port."""

    async def answers(_: web.Request) -> web.Response:
        return web.Response(body=request.param)

    app = web.Application()
    app.router.add_get("/{any:.*}", answers)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield runner.addresses[0][1]
    await runner.cleanup()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])  # noqa: S104
@pytest.mark.parametrize("page", Page)
async def test_a_desk_that_is_well_says_so(desk: StoryDesk, host: str, page: Page) -> None:
    said = await ask(Server(host=host, port=desk.app.server.port), page)
    assert said.endswith(f"{page.path}: well")


async def test_a_desk_that_can_keep_nothing_lives_and_is_not_ready(desk: StoryDesk, disk: Disk) -> None:
    server = Server(port=desk.app.server.port)
    juan = await desk.agent("Juan Pérez")
    with disk.read_only():
        desk.telegram.say(juan.user, MUCH)
        await desk.until(lambda: desk.app.outage.trouble is not None, "it can't be kept")
        assert await ask(server, Page.LIVE)
        for page in (Page.READY, Page.WHOLE):
            with pytest.raises(Failed, match=f"{page.path}: unwell$"):
                await ask(server, page)
    await desk.recovers()
    juan.reads_all()


async def test_nobody_answers(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Failed, match=r"nobody answers \(the connection is refused\)$"):
        await ask(Server(port=port), Page.WHOLE)


@pytest.mark.parametrize(
    "another", [b"", b"<html>", b"[]", b"null", b'{"status": 200}', b'{"state": "well"}', b"\xff"], indirect=True
)
async def test_whoever_answers_there_is_no_desk(another: int) -> None:
    with pytest.raises(Failed, match=r"whoever answers there is no desk$"):
        await ask(Server(port=another), Page.WHOLE)
