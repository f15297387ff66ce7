"""Pulls the plug at least 200 times: every confirmed update is handled once, every alert arrives (P1, P2, P3).

A desk, as ``gad run`` starts it, against a local Telegram, under the steady load of people who report, move, press and
answer, is killed at random moments and at every named point between receiving and marking, and started again at once.
In the end everything is compared: the database, its chain of events, and Telegram's own record. Exits with 1 when a
promise was broken.

    python scripts/chaos.py --intake webhook --storage postgresql
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.campaign import Deaths, campaign, fates
from tests.chaos.site import site
from tests.chaos.verdict import Count


async def chaos(given: argparse.Namespace, folder: Path) -> bool:
    """All of it; whether every promise was kept."""
    began = time.monotonic()
    deaths = fates(given.intake, given.kills, given.each, random.Random(given.seed))
    async with site(folder, given.intake, given.storage, durable=True) as scene:
        await scene.enrol(agents=12, supervisors=3)
        died, counts = await campaign(
            scene, deaths, seed=given.seed, rate=given.rate, processes=given.processes, notified=progress
        )
    show(given, died, time.monotonic() - began, counts)
    return not any(count.broken for count in counts)


def progress(done: int, deaths: int) -> None:
    """Print the progress."""
    if done % 20 == 0 or done == deaths:
        print(f"{done} of {deaths}", file=sys.stderr)


def show(given: argparse.Namespace, died: Deaths, seconds: float, counts: list[Count]) -> None:
    """The table."""
    print(f"{given.intake}, {given.storage}, {given.processes} process(es), seed {given.seed}, {seconds:.0f} s")
    print(f"  {'killed at a random moment':62}{died.anywhere:>8,}")
    print(f"  {f'killed at {len(died.tally)} named moments':62}{died.at_points:>8,}")
    print(f"  {'  and where the moment did not come in time':62}{died.late:>8,}")
    for count in counts:
        print(f"  {count.what:62}{count.number:>8,}" + (f"  {count.promise} BROKEN" if count.broken else ""))
        for example in count.examples if count.broken else ():
            print(f"        {example}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--intake", choices=("polling", "webhook"), default="polling")
    parser.add_argument("--storage", choices=("sqlite", "postgresql"), default="sqlite", help="postgresql: and Redis")
    parser.add_argument("--processes", type=int, default=1, help="more than one: webhook and postgresql")
    parser.add_argument("--kills", type=int, default=200, help="at random moments")
    parser.add_argument("--each", type=int, default=2, help="at each moment of each named point")
    parser.add_argument("--rate", type=float, default=15, help="things that people do in a second")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gad-chaos-") as place:
        sys.exit(not asyncio.run(chaos(arguments, Path(place))))
