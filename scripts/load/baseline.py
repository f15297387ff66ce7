"""Writes the load tests' part of `docs/BASELINE_PERFORMANCE.md` from the long runs that lie in `reports/load/`.

scripts/run_load_tests.sh all && python scripts/load/baseline.py

Runs that do not lie there stay on the page as they are, and so do the figures beside the first GRUPO_GAD without one of
`http` on SQLite.
"""

import asyncio
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.load import report
from scripts.load.first import CREATE_P95, FIRST, LABELS
from scripts.load.result import Result, read
from scripts.load.run import LONG, REPORTS, k6
from scripts.load.world import opened

PAGE = ROOT / "docs" / "BASELINE_PERFORMANCE.md"
BEGIN, END = "<!-- load tests: written by scripts/load/baseline.py -->\n", "<!-- /load tests -->\n"
WANTED = ("http-sqlite", "push-sqlite", "http-postgresql", "push-postgresql")
HEAD = """# Baseline of the performance

Figures to compare a change with. They are of one machine on one day: run the same command before and after a change, on
the same machine, and compare those. [The guide](LOAD_TESTING_GUIDE.md) says how.

"""


class Alone(NamedTuple):
    """One kind of request under 50 users who do nothing else: how many a second, and the p95 in milliseconds."""

    rate: float
    p95: float


async def alone() -> dict[str, Alone]:
    """Each kind for which there is a figure of the first GRUPO_GAD, one after the other on one desk."""
    found: dict[str, Alone] = {}
    async with opened(LONG["http"], postgresql=False, limits=False) as world:
        for kind in FIRST:
            summary = await k6("http", world, {"ONLY": kind}, REPORTS / "alone.html")
            metrics = summary.metrics
            found[kind] = Alone(metrics["http_reqs"].values["rate"], metrics["http_req_duration"].values["p(95)"])
    return found


def part(page: str, results: list[Result], each: dict[str, Alone]) -> str:
    """The load tests' part of the page, with what stands there of other runs."""
    beside, runs = standing(page)
    runs |= {result.title: report.markdown(result, level=3) for result in results}
    return "\n".join(
        ["## Load tests\n", _beside_the_first(each) if each else beside, *(runs[it] for it in WANTED if it in runs)]
    )


def standing(page: str) -> tuple[str, dict[str, str]]:
    """Parts that are on the page now: what stands before the runs, and each run by its title."""
    there = page[page.index(BEGIN) + len(BEGIN) : page.index(END)] if BEGIN in page else ""
    beside, *runs = re.split(r"^(?=### )", there.removeprefix("## Load tests\n\n"), flags=re.MULTILINE)
    return beside.rstrip("\n") + "\n" if beside else "", {_title(run): run.rstrip("\n") + "\n" for run in runs}


def _title(run: str) -> str:
    return run.removeprefix("### ").partition(":")[0]


def _beside_the_first(each: dict[str, Alone]) -> str:
    lines = [
        "Beside the first GRUPO_GAD, under the same k6 on this kind of machine: 50 users who do one thing alone for",
        f"15 s, here on a desk with 100,000 tasks. The first one's *create* had a p95 of {CREATE_P95}.\n",
        "| | the first, a second | here, a second | here, p95 |",
        "|---|---:|---:|---:|",
        *(f"| {LABELS[kind]} | {FIRST[kind]} | {it.rate:,.0f} | {it.p95:,.0f} ms |" for kind, it in each.items()),
        "",
    ]
    return "\n".join(lines)


def put(page: str, text: str) -> str:
    """The page with this part in its place, or at its end; other parts stay."""
    section = f"{BEGIN}{text}{END}"
    if BEGIN not in page:
        return f"{page.rstrip()}\n\n{section}"
    return page[: page.index(BEGIN)] + section + page[page.index(END) + len(END) :]


def main() -> None:
    results = [read(file) for name in WANTED if (file := REPORTS / f"{name}.json").exists()]
    if not results:
        sys.exit("no long run lies in reports/load: scripts/run_load_tests.sh all makes them")
    page = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    each = asyncio.run(alone()) if any(result.title == "http-sqlite" for result in results) else {}
    PAGE.write_text(put(page, part(page, results, each)), "utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {', '.join(result.title for result in results)}")


if __name__ == "__main__":
    main()
