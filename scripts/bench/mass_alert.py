"""One emergency alerts everybody; how soon is the next one heard? Under Telegram's own limits, the desk as it runs.

    python scripts/bench/mass_alert.py [--supervisors 250] [--emergencies 10] [--every 1] [--seconds 40]

The first step names every supervisor. The emergencies are reported one after the other, a second apart (``--every 0``:
at once). Printed is when the second and the tenth have asked three agents each and told a first supervisor, the most
messages that came within 50 milliseconds, how many were refused, how many left in a second, and when the first had told
everybody. The server takes 30 messages a second, and some are longer on their way than others.
"""

import argparse
import asyncio
import re
import tempfile
import time
from collections import Counter, defaultdict
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


class Ears:
    """Moments at which somebody first heard of an emergency."""

    def __init__(self, telegram: Telegram, agents: set[int]) -> None:
        self._agents = agents
        self.asked: dict[str, dict[int, float]] = defaultdict(dict)
        self.told: dict[str, dict[int, float]] = defaultdict(dict)
        telegram.listen(self._hears)

    def _hears(self, event: object) -> None:
        if not isinstance(event, MessageSent):
            return
        chat = event.message.chat.id
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
        await asyncio.sleep(seconds)
        calls = [call.at for call in telegram.calls if call.ok and call.chat_id is not None]
        await desk.stop()
    await server.stop()
    _print(ears, list(zip(codes, reported, strict=True)), calls, telegram.flood.refused, supervisors)
    return ears.waits(codes[1], reported[1])


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    seconds = 5 if short else 15
    waits = uvloop.run(bench(60, 2, 1, seconds) if short else bench(250, 10, 1, seconds))
    said = f"agents {waits[0]:.2f} s, supervisor {waits[1]:.2f} s"
    return [Figure("second-emergency", [min(max(waits), seconds)], said)]


def _print(ears: Ears, reported: list[tuple[str, float]], calls: list[float], refused: int, supervisors: int) -> None:
    print(f"  the second: {ears.both(*reported[1])}")
    print(f"  the last:   {ears.both(*reported[-1])}")
    code, began = reported[0]
    first = ears.told[code]
    whole = f"{max(first.values()) - began:.1f} s" if len(first) == supervisors else f"{len(first)} so far"
    print(f"  the first had told everybody: {whole}")
    calls.sort()
    clump = max(sum(at <= other < at + CLUMP for other in calls[i : i + 60]) for i, at in enumerate(calls))
    busiest = max(Counter(int(at) for at in calls).values())
    rate = len(calls) / (calls[-1] - calls[0])
    print(f"  {len(calls):,} messages, {rate:.1f} a second, at most {busiest} in one and {clump} within 50 ms")
    print(f"  {refused} were refused (429)")


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
    parser.add_argument("--seconds", type=float, default=40)
    options = parser.parse_args()
    uvloop.run(bench(options.supervisors, options.emergencies, options.every, options.seconds))


if __name__ == "__main__":
    main()
