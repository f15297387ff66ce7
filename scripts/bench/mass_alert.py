"""One emergency alerts everybody; how soon is the next one heard? Under Telegram's own limits, the desk as it runs.

    python scripts/bench/mass_alert.py [--supervisors 250] [--emergencies 10] [--every 1] [--seconds 40]

The first step names every supervisor. The emergencies are reported one after the other, a second apart (``--every 0``:
at once). Printed is when the second and the tenth have asked three agents each and told a first supervisor, how many
messages came within 50 milliseconds at the most, how many were refused, how many left in a second, when the first had
told everybody, and when all had, without and with the pins on the map. The table of `docs/reliability.md` is what
``--every 0 --seconds 900`` prints for one, two and ten emergencies. The server takes 30 messages a second, and some are
longer on their way than others.
"""

import argparse
import asyncio
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import inf

import uvloop
from loopback import CITY, FIRST, TOKEN, database_in, enrol

from bot.app import OpenDesk
from bot.config.schema import Config
from core.desk.outcome import TaskDone
from core.rules.permissions import Caller
from core.vocabulary import commands as c
from emulator import Person, Telegram, serve
from emulator.events import MessageSent
from scripts.performance.figures import Figure

PROGRAM = Caller(via="bench")
CODE = re.compile(r"T-\d{6}")
ASKED = 3
CLUMP = 0.05  # seconds
CALM = 5  # seconds without a message, after which nothing more is expected


class Ears:
    """Moments at which somebody first heard of an emergency."""

    def __init__(self, telegram: Telegram, agents: set[int]) -> None:
        self._agents = agents
        self.asked: dict[str, dict[int, float]] = defaultdict(dict)
        self.told: dict[str, dict[int, float]] = defaultdict(dict)
        self.pinned: dict[int, list[float]] = defaultdict(list)
        self._last = time.monotonic()
        telegram.listen(self._hears)

    def _hears(self, event: object) -> None:
        if not isinstance(event, MessageSent):
            return
        self._last = time.monotonic()
        chat = event.message.chat.id
        if chat not in self._agents and event.message.wire.location is not None:
            self.pinned[chat].append(time.monotonic())
        for code in set(CODE.findall(event.message.text)):
            heard = self.asked if chat in self._agents else self.told
            heard[code].setdefault(chat, time.monotonic())

    def waits(self, code: str, reported: float) -> tuple[float, float]:
        """When its agents were asked and its first supervisor told, in seconds after the report; infinite: never."""
        asked, told = sorted(self.asked[code].values()), sorted(self.told[code].values())
        return (asked[ASKED - 1] if len(asked) >= ASKED else inf) - reported, (told[0] if told else inf) - reported

    def both(self, code: str, reported: float) -> str:
        """The same in words."""
        agents, supervisor = self.waits(code, reported)
        return f"{agents:5.2f} s agents, {supervisor:5.2f} s supervisor"

    def all_told(self, codes: Iterable[str], supervisors: int) -> float | None:
        """When every emergency had told every supervisor; None: not yet."""
        told = [self.told[code] for code in codes]
        return max(max(each.values()) for each in told) if all(len(each) == supervisors for each in told) else None

    def silent_for(self) -> float:
        """Seconds since anybody heard anything."""
        return time.monotonic() - self._last

    def all_pinned(self, emergencies: int, supervisors: int) -> float | None:
        """When everybody had all the pins on the map; None: not yet."""
        pins = [*self.pinned.values()]
        complete = len(pins) == supervisors and all(len(each) == emergencies for each in pins)
        return max(map(max, pins)) if complete else None


