"""Runs load tests: `scripts/run_load_tests.sh` looks whether all that they need is there, and starts this.

    python scripts/load/run.py [http|push|all] [--short] [--postgresql]

Reports go to `reports/load/`. Exits with 1 when a threshold or a check doesn't hold, or the desk isn't well afterwards.
"""

import argparse
import asyncio
import os
import shlex
import signal
import sys
import time
from pathlib import Path

from msgspec import json

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.load import report
from scripts.load.result import Result, Summary, machine, now
from scripts.load.world import Size, World, opened

REPORTS = ROOT / "reports" / "load"
K6 = os.environ.get("K6", str(ROOT / ".venv" / "bin" / "k6"))
TESTS = ("http", "push")
CROSSED = 99  # k6's exit code when a threshold doesn't hold
LONG = {"http": Size(100_000, 1_000, 5), "push": Size(100_000, 1_000, 30)}
SHORT = {"http": Size(5_000, 200, 5), "push": Size(5_000, 200, 5)}


class Broken(Exception):
    """The test could not be run to its end; the text is one line."""


async def run(name: str, *, short: bool, postgresql: bool, command: str) -> bool:
    """One load test, on a desk of its own; whether all held."""
    size, database = (SHORT if short else LONG)[name], "postgresql" if postgresql else "sqlite"
    print(f"{name}: a desk on {database} with {size.tasks:,} tasks and {size.people:,} people", flush=True)
    REPORTS.mkdir(parents=True, exist_ok=True)
    limits, before = name == "push", os.getloadavg()[0]
    over_time = REPORTS / f"{'-'.join([name, database, *(['short'] if short else [])])}-over-time.html"
    async with opened(size, postgresql=postgresql, limits=limits) as world:
        began = time.monotonic()
        summary = await k6(name, world, {"SHORT": "1" if short else ""}, over_time)
        seconds = time.monotonic() - began
    result = Result(
        name=name,
        short=short,
        database=database,
        tasks=size.tasks,
        people=size.people,
        limits=limits,
        command=command,
        at=now(),
        seconds=seconds,
        busy=(before, os.getloadavg()[0]),
        machine=machine(K6),
        summary=summary,
    )
    _write(result, over_time)
    return summary.held


async def k6(name: str, world: World, given: dict[str, str], over_time: Path) -> Summary:
    """Let k6 run the script to its end, with these variables too; returns what it found.

    Raises:
        Broken: k6 did not come to the end.
    """
    found = over_time.with_suffix(".k6.json")
    environment = world.environment() | given
    environment |= {
        "SUMMARY": str(found),
        "K6_NO_USAGE_REPORT": "true",
        "K6_WEB_DASHBOARD": "true",
        "K6_WEB_DASHBOARD_PORT": "-1",
        "K6_WEB_DASHBOARD_PERIOD": "1s",
        "K6_WEB_DASHBOARD_EXPORT": str(over_time),
    }
    script = str(ROOT / "scripts" / f"load_test_{name}.js")
    command = (K6, "run", "--quiet", "--no-color", "--address", "127.0.0.1:0", script)
    child = await asyncio.create_subprocess_exec(*command, env={**os.environ, **environment})
    try:
        code = await child.wait()
    finally:
        if child.returncode is None:
            child.send_signal(signal.SIGTERM)
            await child.wait()
    if code not in (0, CROSSED):
        raise Broken(f"k6 ended with {code}")
    summary = json.decode(found.read_bytes(), type=Summary)
    found.unlink()
    return summary


def _write(result: Result, over_time: Path) -> None:
    text = report.markdown(result)
    file = result.save(REPORTS)
    file.with_suffix(".md").write_text(text, "utf-8")
    page = file.with_suffix(".html")
    page.write_text(report.html(result, over_time.name if over_time.exists() else None), "utf-8")
    print(f"\n{text}\n{page.relative_to(ROOT)}\n", flush=True)


async def main(names: tuple[str, ...], *, short: bool, postgresql: bool) -> int:
    """Run the tests one after the other; the exit code."""
    task = asyncio.current_task()
    assert task is not None
    # Cancelled, it ends k6, the desk, Telegram and the database on its way out.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    command = shlex.join(["scripts/run_load_tests.sh", *sys.argv[1:]])
    held = True
    for name in names:
        try:
            held = await run(name, short=short, postgresql=postgresql, command=command) and held
        except (Broken, TimeoutError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            held = False
    return 0 if held else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("test", choices=[*TESTS, "all"], nargs="?", default="all")
    parser.add_argument("--short", action="store_true", help="some 20 seconds each, on a smaller desk")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own")
    options = parser.parse_args()
    chosen = TESTS if options.test == "all" else (options.test,)
    try:
        sys.exit(asyncio.run(main(chosen, short=options.short, postgresql=options.postgresql)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(130)
