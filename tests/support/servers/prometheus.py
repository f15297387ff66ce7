"""A Prometheus on the loopback that scrapes desks by the alarms of this release."""

from __future__ import annotations

import asyncio
import shutil
import socket
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from types import TracebackType

import aiohttp
from msgspec import Struct, convert, json

from tests.support.servers.processes import end_with_the_tests

RULES = Path(__file__).parents[3] / "metrics" / "alerts.yml"


class _Alarm(Struct):
    labels: dict[str, str]
    state: str


class _Alarms(Struct):
    alerts: list[_Alarm]


class _Answer(Struct):
    data: _Alarms


class _Found(Struct, frozen=True):
    result: list[dict[str, object]]


class _Result(Struct, frozen=True):
    """An answer to a query; ``error`` says why there is none."""

    data: _Found = _Found(result=[])
    error: str = ""


class Prometheus:
    """A process of Debian's ``prometheus`` for as long as the context lasts.

    It scrapes every three seconds: while the storage is stuck a scrape takes two. ``every`` is another pace, for a desk
    that is well; ``rules`` are other alarms.
    """

    def __init__(self, folder: Path, *ports: int, every: str = "3s", rules: Path = RULES) -> None:
        self._folder = folder
        self._rules = rules
        self._every = every
        self._targets = [f"127.0.0.1:{port}" for port in ports]
        self._process: asyncio.subprocess.Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._url = ""

    async def __aenter__(self) -> Prometheus:
        program = shutil.which("prometheus")
        assert program is not None, "prometheus is wanted on the path: apt-get install prometheus"
        config = self._folder / "prometheus.yml"
        config.write_bytes(
            json.encode(
                {
                    "global": {
                        "scrape_interval": self._every,
                        "evaluation_interval": "1s",
                        "scrape_timeout": self._every,
                    },
                    "rule_files": [str(self._rules)],
                    "scrape_configs": [{"job_name": "gad", "static_configs": [{"targets": self._targets}]}],
                }
            )
        )
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}"
        self._process = await asyncio.create_subprocess_exec(
            program,
            f"--config.file={config}",
            f"--storage.tsdb.path={self._folder / 'series'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error",
            preexec_fn=end_with_the_tests,
        )
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        assert self._process is not None
        await self._session.close()
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()

    @property
    def url(self) -> str:
        """Its address, once it was started."""
        return self._url

    async def firing(self) -> set[str]:
        """The alarms that fire at this moment, by name; none while it can't be asked."""
        assert self._session is not None
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.get(f"{self._url}/api/v1/alerts", timeout=aiohttp.ClientTimeout(2)) as answer:
                alarms = convert(await answer.json(), _Answer).data.alerts
                return {alarm.labels["alertname"] for alarm in alarms if alarm.state == "firing"}
        return set()

    async def series(self, query: str) -> int | None:
        """How many series answer a query at this moment; None while it can't be asked.

        Raises:
            ValueError: Prometheus finds fault with the query.
        """
        assert self._session is not None
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.get(f"{self._url}/api/v1/query", params={"query": query}) as answer:
                if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
                    return None
                found = convert(await answer.json(), _Result)
                if found.error:
                    raise ValueError(f"{query}: {found.error}")
                return len(found.data.result)
        return None
