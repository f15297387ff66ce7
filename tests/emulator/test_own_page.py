"""No other page in the same browser drives the emulator, whatever it calls the address and however it asks."""

from urllib.parse import urlsplit

import aiohttp
import pytest

from emulator import Bot, Person, Server, Telegram

EVIL = "http://gad.example.org"


async def status(server: Server, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, server.url + path, headers=headers, data=body) as answer,
    ):
        return answer.status


def other_sites(port: int) -> list[dict[str, str]]:
    """Headers with which a browser sends what another site's page asked for."""
    own = f"127.0.0.1:{port}"
    return [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": f"https://{own}"},
        {"Origin": f"http://127.0.0.1:{port + 1}"},
        {"Origin": f"http://localhost:{port}"},  # not what this request calls the address
        {"Origin": f"{EVIL}/?http://{own}"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate"},
        {"Referer": f"{EVIL}/pictures"},
        {"Host": "gad.example.org"},
        {"Host": f"gad.example.org:{port}", "Origin": f"http://gad.example.org:{port}"},
        {"Host": f"127.0.0.1.nip.example:{port}"},
        {"Host": f"localhost.:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": f"127.0.0.1:{port + 1}"},
        {"Host": ""},
    ]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/emulator/act", b'{"act": "say", "as": 1001, "text": "/emergencia"}'),
        ("GET", "/bot1000:demo/sendMessage?chat_id=1001&text=hola", None),
        ("POST", "/bot1000:demo/sendMessage", b'{"chat_id": 1001, "text": "hola"}'),
        ("GET", "/emulator/people", None),
        ("DELETE", "/emulator/calls", None),
        ("GET", "/phones/file/photos/1.jpg", None),
    ],
)
async def test_another_sites_page_drives_nothing(
    server: Server, world: Telegram, bot: Bot, juan: Person, method: str, path: str, body: bytes | None
) -> None:
    before = len(world.calls), len(bot.updates), len(world.private(juan).messages)
    for headers in other_sites(urlsplit(server.url).port or 0):
        assert await status(server, method, path, headers, body) == 403, headers
    assert (len(world.calls), len(bot.updates), len(world.private(juan).messages)) == before


async def test_another_sites_page_gets_no_socket(server: Server, juan: Person) -> None:
    port = urlsplit(server.url).port or 0
    async with aiohttp.ClientSession() as session:
        for headers in (h for h in other_sites(port) if "Origin" in h or "Host" in h):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{server.url}/phones/socket", headers=headers)
            assert refused.value.status == 403, headers


async def test_its_own_page_and_programs_are_answered(server: Server, juan: Person) -> None:
    port = urlsplit(server.url).port or 0
    own = f"http://127.0.0.1:{port}"
    for headers in (
        {},
        {"Origin": own},
        {"Origin": own, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Referer": f"{own}/"},
        {"Sec-Fetch-Site": "none"},
        {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"},
        {"Host": f"LOCALHOST:{port}"},
        {"Host": f"[::1]:{port}"},
    ):
        assert await status(server, "GET", "/emulator/people", headers) == 200, headers
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{server.url}/phones/socket", origin=own) as way:
        assert (await way.receive_json(timeout=5))["type"] == "world"


async def test_a_link_opens_the_page_in_a_window_of_its_own_and_in_no_frame(server: Server) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    followed["Referer"] = f"{EVIL}/"
    async with aiohttp.ClientSession(server.url) as session, session.get("/", headers=followed) as answer:
        assert answer.status == 200
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert await status(server, "GET", "/", {**followed, "Sec-Fetch-Dest": "iframe"}) == 403
