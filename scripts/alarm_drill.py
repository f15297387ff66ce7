"""Plays faults on a real desk under a real Prometheus, and prints which alarms were seen firing, and after how long.

The desk is a process as ``gad run`` starts it, Telegram a local one, Prometheus Debian's package on the loopback with
the rules of `metrics/alerts.yml` as they are. It takes about twelve minutes, and a quarter of an hour at most. The
full disk is played by root alone, who may make one. Exits with 1 when an alarm that a fault should raise was not seen.

    python scripts/alarm_drill.py > docs/alarm-drill.md
"""

import asyncio
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

from msgspec import Struct

from emulator import Fault
from scripts import long_faults
from scripts.drill_site import Site, site_in
from tests.support.servers.prometheus import RULES

LIMIT = 15 * 60.0  # seconds, for all of it


class Seen(Struct, frozen=True):
    """An alarm that was waited for: after how many seconds of which fault it fired, None: it did not in time."""

    alarm: str
    fault: str
    seconds: float | None


@asynccontextmanager
async def nobody_answers(site: Site) -> AsyncIterator[None]:
    """An emergency is reported, and nobody presses a button."""
    site.cries(0)
    yield


@asynccontextmanager
async def clock_is_wrong(site: Site) -> AsyncIterator[None]:
    """Telegram's clock is 20 s ahead of the desk's."""
    site.wrong_by = 20.0
    site.telegram.say(site.people[1], "/ayuda")
    yield
    site.wrong_by = 0.0


@asynccontextmanager
async def sends_fail(site: Site) -> AsyncIterator[None]:
    """Something before Telegram answers 502 to every message; an emergency is reported meanwhile."""
    fault = site.telegram.faults.add(Fault(kind="proxy", code=502, method="send*", times=None))
    site.cries(2)
    yield
    site.telegram.faults.remove(fault)


@asynccontextmanager
async def it_was_told_late(site: Site) -> AsyncIterator[None]:
    """The messages of the fault before leave at last."""
    yield


@asynccontextmanager
async def telegram_asks_for_an_hour(site: Site) -> AsyncIterator[None]:
    """Telegram answers 429 to every message, and names an hour."""
    fault = site.telegram.faults.add(Fault(kind="status", code=429, retry_after=3600, method="sendMessage", times=None))
    site.cries(3)
    yield
    site.telegram.faults.remove(fault)


@asynccontextmanager
async def polls_are_refused(site: Site) -> AsyncIterator[None]:
    """Telegram refuses every poll with 409, as if another program polled with the same token."""
    fault = site.telegram.faults.add(Fault(kind="status", code=409, method="getUpdates", times=None))
    yield
    site.telegram.faults.remove(fault)


