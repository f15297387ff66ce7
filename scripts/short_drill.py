"""Plays the faults that take hours, want PostgreSQL or are the desk's own, under alarms whose times are shortened.

The desks are processes as ``gad run`` starts them, one on SQLite and one on PostgreSQL, each with a Prometheus. The
rules are those of `metrics/alerts.yml` but for the bounds in `SHORTENED`. It takes about twelve minutes. Exits with 1
when an alarm was not seen.

    python scripts/alarm_drill.py > docs/alarm-drill.md && python scripts/short_drill.py >> docs/alarm-drill.md
"""

import asyncio
import os
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from emulator import Fault
from scripts.alarm_drill import Play, Seen, plays
from scripts.drill_site import Site, site_in
from tests.support.servers.postgresql import PostgresqlServer
from tests.support.servers.prometheus import RULES

LIMIT = 16 * 60.0  # seconds, for all of it
# Bounds that are shorter here than in earnest, by alarm; this drill's other alarms are as they are.
SHORTENED: Mapping[str, Mapping[str, str]] = {
    "JobStopped": {"> 3600": "> 60"},
    "MessagesWait": {"> 600": "> 60", "for: 5m": "for: 15s"},
    "StorageSlow": {"[10m]": "[1m]", "for: 10m": "for: 30s"},
    "StorageContended": {"[5m]": "[1m]", "for: 5m": "for: 15s"},
    "BackupOld": {"for: 30m": "for: 30s"},
    "LimitNear": {"for: 5m": "for: 30s"},
    "SlowFirstCall": {"[15m]": "[1m]", "for: 15m": "for: 30s"},
}
PLANTED = "import core.rules.escalation as escalation\nescalation._next_at = lambda *words: None\n"
Scene = tuple[Play, tuple[str, ...], float]
SEALED = range(7, 23)  # hours of the day in which the seal may be sent
A_GAP = 0.05  # seconds in which one transaction gets through: a message is put out, and waits to be taken
CROWD = 20  # people who write at once


@asynccontextmanager
async def backups_have_no_folder(site: Site) -> AsyncIterator[None]:
    """The folder of the backups is a file, from the start on: none was ever made, and each try fails."""
    yield


@asynccontextmanager
async def seal_is_refused(site: Site) -> AsyncIterator[None]:
    """Another program put a trigger on a table that refuses the daily seal, which is tried every ten minutes."""
    trigger = "CREATE TRIGGER refuses BEFORE INSERT ON answer WHEN NEW.key LIKE 'seal:%'"
    with closing(sqlite3.connect(site.file, isolation_level=None, timeout=10)) as other:
        other.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'no'); END")
        yield
        other.execute("DROP TRIGGER refuses")


@asynccontextmanager
async def ladder_ends_silently(site: Site) -> AsyncIterator[None]:
    """*Planted:* a rule that names no time for the next step, as no release has it; an emergency is reported."""
    site.cries(0)
    yield


@asynccontextmanager
async def files_run_out(site: Site) -> AsyncIterator[None]:
    """The process may have hardly more files than it has open."""
    held = len(os.listdir(f"/proc/{site.field.pid}/fd"))
    before = resource.prlimit(site.field.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(site.field.pid, resource.RLIMIT_NOFILE, (int(held / 0.85), before[1]))
    yield
    resource.prlimit(site.field.pid, resource.RLIMIT_NOFILE, before)


@asynccontextmanager
async def one_chat_is_cut_off(site: Site) -> AsyncIterator[None]:
    """Something before Telegram answers 502 to every message to one person, who asked for help."""
    there = {"kind": "proxy", "code": 502, "method": "send*", "chat_id": site.people[1].id}
    fault = site.telegram.faults.add(Fault(**there, times=None))  # type: ignore[arg-type]
    site.asks_for_help()
    yield
    site.telegram.faults.remove(fault)


@asynccontextmanager
async def file_is_held_again_and_again(site: Site) -> AsyncIterator[None]:
    """Another program holds the database's file for 1.6 s at a time; people report emergencies meanwhile."""
    with closing(sqlite3.connect(site.file, isolation_level=None, timeout=20)) as other:

        async def hold() -> None:
            for turn in range(10_000):
                with suppress(sqlite3.OperationalError):
                    other.execute("BEGIN IMMEDIATE")
                    await asyncio.sleep(1.6)
                    other.execute("ROLLBACK")
                if turn % 3 == 0:
                    site.telegram.say(site.people[turn % 4], f"/emergencia Robo {turn}")
                await asyncio.sleep(A_GAP)

        holding = asyncio.create_task(hold())
        yield
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)


@asynccontextmanager
async def locks_are_taken_against_the_order(site: Site) -> AsyncIterator[None]:
    """Another program takes a chat's lock and then the inbox, while the desk has the inbox and wants the chat's."""
    chat = site.people[1].id
    other = await asyncpg.connect(site.storage.replace("+asyncpg", ""))
    async with other.transaction():
        await other.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"outbox:{chat}")
        site.asks_for_help()
        while not await other.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"):
            await asyncio.sleep(0.02)
        await other.execute("LOCK TABLE inbox IN EXCLUSIVE MODE")
    yield
    await other.close()


