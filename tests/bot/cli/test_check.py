"""`gad check`: each thing that keeps the desk from opening is one line that begins with its key."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy.exc import DatabaseError

from bot.cli.check import findings
from bot.cli.check import redis as check_redis
from bot.cli.check import storage as check_storage
from bot.config.schema import Access, Alerts, Config, Redis, Storage, Telegram
from bot.config.schema import Server as SideServer
from bot.transport.redis_client import connect
from emulator import Fault, Server, serve
from emulator import Telegram as LocalTelegram
from storage.engine.errors import StorageError
from storage.engine.own_session import ADVICE
from storage.engine.store import Store
from tests.support.servers.redis import RedisServer

TOKEN = "123:ABC"
ANA = 7


@pytest.fixture
async def telegram() -> AsyncIterator[Server]:
    world = LocalTelegram()
    world.add_bot(token=TOKEN, username="gad_bot")
    server = await serve(world)
    yield server
    await server.stop()


async def is_current(url: str) -> bool:
    return True


def ready(telegram: Server, file: Path, *, token: str = TOKEN, group: int = 0, port: int = 0) -> Config:
    """A configuration with which the desk could open."""
    return Config(
        telegram=Telegram.model_validate({"token": token, "api_base_url": telegram.url}),
        storage=Storage(url=f"sqlite+aiosqlite:///{file}"),
        access=Access(admins=(ANA,)),
        alerts=Alerts(group_chat_id=group),
        server=SideServer(port=port),
    )


async def test_nothing_is_said_when_all_is_well(telegram: Server, tmp_path: Path) -> None:
    config = ready(telegram, tmp_path / "not" / "there" / "yet.db")
    assert await findings(config, schema_suits=is_current) == []


async def test_a_new_desk_hears_everything_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        new = Config(
            server=SideServer(port=taken.getsockname()[1]), storage=Storage(url="sqlite+aiosqlite:////proc/gad.db")
        )
        lines = await findings(new, schema_suits=is_current)
    assert [line.split(":")[0] for line in lines] == ["telegram.token", "storage.url", "server.port"]


async def test_a_port_that_the_desk_itself_has_is_no_fault(telegram: Server, tmp_path: Path) -> None:
    async def alive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 18\r\nConnection: close\r\n\r\n{"status": "well"}')
        writer.close()

    async with await asyncio.start_server(alive, "127.0.0.1", 0) as desk:
        port = desk.sockets[0].getsockname()[1]
        assert await findings(ready(telegram, tmp_path / "gad.db", port=port), schema_suits=is_current) == []


async def test_a_file_that_cant_be_written_is_tried_and_not_guessed(telegram: Server, tmp_path: Path) -> None:
    (line,) = await findings(ready(telegram, Path("/proc/gad.db")), schema_suits=is_current)
    assert line.startswith("storage.url: /proc can't be written (")


async def test_a_token_that_telegram_does_not_know(telegram: Server, tmp_path: Path) -> None:
    config = ready(telegram, tmp_path / "gad.db", token="9:revoked")
    (line,) = await findings(config, schema_suits=is_current)
    assert line == f"telegram.token: refused by {telegram.url} (401)"


async def test_a_telegram_that_gives_no_answer(telegram: Server, tmp_path: Path) -> None:
    config = ready(telegram, tmp_path / "gad.db")
    telegram.telegram.faults.add(Fault(kind="reset_before", method="getMe", times=None))
    (line,) = await findings(config, schema_suits=is_current)
    assert line == f"telegram.api_base_url: {telegram.url} gives no answer (the connection is cut)"
    assert TOKEN not in line


async def test_a_webhook_that_somebody_set_elsewhere(telegram: Server, tmp_path: Path) -> None:
    config = ready(telegram, tmp_path / "gad.db")
    url = f"{telegram.url}/bot{TOKEN}/setWebhook"
    async with aiohttp.ClientSession() as session, session.post(url, json={"url": "http://127.0.0.1:9/x"}) as answer:
        assert answer.status == 200
    (line,) = await findings(config, schema_suits=is_current)
    assert line.startswith("telegram.mode: updates go to a webhook at 127.0.0.1;")


async def test_an_alert_group_that_the_bot_is_not_in(telegram: Server, tmp_path: Path) -> None:
    lost = ready(telegram, tmp_path / "gad.db", group=-100123)
    (line,) = await findings(lost, schema_suits=is_current)
    assert line == "alerts.group_chat_id: the bot is not in the group -100123 (400)"

    world = telegram.telegram
    group = world.add_group("Supervisores", members=[world.first_bot()])
    joined = ready(telegram, tmp_path / "gad.db", group=group.id)
    assert await findings(joined, schema_suits=is_current) == []


async def test_a_storage_that_cannot_be_used(telegram: Server, tmp_path: Path) -> None:
    async def is_old(url: str) -> bool:
        return False

    async def is_damaged(url: str) -> bool:
        damaged = sqlite3.DatabaseError("file is not a database")
        damaged.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        raise DatabaseError("select", None, damaged)

    (tmp_path / "gad.db").touch()
    config = ready(telegram, tmp_path / "gad.db")
    (line,) = await findings(config, schema_suits=is_old)
    assert line.startswith(f"storage.url: {tmp_path / 'gad.db'} has another schema")
    (line,) = await findings(config, schema_suits=is_damaged)
    assert line == f"storage.url: {tmp_path / 'gad.db'} can't be read (it is no database)"
    for wrong in (tmp_path, tmp_path / "gad.db" / "under-a-file.db"):
        (line,) = await findings(ready(telegram, wrong), schema_suits=is_current)
        assert "can't be written (" in line


async def test_a_pooler_that_hands_sessions_around_is_named_whatever_fails_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Pooled(Store):
        async def start(self) -> None:
            raise StorageError(ADVICE)

    async def fails(url: str) -> bool:
        raise DatabaseError("select", None, ValueError("prepared statement does not exist"))

    monkeypatch.setattr("bot.cli.check.Store", Pooled)
    on_a_server = Config(storage=Storage(url="postgresql+asyncpg://gad@127.0.0.1:6432/gad"))
    assert await check_storage(on_a_server, schema_suits=fails) == ADVICE


async def test_a_redis_that_may_forget_is_said_in_one_line(redis: RedisServer) -> None:
    several = Config(
        telegram=Telegram.model_validate(
            {"mode": "webhook", "webhook_url": "https://a.example", "webhook_secret": "s" * 32}
        ),
        storage=Storage(url="postgresql+asyncpg://gad@nowhere/gad"),
        redis=Redis(url=redis.url),
    )
    assert await check_redis(several) is None
    client = connect(redis.url)
    before = (await client.info("memory"))["maxmemory_policy"]
    await client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        line = await check_redis(several)
    finally:
        await client.config_set("maxmemory-policy", before)
        await client.aclose()
    assert (
        line == "redis.url: the server's maxmemory-policy is allkeys-lru, and may forget limits; set it to noeviction"
    )
