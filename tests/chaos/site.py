"""Where it happens: Telegram and a balancer in this process, the desk in others, on either kind of database."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from emulator import Bot, Message, MessageEdited, MessageSent, Person, Telegram, serve
from storage.engine.store import is_postgresql
from storage.ops.migrate import upgrade
from tests.cluster.balancer import Balancer
from tests.support.databases import url_of
from tests.support.desks.disk import asks, enrol, runs
from tests.support.desks.process import ROOT, DeskProcess, environment, is_ready
from tests.support.servers.line import Line
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.processes import free_port
from tests.support.servers.redis import RedisServer

Intake = Literal["polling", "webhook"]
Storage = Literal["sqlite", "postgresql"]
TOKEN = "7003:chaos"
VICTIM = ("-m", "tests.chaos.victim")
WAYS = {"PostgreSQL": "GAD_STORAGE__URL", "Redis": "GAD_REDIS__URL"}
# A night in seconds: the pauses of the ladder are as short as they may be.
CONFIG = """
[dispatch]
offer_timeout = "3s"

[escalation]
broadcast_every = "30s"

[[escalation.critica]]
after = "0s"
notify = ["supervisors"]

[[escalation.critica]]
after = "3s"
notify = ["admins"]
"""


# A person answered before their alert left gets none: the desk takes the message back, and this is who saw it. What
# may be there, and gets newer words before it is sent again, is in no row any more: its old words are kept here.
_TABLES = (
    "CREATE TABLE taken_back (card TEXT NOT NULL, chat BIGINT NOT NULL)",
    "CREATE TABLE reworded (chat BIGINT NOT NULL, method TEXT NOT NULL, payload TEXT NOT NULL)",
)
_SEEN = {
    "taken_back": ("DELETE", "old.card IS NOT NULL", "old.card, old.chat"),
    "reworded": ("UPDATE OF payload", "old.uncertain = 1", "old.chat, old.method, old.payload"),
}


class Sent(NamedTuple):
    """A message as it came to Telegram; ``place`` is where a pin points."""

    chat: int
    id: int
    text: str
    place: tuple[float, float] | None


class Fate(NamedTuple):
    """At which point a life ends by itself."""

    point: str
    moment: str
    passes: int


class Site:
    """One desk with its people.

    ``sent`` is Telegram's record, ``shown`` the text of each message now, by chat and number. ``lines`` are the ways of
    the desk to its servers, where they can be disturbed, and ``log`` what its processes say.
    """

    def __init__(self, telegram: Telegram, settings: dict[str, str], folder: Path, balancer: Balancer) -> None:
        self.telegram = telegram
        self.bot = telegram.add_bot(TOKEN, "gad_bot", "GAD")
        self.storage = settings["GAD_STORAGE__URL"]
        self.folder = folder
        self.sent: list[Sent] = []
        self.shown: dict[tuple[int, int], str] = {}
        self.agents: list[Person] = []
        self.bosses: list[Person] = []
        self._settings = settings
        self.balancer = balancer
        self.lines: dict[str, Line] = {}
        self.log: Path | None = None
        self._desks: dict[int, DeskProcess] = {}
        (folder / "config.toml").write_text(CONFIG)
        telegram.listen(self._note)

    @property
    def intake(self) -> str:
        """How updates come."""
        return self._settings["GAD_TELEGRAM__MODE"]

    @property
    def ports(self) -> list[int]:
        """Names of the processes that were not killed."""
        return sorted(self._desks)

    async def enrol(self, agents: int, supervisors: int) -> None:
        """The people, one administrator among them."""
        names = {
            "agent": [f"Agente {n}" for n in range(agents)],
            "supervisor": [f"Jefe {n}" for n in range(supervisors)],
        }
        everybody = await enrol(self.telegram, self.storage, **names, admin=["Marta Solís"])
        self.agents, self.bosses = everybody[:agents], everybody[agents:]
        await witness(self.storage)

    async def begin(self, fate: Fate | None = None) -> int:
        """Start a process, which may have its end in it; its port."""
        port = free_port()
        entry: Sequence[str] = (*VICTIM, self.intake, *map(str, fate)) if fate is not None else ("-m", "bot")
        desk = DeskProcess(self.folder, {**self._settings, "GAD_SERVER__PORT": str(port)}, entry=entry)
        self._desks[port] = desk
        self.balancer.ports = self.ports
        if self.log is None:
            await desk.begin()
            return port
        with self.log.open("ab") as log:
            await desk.begin(stderr=log)
        return port

    async def leads_over_lines(self) -> None:
        """From now on processes begin with a way to each server that can be shut, and their warnings are kept."""
        servers = {
            "PostgreSQL": "GAD_STORAGE__URL",
            "Redis": "GAD_REDIS__URL",
        }
        for name, key in servers.items():
            self.lines[name] = line = Line(self._settings[key])
            await line.start()
            self._settings[key] = line.url
        self._settings["GAD_LOG__LEVEL"] = "warning"
        self.log = self.folder / "log"
        self.log.touch()

    async def _line(self, name: str, url: str) -> str:
        self.lines[name] = line = Line(url)
        await line.start()
        return line.url

    def freeze(self, port: int) -> None:
        """A process stands still."""
        self._desks[port].freeze()

    def thaw(self, port: int) -> None:
        """It goes on, if it was not killed meanwhile."""
        if port in self._desks:
            self._desks[port].thaw()

    async def ready(self, port: int, patience: float) -> bool:
        """Wait until it is open; whether it comes to that before it dies."""
        opens = asyncio.create_task(is_ready(port, patience))
        ends = asyncio.create_task(self.ends(port, patience))
        done, _ = await asyncio.wait((opens, ends), return_when=asyncio.FIRST_COMPLETED)
        for task in (opens, ends):
            task.cancel()
        await asyncio.gather(opens, ends, return_exceptions=True)
        return opens in done and opens.exception() is None

    async def ends(self, port: int, patience: float) -> bool:
        """Wait for it to die by itself; whether it does."""
        try:
            await self._desks[port].ends(patience)
        except TimeoutError:
            return False
        return True

    @property
    def dead(self) -> list[int]:
        """Names of the processes that have ended by themselves."""
        return [port for port in self.ports if not self._desks[port].lives]

    async def kill(self, port: int) -> None:
        """The plug is pulled, if it lives still."""
        await self._desks.pop(port).kill()
        self.balancer.ports = self.ports

    async def close(self, port: int) -> int:
        """SIGTERM; the exit code."""
        return await self._desks.pop(port).close()

    async def gad(self, *command: str) -> int:
        """Another command on the same configuration; its exit code."""
        where = ("-m", "bot", *command, "--config", str(self.folder / "config.toml"))
        return await (
            await asyncio.create_subprocess_exec(sys.executable, *where, cwd=ROOT, env=environment(self._settings))
        ).wait()

    async def asks(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        return await asks(self.storage, query)

    @property
    def unconfirmed(self) -> int:
        """How many updates Telegram still has."""
        return len(self.bot.updates) + (self.bot.webhook.pending if self.bot.webhook is not None else 0)

    def _note(self, event: object) -> None:
        match event:
            case MessageSent(message) if isinstance(message.sender, Bot):
                place = (message.place.lat, message.place.lon) if message.place is not None else None
                self.sent.append(Sent(message.chat.id, message.id, message.text, place))
                self._show(message)
            case MessageEdited(message) if isinstance(message.sender, Bot):
                self._show(message)
            case _:
                pass

    def _show(self, message: Message) -> None:
        self.shown[message.chat.id, message.id] = message.text


async def witness(url: str) -> None:
    """From now on the database itself notes what is taken out of the outbox, or put in other words, before it left."""
    await runs(url, *_TABLES)
    for name, (act, when, values) in _SEEN.items():
        notes = f"BEGIN INSERT INTO {name} VALUES ({values});"  # noqa: S608 - our own words
        if is_postgresql(url):
            await runs(
                url,
                f"CREATE FUNCTION saw_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ {notes} RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {act} ON outbox FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION saw_{name}()",
            )
        else:
            await runs(url, f"CREATE TRIGGER {name} AFTER {act} ON outbox WHEN {when} {notes} END")


@asynccontextmanager
async def site(folder: Path, intake: Intake, storage: Storage, *, durable: bool = False) -> AsyncIterator[Site]:
    """A site without limits, in which nobody is yet. ``durable``: PostgreSQL has every commit on the disk too."""
    with ExitStack() as servers:
        settings = {"GAD_STORAGE__URL": url_of(folder / "gad.db")}
        if storage == "postgresql":
            database, redis = PostgresqlServer(durable=durable), RedisServer()
            servers.callback(database.stop)
            servers.callback(redis.stop)
            settings = {"GAD_STORAGE__URL": database.fresh(), "GAD_REDIS__URL": redis.url}
            servers.callback(database.drop, settings["GAD_STORAGE__URL"])
            redis.forget()
        else:
            await upgrade(settings["GAD_STORAGE__URL"])
        async with _opened(folder, settings, intake) as scene:
            yield scene


@asynccontextmanager
async def _opened(folder: Path, settings: dict[str, str], intake: Intake) -> AsyncIterator[Site]:
    # An hour of talk: a message that Telegram forgot could not be changed any more.
    telegram, balancer = Telegram(messages_per_chat=100_000, messages_in_all=1_000_000), Balancer()
    telegram.flood.enabled = False
    server = await serve(telegram)
    await balancer.start()
    common = {
        "GAD_TELEGRAM__TOKEN": TOKEN,
        "GAD_TELEGRAM__API_BASE_URL": server.url,
        "GAD_TELEGRAM__MODE": intake,
        "GAD_INTAKE__LEASE": "5s",
        "GAD_DELIVERY__LEASE": "5s",
        "GAD_DELIVERY__PER_SECOND": "0",
        "GAD_USER_RATE_LIMIT__PER_SECOND": "0",
        "GAD_LOG__LEVEL": "error",
    }
    if intake == "webhook":
        common |= {
            "GAD_TELEGRAM__WEBHOOK_URL": balancer.url,
            "GAD_TELEGRAM__WEBHOOK_SECRET": "known-to-us-and-Telegram",
        }
    scene = Site(telegram, common | settings, folder, balancer)
    try:
        yield scene
    finally:
        for port in scene.ports:
            await scene.kill(port)
        for line in scene.lines.values():
            await line.stop()
        await server.stop()
        await balancer.stop()
