"""One desk, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import aiohttp

from tests.support.servers.processes import end_with_the_tests

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60.0


class DeskProcess:
    """A process of ``gad run``.

    ``settings`` are variables of its environment, ``folder`` has its config.toml; ``entry`` is what Python is told to
    run, ``release`` the folder of the code.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        *,
        entry: Sequence[str] = ("-m", "bot"),
        release: Path = ROOT,
    ) -> None:
        self._config = folder / "config.toml"
        self._settings = settings
        self._entry = entry
        self.release = release
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def begin(self, *, stderr: int | IO[bytes] | None = None) -> None:
        """Start it; it opens in its own time. ``stderr`` as ``subprocess`` knows it, for `says`."""
        self._config.touch()
        command = (sys.executable, *self._entry, "run", "--config", str(self._config))
        self._process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.release,
            env=environment(self._settings),
            stderr=stderr,
            preexec_fn=end_with_the_tests,
        )

    async def says(self) -> str:
        """Its standard error, once it has ended."""
        assert self._process is not None
        assert self._process.stderr is not None
        return (await self._process.stderr.read()).decode()

    async def kill(self) -> None:
        """As if the plug was pulled."""
        assert self._process is not None
        if self.lives:
            self._process.kill()
        await self._process.wait()

    def freeze(self) -> None:
        """SIGSTOP: it stands still, and its connections stay."""
        if self.lives:
            assert self._process is not None
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        if self.lives:
            assert self._process is not None
            self._process.send_signal(signal.SIGCONT)

    async def close(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await self.ends()

    async def ends(self, patience: float = PATIENCE_S) -> int:
        """Wait until it has ended; the exit code. TimeoutError when it goes on."""
        assert self._process is not None
        async with asyncio.timeout(patience):
            return await self._process.wait()


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """That of this process with other settings: whoever runs this may have a desk of their own in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GAD_")} | dict(settings)


async def is_ready(port: int, patience: float = PATIENCE_S) -> None:
    """Wait until the side server at this port says that its desk is ready."""
    async with asyncio.timeout(patience), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/health/ready") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)


async def until(condition: Callable[[], bool], what: str, patience: float = PATIENCE_S) -> None:
    """Wait for what another process does."""
    try:
        async with asyncio.timeout(patience):
            while not condition():  # noqa: ASYNC110 - another process sets no event here
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"it never happens that {what}") from None
