"""Fixtures of the way to Telegram."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import RawTestServer

from bot.transport.request import AiohttpRequest
from tests.bot.transport.peer import Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram()
    async with RawTestServer(telegram.take) as server:
        telegram.url = str(server.make_url("")).rstrip("/")
        yield telegram


@pytest.fixture
async def outgoing() -> AsyncIterator[AiohttpRequest]:
    """Patient enough for loopback, and no more."""
    async with AiohttpRequest(
        connection_pool_size=2,
        read_timeout=0.2,
        connect_timeout=0.2,
        pool_timeout=0.1,
        media_write_timeout=0.2,
        body_timeout=0.2,
    ) as request:
        yield request