@asynccontextmanager
async def many_wait_for_locks(site: Site) -> AsyncIterator[None]:
    """Another program holds the locks of twenty chats for 2.5 s at a time; all twenty people write meanwhile."""
    crowd = await site.field.enrol(agent=[f"Vecino {number}" for number in range(CROWD)])
    other = await asyncpg.connect(site.storage.replace("+asyncpg", ""))

    async def hold() -> None:
        while True:
            async with other.transaction():
                for person in crowd:
                    await other.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"outbox:{person.id}")
                for person in crowd:
                    site.telegram.say(person, "/mistareas")
                await asyncio.sleep(2.5)
            await asyncio.sleep(0.2)

    holding = asyncio.create_task(hold())
    yield
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    await other.close()


# Each fault, the alarms that it must raise, and within how many seconds; the first two last beside the others.
LASTING: tuple[Scene, ...] = (
    (backups_have_no_folder, ("BackupOld",), 120),
    (seal_is_refused, ("JobStopped",), 720),
)
ON_SQLITE: tuple[Scene, ...] = (
    (ladder_ends_silently, ("SilentEnd",), 60),
    (files_run_out, ("LimitNear",), 120),
    (one_chat_is_cut_off, ("MessagesWait",), 180),
    (file_is_held_again_and_again, ("StorageSlow", "SlowFirstCall"), 240),
)
ON_POSTGRESQL: tuple[Scene, ...] = (
    (locks_are_taken_against_the_order, ("StorageDeadlocks",), 60),
    (many_wait_for_locks, ("StorageContended",), 240),
)


def shortened(rules: str) -> str:
    """The rules with the times of this drill.

    Raises:
        ValueError: a rule has not the bound that is to be shortened.
    """
    for alarm, bounds in SHORTENED.items():
        begun = rules.index(f"- alert: {alarm}\n")
        end = rules.find("- alert: ", begun + 1)
        rule = rules[begun : end if end > 0 else len(rules)]
        for long, short in bounds.items():
            if long not in rule:
                raise ValueError(f"{alarm} has no {long}")
            rules, rule = rules.replace(rule, rule.replace(long, short), 1), rule.replace(long, short)
    return rules


async def plays_all(site: Site, scenes: tuple[Scene, ...]) -> list[Seen]:
    """Play one after the other, once Prometheus has counters at nothing: one that is born at 1 has not grown."""
    while not await site.prometheus.series("count_over_time(gad_silent_ends_total[1m]) > 1"):
        await asyncio.sleep(0.5)
    return [one for scene in scenes for one in await plays(site, *scene)]


async def on_sqlite(folder: Path, rules: Path) -> list[Seen]:
    """The faults of one machine, the planted one first."""
    planted, backups = folder / "planted", folder / "no-folder"
    planted.mkdir()
    (planted / "sitecustomize.py").write_text(PLANTED, "utf-8")
    backups.touch()
    settings = {"GAD_BACKUP__FOLDER": str(backups), "PYTHONPATH": str(planted)}
    settings["GAD_TIMEZONE"] = "UTC" if datetime.now(UTC).hour in SEALED else "Etc/GMT-12"
    async with site_in(folder, rules=rules, settings=settings) as site:
        lasting = [asyncio.create_task(plays(site, *scene)) for scene in LASTING]
        found = await plays_all(site, ON_SQLITE)
        return found + [one for each in lasting for one in await each]


async def on_postgresql(folder: Path, rules: Path) -> list[Seen]:
    """The faults that need a server."""
    server = await asyncio.to_thread(PostgresqlServer)
    try:
        async with site_in(folder, rules=rules, storage=await asyncio.to_thread(server.fresh)) as site:
            return await plays_all(site, ON_POSTGRESQL)
    finally:
        await asyncio.to_thread(server.stop)


def report(found: list[Seen], seconds: float) -> str:
    """The second table of the page, in Markdown."""
    severities = dict(re.findall(r"- alert: (\w+)\n(?:.*\n)*?\s+severity: (\w+)", RULES.read_text("utf-8")))
    lines = [
        "",
        "## With shortened times",
        "",
        "Faults that take hours, want PostgreSQL or are the desk's own, played by `scripts/short_drill.py`,",
        f"{seconds:.0f} s in all. Where the fourth column is empty, the alarm is as in `metrics/alerts.yml`. What is",
        "planted can't be had otherwise: the desk would have to be wrong.",
        "",
        "| alarm | severity | fault | shorter than in earnest | seen firing after |",
        "|---|---|---|---|---|",
    ]
    for one in found:
        bounds = ", ".join(f"`{short}` for `{long}`" for long, short in SHORTENED.get(one.alarm, {}).items())
        after = f"{one.seconds:.0f} s" if one.seconds is not None else "**not seen**"
        lines.append(f"| {one.alarm} | {severities[one.alarm]} | {one.fault} | {bounds} | {after} |")
    return "\n".join(lines)


async def main() -> int:
    """Drill, print, and say whether every alarm was seen."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "alerts.yml"
        rules.write_text(shortened(RULES.read_text("utf-8")), "utf-8")
        places = [Path(folder) / name for name in ("sqlite", "postgresql")]
        for place in places:
            place.mkdir()
        async with asyncio.timeout(LIMIT):
            found = await asyncio.gather(on_sqlite(places[0], rules), on_postgresql(places[1], rules))
    seen = [one for some in found for one in some]
    print(report(seen, time.monotonic() - begun))
    return int(any(one.seconds is None for one in seen))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
