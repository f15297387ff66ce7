"""Random people in a random world: nights of anything at all until the minutes are over, each judged at its end.

A desk in processes of its own is killed beside the people, while the way to Telegram fails. The first night that ends
with a broken promise is lived through again with ever fewer steps; its seed and the steps that are left are printed,
and it exits with 1.

    python scripts/random_people.py 7 30 --postgresql --processes 4
    python scripts/random_people.py 7 30 --hard --processes 3
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.random_people import field, nights
from tests.random_people.driver import LIKELY, LIKELY_IN_A_HARD_NIGHT, LIKELY_WITH_WAYS_OUT
from tests.random_people.nights import Outcome
from tests.random_people.shrink import shrink
from tests.random_people.steps import Step
from tests.random_people.steps import night as steps_of


async def live(given: argparse.Namespace, steps: Sequence[Step]) -> Outcome:
    """One night on a desk that knows nothing of the others."""
    with tempfile.TemporaryDirectory(prefix="gad-random-") as folder:
        if given.in_process:
            return await nights.night(Path(folder), steps)
        place = Path(folder)
        if given.postgresql or given.hard:
            several = given.processes
            return await field.night(
                place, steps, storage="postgresql", intake="webhook", processes=several, hard=given.hard
            )
        return await field.night(place, steps, intake=given.intake)


def likely(given: argparse.Namespace) -> dict[str, int]:
    """How likely each thing is in such a night."""
    if given.ways_out:
        return LIKELY_WITH_WAYS_OUT
    return LIKELY_IN_A_HARD_NIGHT if given.hard else LIKELY


async def run(given: argparse.Namespace) -> bool:
    """Night after night; whether every promise was kept."""
    end, number = time.monotonic() + given.minutes * 60, given.seed
    while time.monotonic() < end:
        steps = steps_of(number, given.steps, likely(given))
        outcome = await live(given, steps)
        broken, left = len(outcome.wrong), (end - time.monotonic()) / 60
        print(f"seed {number}: {broken} broken, {outcome.told[-1].strip()}, {left:.1f} min left", flush=True)
        if outcome.wrong:
            await show(given, number, steps, outcome)
            return False
        number += 1
    return True


async def show(given: argparse.Namespace, seed: int, steps: Sequence[Step], outcome: Outcome) -> None:
    """Print the seed, and the fewest steps that break a promise like the first."""
    promise = outcome.wrong[0].partition(":")[0]
    latest = outcome

    async def fails(fewer: list[Step]) -> bool:
        nonlocal latest
        again = await live(given, fewer)
        broken = any(one.startswith(promise) for one in again.wrong)
        latest = again if broken else latest
        return broken

    left = await shrink(steps, fails, most=given.tries)
    print(f"seed {seed}, steps {[step.number for step in left]}:")
    print("\n".join((*latest.told, *latest.wrong)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int, help="of the first night; each night has the next one")
    parser.add_argument("minutes", type=float, help="no night begins after so many minutes")
    parser.add_argument("--steps", type=int, default=400, help="things that happen in a night")
    parser.add_argument("--intake", choices=("polling", "webhook"), default="polling")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL and Redis, by webhook")
    parser.add_argument("--processes", type=int, default=1, help="more than one: with --postgresql")
    parser.add_argument(
        "--hard",
        action="store_true",
        help="as --postgresql, with standstills, partitions, updates twice or late",
    )
    parser.add_argument(
        "--ways-out",
        action="store_true",
        help="with --hard: people freeze others, try words, and erase themselves",
    )
    parser.add_argument("--in-process", action="store_true", help="nobody is killed, and the night moves the clock")
    parser.add_argument("--tries", type=int, default=60, help="to leave out steps of a night that failed")
    arguments = parser.parse_args()
    sys.exit(not asyncio.run(run(arguments)))
