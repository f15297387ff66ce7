"""The way through a proxy: the configuration's, or the environment's, and never its password in words."""

from base64 import b64encode

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer, unused_port

from bot.config.schema import Telegram
from bot.transport.proxy import proxy_of
from bot.transport.request import AiohttpRequest, Broken, NotSent, Taken
from tests.bot.transport.peer import PAYLOAD, SENT, TOKEN

URL = f"http://api.telegram.example/bot{TOKEN}/sendMessage"


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def through(**given: str) -> str | None:
    return proxy_of(Telegram.model_validate(given))


def test_the_configurations_proxy_goes_before_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    assert through() is None
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert through() == "http://proxy.example:3128"
    assert through(proxy_url="http://a:b@other.example") == "http://a:b@other.example"
    assert through(api_base_url="http://bot-api.example") is None, "an http server has a variable of its own"
    assert through(api_base_url="http://127.0.0.1:8081") is None
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")
    assert through() == "http://proxy.example:3128"
    monkeypatch.setenv("NO_PROXY", "localhost,.telegram.org")
    assert through() is None


def test_a_proxy_that_speaks_another_protocol_is_not_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://me:hidden@proxy.example:1080")
    assert through() is None
    assert "neither http nor https" in caplog.text
    assert "hidden" not in caplog.text


@pytest.mark.parametrize("wrong", ["proxy.example:3128", "socks5://proxy", "http://", "http://a b"])
def test_a_wrong_proxy_stops_the_start_without_its_words(wrong: str) -> None:
    with pytest.raises(ValueError, match="expected an http or https proxy"):
        Telegram.model_validate({"proxy_url": wrong})
    assert "hidden" not in repr(Telegram.model_validate({"proxy_url": "http://a:hidden@proxy.example"}))


async def test_every_request_goes_through_the_proxy_with_its_password() -> None:
    seen: list[tuple[str, str]] = []

    async def proxy(request: web.BaseRequest) -> web.Response:
        seen.append((request.raw_path, request.headers["Proxy-Authorization"]))
        return web.Response(body=msgspec.json.encode({"ok": True, "result": SENT}))

    async with RawTestServer(proxy) as server:
        address = f"http://me:hidden@127.0.0.1:{server.port}"
        async with AiohttpRequest(proxy=address) as request:
            assert await request.call(URL, PAYLOAD) == Taken(SENT)
            await request.post(URL)
    assert seen == [(URL, "Basic " + b64encode(b"me:hidden").decode())] * 2


async def test_a_proxy_that_lets_nobody_through_tells_no_secret() -> None:
    async def refuses(request: web.BaseRequest) -> web.Response:
        return web.Response(status=407, text="who are you?")

    async with (
        RawTestServer(refuses) as server,
        AiohttpRequest(proxy=f"http://me:hidden@127.0.0.1:{server.port}") as way,
    ):
        with pytest.raises(Broken, match="407") as by_http:
            await way.call(URL, PAYLOAD)
        with pytest.raises(NotSent) as by_https:
            await way.call(URL.replace("http:", "https:"), PAYLOAD)
    async with AiohttpRequest(proxy=f"http://me:hidden@127.0.0.1:{unused_port()}") as way:
        with pytest.raises(NotSent) as closed:
            await way.call(URL, PAYLOAD)
    for raised in (by_http, by_https, closed):
        assert "hidden" not in str(raised.value)
        assert TOKEN not in str(raised.value)
