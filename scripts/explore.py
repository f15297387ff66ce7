"""Every order of a few acts on the real desk, in memory: what two agents, two supervisors and time can do.

Two agents, two supervisors of whom one is on duty, and one who calls for help; up to two emergencies; yes, no, on
scene, done, by radio, by a supervisor, blocks, breaks, and time that passes to the next due moment. In each ledger that
they lead to nobody is in two places (P7), every alert goes on and rings again if nobody does anything (P4), what is due
was acted on (P8), and the same act twice is one (P2). It exits with 1 and the acts that lead there where one is broken.

    python scripts/explore.py [--depth 6] [--emergencies 2] [--minutes 15] [--processes 2]
"""

import argparse
import os
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.explored.search import search, told


def main() -> int:
    """Search, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--depth", type=int, default=6, help="acts in a row")
    parser.add_argument("--emergencies", type=int, default=2, help="how many are called at most")
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    result = search(
        given.depth,
        given.emergencies,
        seconds=given.minutes * 60,
        processes=given.processes,
        say=partial(print, flush=True),
    )
    for line in told(result):
        print(line)
    total, rate = sum(result.ledgers), result.acts / max(result.seconds, 0.001)
    end = "all of them" if result.whole else "as far as the minutes went"
    print(f"{total:,} ledgers, {end}; {result.acts:,} acts, {rate:,.0f} a second; {len(result.broken)} broken")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
