"""A crowd on PostgreSQL that the machine lets down: agents report and answer while it stands still for a while.

    python scripts/bench/contention.py [--processes 1] [--agents 24] [--seconds 16] [--still 4] [--runs 1]

Each process has a desk with its timekeeper, a Telegram that takes everything, and its part of the agents. They report
emergencies, say *Voy*, arrive and finish, or say *No puedo*; supervisors press *Recibido*, and now and then one of them
blocks the bot and comes back. Every press is answered in its chat, as the worker does it. In the middle the server and
all processes are stopped (SIGSTOP) for a few seconds. Printed: deadlocks by the server's own count, how long a press
took outside the standstill, and how long after the last press everything was done.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import time
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import asyncpg
import uvloop
from crowd import Part, child, enrol
from msgspec import json

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.performance.figures import Figure
from tests.support.servers.postgresql import PostgresqlServer

DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def _stop_all(children: list[Process], server: int, number: int) -> None:
    """Send a signal to all processes and to the whole server."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended just now
    for pid in (
        server,
        *(pid for pid, parent in parents.items() if parent == server),
        *(each.pid for each in children),
    ):
        os.kill(pid, number)


async def storm(
    server: PostgresqlServer, processes: int, agents: int, seconds: float, still_for: float
) -> tuple[int, str]:
    """One storm: how many deadlocks, and its figures in words."""
    url = server.fresh()
    await enrol(url, agents)
    command = [sys.executable, __file__, "--child", url, "--seconds", str(seconds)]
    command += ["--processes", str(processes)]
    children = [
        await asyncio.create_subprocess_exec(*command, "--number", str(n), stdin=PIPE, stdout=PIPE)
        for n in range(processes)
    ]
    for each in children:
        assert each.stdout is not None
        await each.stdout.readline()
    ends = [asyncio.create_task(each.communicate(b"go\n")) for each in children]
    await asyncio.sleep((seconds - still_for) / 2)
    still = time.time()
    if still_for:
        _stop_all(children, server.pid, signal.SIGSTOP)
        await asyncio.sleep(still_for)
        _stop_all(children, server.pid, signal.SIGCONT)
    moves = time.time()
    parts = [json.decode(out, type=Part) for out, _ in await asyncio.gather(*ends)]
    await asyncio.sleep(1.5)  # the server counts each second
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    deadlocks = await connection.fetchval(DEADLOCKS)
    await connection.close()
    presses = [press for part in parts for press in part.presses]
    outside = sorted(press.took for press in presses if not press.at < moves or press.at + press.took < still)
    p95 = statistics.quantiles(outside, n=20)[-1]
    failed = sum(part.failed for part in parts)
    late = max(part.done for part in parts) - max(part.pressed for part in parts)
    server.drop(url)
    return deadlocks, (
        f"{processes} process(es): {deadlocks} deadlocks, {len(presses):,} presses, {failed} failed,"
        f" p50 {statistics.median(outside) * 1e3:,.0f} ms, p95 {p95 * 1e3:,.0f} ms, worst {outside[-1] * 1e3:,.0f} ms;"
        f" all done {late:.1f} s after the last press"
    )


def figures(short: bool) -> list[Figure]:
    """For `make bench`."""
    seconds, still = (4, 1) if short else (16, 4)
    durable = PostgresqlServer(durable=True)
    try:
        deadlocks, said = uvloop.run(storm(durable, 1, 24, seconds, still))
    finally:
        durable.stop()
    return [Figure("deadlocks", [deadlocks], said)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--agents", type=int, default=24)
    parser.add_argument("--seconds", type=float, default=16)
    parser.add_argument("--still", type=float, default=4, help="seconds that the machine stands still in between")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        part = uvloop.run(child(given.child, given.number, given.processes, given.seconds))
        print(json.encode(part).decode())
    else:
        durable = PostgresqlServer(durable=True)
        try:
            for _ in range(given.runs):
                storming = storm(durable, given.processes, given.agents, given.seconds, given.still)
                print(uvloop.run(storming)[1], flush=True)
        finally:
            durable.stop()