@asynccontextmanager
async def file_is_locked(site: Site) -> AsyncIterator[None]:
    """Another program holds the database's file; a program reports an emergency by the API meanwhile."""
    with closing(sqlite3.connect(site.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asking = asyncio.create_task(site.asks_the_api())
        yield
        other.execute("ROLLBACK")
        await asking


@asynccontextmanager
async def somebody_answers_late(site: Site) -> AsyncIterator[None]:
    """Somebody presses *Recibido* at last, more than five minutes after the report."""
    supervisor = site.people[-1]
    for message in site.telegram.messages(supervisor):
        if any(button.text == "Recibido" for row in message.keyboard for button in row):
            site.telegram.press(supervisor, message, "Recibido")
    yield


@asynccontextmanager
async def message_is_refused(site: Site) -> AsyncIterator[None]:
    """Telegram answers 400 to a message of the desk's, as to one that it can't read."""
    person = site.people[1]
    fault = site.telegram.faults.add(
        Fault(kind="status", code=400, method="sendMessage", chat_id=person.id, times=None)
    )
    site.telegram.say(person, "/ayuda")
    yield
    site.telegram.faults.remove(fault)


@asynccontextmanager
async def table_is_spoilt(site: Site) -> AsyncIterator[None]:
    """Another program put a trigger on a table that refuses new tasks; somebody opens one."""
    with closing(sqlite3.connect(site.file, isolation_level=None, timeout=10)) as other:
        other.execute("CREATE TRIGGER spoilt BEFORE INSERT ON task BEGIN SELECT RAISE(ABORT, 'no'); END")
        site.telegram.say(site.people[1], "/nueva Patrullaje zona norte")
        yield
        other.execute("DROP TRIGGER spoilt")


@asynccontextmanager
async def process_is_killed(site: Site) -> AsyncIterator[None]:
    """The process is killed."""
    await site.field.kill()
    yield
    await site.opens()


@asynccontextmanager
async def process_is_killed_again(site: Site) -> AsyncIterator[None]:
    """The process is killed and started four times."""
    for _ in range(4):
        await asyncio.sleep(3.5)  # a scrape sees each of them
        await site.field.kill()
        await site.opens()
    yield


# Each fault, the alarms that it must raise, and within how many seconds.
Play = Callable[[Site], AbstractAsyncContextManager[None]]
SCENES: tuple[tuple[Play, tuple[str, ...], float], ...] = (
    (sends_fail, ("EmergencyWaits", "EmergencyMessagesWait", "PartUnwell"), 150),
    (it_was_told_late, ("ToldLateFast", "ToldLateSlow", "ToldLateLong"), 60),
    (polls_are_refused, ("WebhookDeaf",), 200),
    (telegram_asks_for_an_hour, ("TelegramLimits", "HoldLong"), 240),
    (file_is_locked, ("TimersLate", "LoopStopped", "SideServerFails"), 120),
    (message_is_refused, ("MessagesParked",), 60),
    (table_is_spoilt, ("UpdatesParked",), 90),
    (long_faults.updates_stay, ("UpdatesWait",), 150),
    (long_faults.table_is_gone, ("NumbersUnreadable",), 150),
    (somebody_answers_late, ("AnsweredLateFast", "AnsweredLateSlow", "AnsweredLateLong"), 60),
    (process_is_killed, ("DeskDown", "ProcessDown"), 120),
    (process_is_killed_again, ("Restarts",), 60),
    (clock_is_wrong, ("ClockOff",), 150),
)
# Those that last are played beside the others, once the first are over that raise the same alarms.
LONG: tuple[tuple[Play, tuple[str, ...], float], ...] = (
    (long_faults.configuration_is_wrong, ("ReloadFailed",), 400),
    (long_faults.reader_holds_the_log, ("StorageLogGrows",), 450),
    (long_faults.disk_is_full, ("DiskFull", "DiskFilling", "BackupFailed"), 660),
)


def may_be_played(play: Play) -> bool:
    """Whether this user may do what the fault takes."""
    return play is not long_faults.disk_is_full or long_faults.may_mount()


async def plays(site: Site, play: Play, alarms: tuple[str, ...], patience: float) -> list[Seen]:
    """Play a fault until each of its alarms has been seen; a while after its end."""
    fault = (play.__doc__ or "").strip().split("\n")[0]
    before = await site.prometheus.firing()
    begun, seen = time.monotonic(), dict[str, float]()
    async with play(site):
        while len(seen) < len(alarms) and time.monotonic() - begun < patience:
            for alarm in await site.prometheus.firing() - before:
                seen.setdefault(alarm, time.monotonic() - begun)
            before -= set(alarms) - await site.prometheus.firing()
            seen = {alarm: seconds for alarm, seconds in seen.items() if alarm in alarms}
            await asyncio.sleep(0.5)
    for alarm in alarms:
        print(f"{alarm}: {seen.get(alarm)}", file=sys.stderr)
    return [Seen(alarm, fault, seen.get(alarm)) for alarm in alarms]


async def drill(folder: Path) -> list[Seen]:
    """All of it."""
    async with site_in(folder) as site:
        return await _all(site)


async def _all(site: Site) -> list[Seen]:
    found: list[Seen] = []
    unanswered = asyncio.create_task(plays(site, nobody_answers, ("AlertUnanswered",), 400))
    lasting = list[asyncio.Task[list[Seen]]]()
    for play, alarms, patience in SCENES:
        if play is polls_are_refused:
            lasting = [asyncio.create_task(plays(site, *one)) for one in LONG if may_be_played(one[0])]
        if play is somebody_answers_late:
            found += await unanswered
        if play is process_is_killed:
            for long in lasting:
                found += await long
        found += await plays(site, play, alarms, patience)
    return found


def report(found: list[Seen], seconds: float) -> str:
    """The table, in Markdown."""
    severities = dict(re.findall(r"- alert: (\w+)\n(?:.*\n)*?\s+severity: (\w+)", RULES.read_text("utf-8")))
    lines = [
        "# Alarm drill",
        "",
        f"Faults played on a running desk under Prometheus by `scripts/alarm_drill.py`, {seconds:.0f} s in all.",
        "",
        "| alarm | severity | fault | seen firing after |",
        "|---|---|---|---|",
    ]
    for one in found:
        after = f"{one.seconds:.0f} s" if one.seconds is not None else "**not seen**"
        lines.append(f"| {one.alarm} | {severities[one.alarm]} | {one.fault} | {after} |")
    played = {one.alarm for one in found}
    rest = ", ".join(alarm for alarm in severities if alarm not in played)
    lines += [
        "",
        f"Not played here, because their faults take longer, want PostgreSQL or are the desk's own: {rest}.",
        "They follow with shortened times, and `promtool` plays each of them in the tests with its own.",
    ]
    return "\n".join(lines)


async def main() -> int:
    """Drill, print, and say whether every alarm was seen."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with asyncio.timeout(LIMIT):
            found = await drill(Path(folder))
    print(report(found, time.monotonic() - begun))
    return int(any(one.seconds is None for one in found))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
