"""Probes of `gad check`. Each says in one line what is missing or wrong, or nothing.

The lines begin with the key to change, as the configuration's own refusals do, and never show a secret.
"""

import asyncio
import errno
import os
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import msgspec
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.options import Failed
from bot.cli.reasons import reason
from bot.config.schema import Config
from bot.transport.proxy import proxy_of
from storage.engine.store import StorageError, Store, is_postgresql

SchemaSuits = Callable[[str], Awaitable[bool]]
PATIENCE = aiohttp.ClientTimeout(total=10)


class _Answer(msgspec.Struct):
    ok: bool
    error_code: int = 0


class _Account(msgspec.Struct):
    username: str


class _Webhook(msgspec.Struct):
    url: str


class _WebhookInfo(msgspec.Struct):
    result: _Webhook


class _Alive(msgspec.Struct):
    status: str


class _Introduction(msgspec.Struct):
    result: _Account


async def findings(config: Config, *, schema_suits: SchemaSuits) -> list[str]:
    """One line for each thing that keeps the desk from opening; empty when all is well."""
    lines = await asyncio.gather(
        telegram(config), updates(config), storage(config, schema_suits), redis(config), port(config)
    )
    # After the other port: for a moment the probe itself has that one.
    return [line for line in (*lines, await public_port(config)) if line]


async def telegram(config: Config) -> str | None:
    """The account answers, and sees the alert group where one is set."""
    if not config.telegram.token.get_secret_value():
        return "telegram.token: is missing; @BotFather gives one, GAD_TELEGRAM__TOKEN hands it over"
    group = config.alerts.group_chat_id
    try:
        account = await _ask(config, "getMe")
        chat = await _ask(config, "getChat", chat_id=group) if group and account.ok else None
    except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError) as error:
        return f"telegram.api_base_url: {config.telegram.api_base_url} gives no answer ({reason(error)})"
    if not account.ok:
        return f"telegram.token: refused by {config.telegram.api_base_url} ({account.error_code})"
    if chat and not chat.ok:
        return f"alerts.group_chat_id: the bot is not in the group {group} ({chat.error_code})"
    return None


async def updates(config: Config) -> str | None:
    """Updates come to this desk: with a webhook that leads elsewhere they go there, and a poll is refused (409)."""
    if not config.telegram.token.get_secret_value():
        return None
    try:
        there = msgspec.json.decode(await _get(config, "getWebhookInfo"), type=_WebhookInfo).result.url
    except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError):
        return None  # what Telegram answers to getMe is said by `telegram`
    if not there or (config.telegram.mode == "webhook" and there == config.telegram.webhook_url):
        return None
    host = urlsplit(there).hostname
    return f"telegram.mode: updates go to a webhook at {host}; another program set it, and `gad run` takes it back"


async def account_name(config: Config) -> str:
    """The bot's user name, without the @.

    Raises:
        Failed: Telegram doesn't tell it.
    """
    line = await telegram(config)
    if line is not None:
        raise Failed(line)
    return msgspec.json.decode(await _get(config, "getMe"), type=_Introduction).result.username


async def _ask(config: Config, method: str, **params: int) -> _Answer:
    return msgspec.json.decode(await _get(config, method, **params), type=_Answer)


async def _get(config: Config, method: str, **params: int) -> bytes:
    url = f"{config.telegram.api_base_url}/bot{config.telegram.token.get_secret_value()}/{method}"
    proxy = proxy_of(config.telegram)
    async with (
        aiohttp.ClientSession(timeout=PATIENCE, proxy=proxy) as session,
        session.get(url, params=params) as response,
    ):
        return await response.read()


async def storage(config: Config, schema_suits: SchemaSuits) -> str | None:
    """The file can be written and has the current schema; where none is yet, one can be made. A server answers."""
    if is_postgresql(config.storage.url):
        return await _server(config, schema_suits)
    file = Path(make_url(config.storage.url).database or "")
    there = _nearest(file)
    try:
        await asyncio.to_thread(_write, there, new=there != file)
    except (OSError, sqlite3.Error) as error:
        return f"storage.url: {there} can't be written ({getattr(error, 'strerror', None) or error})"
    try:
        suits = there != file or await schema_suits(config.storage.url)
    except StorageError as error:
        return str(error)
    except (OSError, SQLAlchemyError) as error:
        return f"storage.url: {file} can't be read ({reason(error)})"
    return None if suits else f"storage.url: {file} has another schema; `gad run` brings an older one up to date"


def _write(there: Path, *, new: bool) -> None:
    """Make a file that nobody sees in the folder, and take the lock of a database that is there."""
    with tempfile.TemporaryFile(dir=there if new else there.parent):
        pass
    if not new:
        with closing(sqlite3.connect(there, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")


async def _server(config: Config, schema_suits: SchemaSuits) -> str | None:
    store = Store(config.storage.url)
    try:
        # First: through a pooler that hands sessions around, whatever is asked next fails in a way of its own.
        await store.start()
        # Where it is older, or nothing is there yet, `gad run` sees to it.
        await schema_suits(config.storage.url)
    except StorageError as error:
        return str(error)
    except (OSError, SQLAlchemyError) as error:
        return f"storage.url: the PostgreSQL server can't be used ({reason(error)})"
    finally:
        await store.stop()
    return None


async def redis(config: Config) -> str | None:
    """The server answers, and updates come in a way that several processes can share."""
    if not config.redis.url:
        return None
    if config.telegram.mode == "polling":
        return (
            "telegram.mode: several processes can't poll, Telegram answers only one of them (409);"
            ' set "webhook", or leave redis.url empty for a single process'
        )
    if not is_postgresql(config.storage.url):
        return "storage.url: several processes need a database of PostgreSQL's; a file belongs to one"
    from redis.exceptions import NoPermissionError, RedisError

    from bot.transport.redis_client import connect

    client = connect(config.redis.url)
    try:
        await client.ping()
        memory = await client.info("memory")
    except NoPermissionError:
        return None  # it answers, and what it does when it is full is not for this account to see
    except (RedisError, OSError, TimeoutError) as error:
        return f"redis.url: the server gives no answer ({reason(error)})"
    finally:
        await client.aclose()
    policy = memory.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        return f"redis.url: the server's maxmemory-policy is {policy}, and may forget limits; set it to noeviction"
    return None


def _nearest(file: Path) -> Path:
    """The file, or else the folder nearest above it that is there."""
    return next(path for path in (file, *file.absolute().parents) if path.exists())


async def port(config: Config) -> str | None:
    """The side server can listen, unless the desk itself has the port."""
    return await _can_listen("server.port", config, config.server.host, config.server.port)


async def public_port(config: Config) -> str | None:
    """So can the webhook's own door, where it has one."""
    host, number = config.server.public
    if not host or config.telegram.mode != "webhook":
        return None
    if number and number == config.server.port and host == config.server.host:
        return "server.public_port: is server.port too; the webhook's own door needs another one"
    return await _can_listen("server.public_port", config, host, number)


async def _can_listen(key: str, config: Config, host: str, number: int) -> str | None:
    try:
        listening = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, number)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and await _desk_answers(config.server.host, config.server.port):
            return None
        return f"{key}: {host}:{number} can't be listened on ({os.strerror(error.errno or 0)})"
    listening.close()
    await listening.wait_closed()
    return None


async def _desk_answers(host: str, number: int) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"http://{host}:{number}/health/live") as response,
        ):
            msgspec.json.decode(await response.read(), type=_Alive)
    except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True
