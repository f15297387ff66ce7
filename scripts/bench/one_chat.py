"""A storm under Telegram's limits, as people hear it: the desk as it runs, on a server stricter than its limits.

``scripts/bench/storm.py --limits`` runs it. The emulator takes three messages of a chat at once, counts what arrives,
and some of it is longer on its way. The agents answer nothing. Printed is how many of the emergencies each supervisor
was told of within five seconds, the longest wait, and how many messages were refused.
"""

import asyncio
import re
import tempfile
import time

from loopback import CITY, FIRST, TOKEN, database_in, enrol

from bot.app import OpenDesk
from bot.config.schema import Config
from core.desk.outcome import TaskDone
from core.rules.permissions import Caller
from core.vocabulary import commands as c
from emulator import Person, Telegram, serve

WITHIN = 5.0  # seconds
LONGEST = 60.0
PROGRAM = Caller(via="bench")
CODE = re.compile(r"T-\d{6}")


async def told(emergencies: int, agents: int, supervisors: int) -> float:
    """Print who was told of how many, and when; returns the longest wait, of one who was not told `LONGEST` seconds."""
    telegram = Telegram()
    telegram.flood.jitter = 0.02
    telegram.add_bot(TOKEN, "gad_bot")
    people = [telegram.add_person(f"P{n}", person_id=FIRST + n) for n in range(agents + supervisors)]
    for person in people:
        telegram.private(person).started = True
    server = await serve(telegram)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        await enrol(database_in(folder), len(people), supervisors)
        desk = OpenDesk(_config(server.url, folder))
        await desk.start()
        await asyncio.sleep(2)
        began = time.monotonic()
        codes = set(await asyncio.gather(*(_report(desk, number) for number in range(emergencies))))
        heard = await asyncio.gather(*(_heard(telegram, person, codes, began) for person in people[agents:]))
        await desk.stop()
    await server.stop()
    for waits in heard:
        soon = sum(wait <= WITHIN for wait in waits.values())
        longest = f"{max(waits.values()):.1f} s" if len(waits) == emergencies else "never"
        print(
            f"  a supervisor was told of {soon} of {emergencies} within {WITHIN:.0f} s, of the last one after {longest}"
        )
    refused = telegram.flood.refused
    print(f"  {len(telegram.calls):,} calls, {refused} of them refused with 429")
    return max(max(waits.values()) if len(waits) == emergencies else LONGEST for waits in heard)


async def _heard(telegram: Telegram, person: Person, codes: set[str], began: float) -> dict[str, float]:
    """When each code stood in a message to this person first, in seconds from the beginning."""
    heard: dict[str, float] = {}
    while len(heard) < len(codes) and time.monotonic() < began + LONGEST:
        await asyncio.sleep(0.05)
        for message in telegram.messages(person):
            for code in CODE.findall(message.text):
                if code in codes:
                    heard.setdefault(code, time.monotonic() - began)
    return heard


def _config(url: str, folder: str) -> Config:
    return Config.model_validate(
        {
            "telegram": {"token": TOKEN, "api_base_url": url},
            "storage": {"url": database_in(folder)},
            "server": {"port": 0},
        }
    )


async def _report(desk: OpenDesk, number: int) -> str:
    opening = c.OpenEmergency(title=f"Robo {number}", sent_at=desk.clock.now(), place=CITY)
    outcome = await desk.desk.execute(opening, caller=PROGRAM)
    assert isinstance(outcome, TaskDone)
    return outcome.task.code
