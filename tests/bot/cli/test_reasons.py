"""Why nothing answers, in words that an operator acts on."""

import errno
import socket
import sqlite3
import ssl
from pathlib import Path

import aiohttp
import pytest
import redis.asyncio
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from bot.cli.reasons import reason


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


async def of_http(url: str) -> str:
    with pytest.raises((aiohttp.ClientError, TimeoutError)) as caught:
        async with aiohttp.ClientSession() as session:
            await session.get(url)
    return reason(caught.value)


async def test_nobody_listens() -> None:
    assert await of_http(f"http://127.0.0.1:{closed_port()}/") == "the connection is refused"
    client = redis.asyncio.Redis.from_url(f"redis://127.0.0.1:{closed_port()}")
    with pytest.raises(RedisError) as caught:
        await client.ping()
    await client.aclose()
    assert reason(caught.value) == "the connection is refused"


async def test_a_name_that_nobody_has() -> None:
    assert await of_http("http://desk.invalid/") == "the name is not found"


def wrapped(inner: Exception) -> Exception:
    return OperationalError("select", None, inner)


class FromPostgresql(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__()
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "no answer in time"),
        (aiohttp.SocketTimeoutError(), "no answer in time"),
        (ConnectionResetError(errno.ECONNRESET, "reset"), "the connection is cut"),
        (ssl.SSLCertVerificationError(), "its certificate is not accepted"),
        (wrapped(FromPostgresql("28P01")), "the password is refused"),
        (wrapped(FromPostgresql("3D000")), "there is no such database"),
        (wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "no")), "the connection is refused"),
        (ExceptionGroup("both ways", [OSError(errno.ENETUNREACH, "v6")]), "there is no way to it"),
        (ValueError("?"), "something else went wrong; the debug log has it"),
    ],
)
def test_each_has_words_of_its_own(error: Exception, words: str) -> None:
    assert reason(error) == words


def test_a_file_of_something_else(tmp_path: Path) -> None:
    file = tmp_path / "gad.db"
    file.write_bytes(b"no database" * 1000)
    connection = sqlite3.connect(file)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        connection.execute("select * from tasks")
    connection.close()
    assert reason(wrapped(caught.value)) == "it is no database"


def test_the_class_is_in_the_debug_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "storage.engine.reasons")
    assert "Refused" not in reason(ConnectionRefusedError(errno.ECONNREFUSED, "no"))
    assert "ConnectionRefusedError" in caplog.text
