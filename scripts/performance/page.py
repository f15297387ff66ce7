"""The table of the targets: on the terminal, in `docs/BASELINE_PERFORMANCE.md`, and in the README."""

import re
from collections.abc import Iterable, Iterator

from scripts.performance.run_result import ROOT, Run
from scripts.performance.targets import Line, Targets, Verdict, judged

BASELINE = ROOT / "docs" / "BASELINE_PERFORMANCE.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- bench: written by make bench -->\n", "<!-- /bench -->\n"
SAID = re.compile(r"[*_`]")


class Unmarked(Exception):
    """The page has no place for the table; the text is one line."""


def lines(targets: Targets, runs: dict[str, Run]) -> list[Line]:
    """A line for each target whose bench is among these."""
    found = {name: run.figures for name, run in runs.items()}
    return [judged(target, found) for target in targets.target if target.bench in runs]


def every_line(targets: Targets, runs: dict[str, Run]) -> list[Line]:
    """A line for each target, what did not run too."""
    found = {name: run.figures for name, run in runs.items()}
    return [judged(target, found) for target in targets.target]


def plain(line: Line) -> str:
    """A line for the terminal."""
    target = line.target
    peer = f", against {target.against}" if target.against else ""
    goal = f", goal {target.goal}" if target.goal else ""
    return f"{line.verdict:8} {line.found}{goal}: {SAID.sub('', target.what)}{SAID.sub('', peer)}"


def terminal(targets: Targets, runs: dict[str, Run]) -> str:
    """The whole table, and how many of each verdict there are."""
    table = every_line(targets, runs)
    names = [f"{line.target.name:20} {plain(line)}" for line in table]
    counts = (f"{sum(line.verdict is verdict for line in table)} {verdict}" for verdict in Verdict)
    return "\n".join([*names, "", ", ".join(counts) + f"; {sum(run.seconds for run in runs.values()):.0f} s"])


def rows(table: Iterable[Line]) -> Iterator[str]:
    """The table in Markdown."""
    yield "| what | against | goal | found | | bench |"
    yield "|---|---|---|---|---|---|"
    for line in table:
        target = line.target
        verdict = f"**{line.verdict}**" if line.verdict in (Verdict.SHORT, Verdict.BROKEN) else line.verdict
        bench = f"`{target.bench}.py`" if target.bench else "–"
        yield f"| {target.what} | {target.against or '–'} | {target.goal or '–'} | {line.found} | {verdict} | {bench} |"


def readme(targets: Targets, runs: dict[str, Run]) -> str:
    """The README's part."""
    head = "`make bench` measures all of it; each file in `scripts/bench/` runs by itself too.\n"
    return "\n".join([head, *rows(every_line(targets, runs)), ""])


def baseline(targets: Targets, runs: dict[str, Run]) -> str:
    """The part of the page of baselines: where and when, the table, what each ratio was made from, how long it took."""
    latest = max(runs.values(), key=lambda run: run.at)
    where = latest.machine
    versions = ", ".join(f"{name} {version}" for name, version in where.versions.items() if name != "k6")
    seconds = sum(run.seconds for run in runs.values())
    return "\n".join(
        [
            "## Benches\n",
            f"`make bench`, {latest.at:%Y-%m-%d %H:%M} UTC, {seconds:.0f} s, commit `{where.commit}`.",
            f"{where.cores} cores ({where.processor}, {where.memory_gb:g} GB, {where.system}). {versions}.",
            "Thing and peer take turns in one run; a figure is the median of the rounds, with lowest and highest.\n",
            *rows(every_line(targets, runs)),
            "",
            "What they were made from, and how busy the machine was before each (load average):\n",
            "| bench | | seconds | load |",
            "|---|---|---:|---:|",
            *(_made_from(run, latest) for run in runs.values()),
            "",
        ]
    )


def _made_from(run: Run, latest: Run) -> str:
    said = "; ".join(figure.said for figure in run.figures or [] if figure.said) or "–"
    older = f" (commit `{run.machine.commit}`)" if run.machine.commit != latest.machine.commit else ""
    return f"| `{run.bench}`{older} | {said} | {run.seconds:.0f} | {run.busy:.1f} |"


def write(targets: Targets, runs: dict[str, Run]) -> None:
    """Put both parts into their pages.

    Raises:
        Unmarked: a page has no marks.
    """
    for file, part in ((BASELINE, baseline(targets, runs)), (README, readme(targets, runs))):
        file.write_text(put(file.read_text("utf-8"), part), "utf-8")


def put(text: str, part: str) -> str:
    """The page with this part between its marks; all else stays.

    Raises:
        Unmarked: it has no marks.
    """
    if BEGIN not in text or END not in text:
        raise Unmarked("the page has no place between the marks of make bench")
    return text[: text.index(BEGIN) + len(BEGIN)] + part + text[text.index(END) :]
