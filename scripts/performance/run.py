"""Runs the benches one after the other, each in a process of its own, and says for each target whether it passes.

    python scripts/performance/run.py [--short] [--only NAME ...] [--write]

The whole takes some 10 minutes and writes the benches' part of docs/BASELINE_PERFORMANCE.md and README's table.
``--short`` is under 3 minutes, on less, and says more of the benches than of the desk; it writes nothing. ``--only``
runs the named ones; ``--write`` then puts them into both pages beside what lies in reports/bench/ from before. Exits
with 1 when a bench broke; a target that falls short is a line of the table.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from msgspec import ValidationError, json

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.load.result import machine, now
from scripts.performance import page
from scripts.performance.figures import Figure
from scripts.performance.run_result import REPORTS, Run, last_runs
from scripts.performance.targets import Targets, Verdict, judged, read_targets

CHILD = Path(__file__).with_name("child.py")
PATIENCE_S, PATIENCE_SHORT_S, PATIENCE_APART_S = 240.0, 90.0, 2_700.0
GOODBYE_S = 20.0


def run(name: str, *, short: bool, patience: float) -> Run:
    """Let one bench measure; its figures are None when it broke, or was not done after so many seconds."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    file = REPORTS / f"{name}.figures"
    file.unlink(missing_ok=True)
    began, busy = time.monotonic(), os.getloadavg()[0]
    command = (sys.executable, str(CHILD), name, str(file), *(["short"] if short else []))
    # In a group of its own, so that desks and servers of a bench that hangs end with it.
    child = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        code = child.wait(patience)
    except (subprocess.TimeoutExpired, KeyboardInterrupt) as why:
        end(child)
        if isinstance(why, KeyboardInterrupt):
            raise
        print(f"{name}: not done after {time.monotonic() - began:.0f} s", file=sys.stderr)
        code = -1
    figures = read(file) if code == 0 else None
    file.unlink(missing_ok=True)
    return Run(
        bench=name,
        short=short,
        at=now(),
        seconds=time.monotonic() - began,
        busy=busy,
        machine=machine("k6"),
        figures=figures,
    )


def read(file: Path) -> list[Figure] | None:
    """The figures that a bench wrote, None if they are none."""
    try:
        return json.decode(file.read_bytes(), type=list[Figure])
    except (OSError, ValidationError) as error:
        print(error, file=sys.stderr)
        return None


def end(child: "subprocess.Popen[bytes]") -> None:
    """Ask the bench to end what it started, then end its whole group."""
    child.send_signal(signal.SIGINT)
    try:
        child.wait(GOODBYE_S)
    except subprocess.TimeoutExpired:
        print("it does not end by itself", file=sys.stderr)
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # all of it has ended
    child.wait()


def main(targets: Targets, options: argparse.Namespace) -> int:
    """Run what was asked for, print it, and write it down; the exit code."""
    runs: dict[str, Run] = {}
    for name in options.only or targets.benches:
        print(f"\n{name}", flush=True)
        patience = PATIENCE_APART_S if name in targets.apart else PATIENCE_SHORT_S if options.short else PATIENCE_S
        runs[name] = run(name, short=options.short, patience=patience)
        for line in page.lines(targets, {name: runs[name]}):
            print(f"  {page.plain(line)}", flush=True)
        if not options.short:
            runs[name].save()
    print(f"\n{page.terminal(targets, runs)}")
    if options.short:
        print("--short: on less and for less long than the targets say, so these verdicts are none of the desk's")
    if not options.short and (options.write or not options.only):
        page.write(targets, last_runs(targets) | runs)
        print("docs/BASELINE_PERFORMANCE.md and README.md have it")
    found = {name: each.figures for name, each in runs.items()}
    return int(any(judged(target, found).verdict is Verdict.BROKEN for target in targets.target))


if __name__ == "__main__":
    known = read_targets()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="some seconds each, on less; writes nothing")
    parser.add_argument("--only", action="append", choices=[*known.benches, *known.apart], help="this one; again: more")
    parser.add_argument("--write", action="store_true", help="with --only: the pages too")
    sys.exit(main(known, parser.parse_args()))