async def bench(supervisors: int, emergencies: int, every: float, seconds: float) -> tuple[float, float]:
    """All of it; returns when the second's agents were asked and its first supervisor told, in seconds."""
    telegram = Telegram()
    telegram.flood.jitter = 0.02
    telegram.add_bot(TOKEN, "gad_bot")
    agents = ASKED * emergencies
    people = [telegram.add_person(f"P{n}", person_id=FIRST + n) for n in range(agents + supervisors)]
    for person in people:
        telegram.private(person).started = True
    ears = Ears(telegram, {_chat(telegram, person) for person in people[:agents]})
    server = await serve(telegram)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        await enrol(database_in(folder), len(people), supervisors)
        desk = OpenDesk(_config(server.url, folder))
        await desk.start()
        await asyncio.sleep(2)
        telegram.calls.clear()
        began = time.monotonic()
        reported = [began + every * number for number in range(emergencies)]
        codes = await asyncio.gather(*(_report(desk, number, at) for number, at in enumerate(reported)))
        committed = time.monotonic() - reported[-1]
        print(f"{supervisors:,} supervisors, {emergencies} emergencies, the last committed after {committed:.2f} s")
        end = time.monotonic() + seconds
        while time.monotonic() < end and not (ears.all_told(codes, supervisors) and ears.silent_for() > CALM):
            await asyncio.sleep(0.25)
        calls = [call.at for call in telegram.calls if call.ok and call.chat_id is not None]
        await desk.stop()
    await server.stop()
    _print(ears, list(zip(codes, reported, strict=True)), calls, telegram.flood.refused, supervisors)
    return ears.waits(codes[min(1, emergencies - 1)], reported[min(1, emergencies - 1)])


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    seconds = 5 if short else 15
    waits = uvloop.run(bench(60, 2, 1, seconds) if short else bench(250, 10, 1, seconds))
    said = f"agents {waits[0]:.2f} s, supervisor {waits[1]:.2f} s"
    return [Figure("second-emergency", [min(max(waits), seconds)], said)]


def _print(ears: Ears, reported: list[tuple[str, float]], calls: list[float], refused: int, supervisors: int) -> None:
    if len(reported) > 1:
        print(f"  the second: {ears.both(*reported[1])}")
        print(f"  the last:   {ears.both(*reported[-1])}")
    code, began = reported[0]
    first = ears.told[code]
    whole = f"{max(first.values()) - began:.1f} s" if len(first) == supervisors else f"{len(first)} so far"
    print(f"  the first had told everybody: {whole}")
    told, pinned = (
        ears.all_told([code for code, _ in reported], supervisors),
        ears.all_pinned(len(reported), supervisors),
    )
    print(f"  all had told everybody: {_after(told, began)}, with the pins: {_after(pinned, began)}")
    calls.sort()
    clump = max(sum(at <= other < at + CLUMP for other in calls[i : i + 60]) for i, at in enumerate(calls))
    busiest = max(Counter(int(at) for at in calls).values())
    rate = len(calls) / (calls[-1] - calls[0])
    print(f"  {len(calls):,} messages, {rate:.1f} a second, at most {busiest} in one and {clump} within 50 ms")
    print(f"  {refused} were refused (429)")


def _after(moment: float | None, began: float) -> str:
    return f"{moment - began:.1f} s" if moment is not None else "not yet"


def _chat(telegram: Telegram, person: Person) -> int:
    return telegram.private(person).id


def _config(url: str, folder: str) -> Config:
    return Config.model_validate(
        {
            "telegram": {"token": TOKEN, "api_base_url": url},
            "storage": {"url": database_in(folder)},
            "server": {"port": 0},
            "escalation": {"critica": [{"after": "0s", "notify": ["supervisors"]}]},
        }
    )


async def _report(desk: OpenDesk, number: int, at: float) -> str:
    await asyncio.sleep(at - time.monotonic())
    opening = c.OpenEmergency(title=f"Robo {number}", sent_at=desk.clock.now(), place=CITY)
    outcome = await desk.desk.execute(opening, caller=PROGRAM)
    assert isinstance(outcome, TaskDone)
    return outcome.task.code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--supervisors", type=int, default=250)
    parser.add_argument("--emergencies", type=int, default=10)
    parser.add_argument("--every", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=40, help="it ends earlier when everybody has everything")
    options = parser.parse_args()
    uvloop.run(bench(options.supervisors, options.emergencies, options.every, options.seconds))


if __name__ == "__main__":
    main()
