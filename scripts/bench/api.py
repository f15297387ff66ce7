"""Pages and creates a second over HTTP on a desk with 100,000 tasks, against a bare aiohttp hello, with 50 users of k6.

    python scripts/bench/api.py [--tasks 100000] [--seconds 10] [--rounds 2]

The desk is seeded, on SQLite, with 1,000 people and no limits of Telegram's; every request carries a token, every
create an idempotency key. The hello is a process of its own and answers one word to a GET. All three take turns; each
is what 50 users do alone, one request after the other without a pause.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import uvloop
from aiohttp import web
from loopback import process

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.load.run import k6
from scripts.load.world import Size, opened
from scripts.performance.figures import Figure, rates, ratios

PEOPLE, UNITS = 1_000, 5
HELLO, LIST, CREATE = "hello", "list", "createAndRead"


class Alone(NamedTuple):
    """One kind of request: how many a second, and its p99 in milliseconds."""

    rate: float
    p99: float


async def hello() -> None:
    """Answers one word to every GET, on a free port, which it prints."""

    async def say(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/hello", say)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"listens on {runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


async def bench(tasks: int, seconds: int, rounds: int) -> dict[str, list[Alone]]:
    """Each kind by round."""
    found: dict[str, list[Alone]] = {HELLO: [], LIST: [], CREATE: []}
    size = Size(tasks, PEOPLE, UNITS)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            opened(size, postgresql=False, limits=False) as world,
            process(sys.executable, __file__, "--hello", ready="listens on") as (line, _),
        ):
            there = world._replace(desk=f"http://127.0.0.1:{line.rsplit(' ', 1)[1]}")
            for number in range(rounds):
                for kind, each in found.items():
                    given = {"ONLY": kind, "SECONDS": str(seconds), "ROUND": str(number)}
                    summary = await k6("http", there if kind == HELLO else world, given, Path(folder, "k6.html"))
                    metrics = summary.metrics
                    each.append(
                        Alone(metrics["http_reqs"].values["rate"], metrics["http_req_duration"].values["p(99)"])
                    )
    return found


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    found = uvloop.run(bench(2_000, 2, 1) if short else bench(100_000, 8, 2))
    hellos, lists, creates = ([each.rate for each in found[kind]] for kind in (HELLO, LIST, CREATE))
    return [
        Figure("list", ratios(lists, hellos), rates("list", lists, "hello", hellos)),
        Figure("list-p99", [each.p99 for each in found[LIST]]),
        Figure("create", ratios(creates, hellos), rates("create", creates, "hello", hellos)),
        Figure("create-p99", [each.p99 for each in found[CREATE]]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--hello", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.hello:
        return uvloop.run(hello())
    found = uvloop.run(bench(options.tasks, options.seconds, options.rounds))
    base = statistics.median(each.rate for each in found[HELLO])
    for kind, each in found.items():
        rate, p99 = (statistics.median(column) for column in zip(*each, strict=True))
        print(f"{kind:14} {rate:8,.0f}/s  p99 {p99:6.1f} ms  {rate / base:5.2f} x a bare hello")


if __name__ == "__main__":
    main()
