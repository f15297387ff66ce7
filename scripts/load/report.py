"""A run's report: as Markdown, for the terminal and `docs/`, and as one HTML page with charts."""

import re
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.load import first
from scripts.load.chart import chart
from scripts.load.result import Metric, Result

REQUESTS = ("health", "list", "create", "read", "metrics", "nearest", "stats", "emergency", "cancel")
LIMIT = re.compile(r"p\((95|99)\)<(\d+)")
PUSHES = {
    "push_alert": "alert: written → taken for the supervisor",
    "push_acknowledged": "*Recibido* pressed → whoever reported is told",
    "push_answer": "a question written → its answer taken",
}
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733 }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
td, th { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid #dde3ea; white-space: nowrap }
td:first-child, th:first-child { text-align: left; white-space: normal }
.bad { color: #b3261e; font-weight: 600 }
"""


class Line(NamedTuple):
    """Times of one kind of request or push, in milliseconds; of requests, how many there were, and a second."""

    name: str
    metric: Metric
    requests: int | None = None
    a_second: float | None = None

    @property
    def limits(self) -> dict[str, int]:
        """Its thresholds on percentiles, in milliseconds."""
        found = (LIMIT.fullmatch(text) for text in self.metric.thresholds)
        return {f"p({match[1]})": int(match[2]) for match in found if match}

    @property
    def held(self) -> bool:
        """Whether all of them held."""
        return all(each.ok for each in self.metric.thresholds.values())


def lines(result: Result) -> Iterator[Line]:
    """Times of each kind of push and request, in the order of the script."""
    metrics = result.summary.metrics
    for name, label in PUSHES.items():
        if name in metrics:
            yield Line(label, metrics[name])
    for name in REQUESTS:
        if (key := f"http_req_duration{{name:{name}}}") in metrics:
            counted = metrics[f"http_reqs{{name:{name}}}"].values
            yield Line(name, metrics[key], int(counted["count"]), counted["rate"])


def broken(result: Result) -> list[str]:
    """Thresholds and checks that didn't hold, one line each."""
    metrics, checks = result.summary.metrics, result.summary.root_group.checks
    crossed = [
        (name, f"{text}{_measured(metric, text)}")
        for name, metric in metrics.items()
        for text, it in metric.thresholds.items()
        if not it.ok
    ]
    failed = [f"check: {it.name}: {it.fails:,} of {it.fails + it.passes:,} failed" for it in checks if it.fails]
    return [f"{name}: {text}" for name, text in crossed] + failed


def _measured(metric: Metric, threshold: str) -> str:
    """The value that k6 found instead; of times in milliseconds."""
    value = metric.values.get(re.split("[<>=]", threshold, maxsplit=1)[0])
    if value is None:
        return ""
    return f", it was {value:,.0f} ms" if metric.type == "trend" else f", it was {value:,.4g}"


def markdown(result: Result, *, level: int = 1) -> str:
    """The whole report; ``level`` is that of its heading."""
    verdict = "every threshold and check held" if result.summary.held else "FAILED"
    parts = [f"{'#' * level} {result.title}: {verdict}", "", about(result), "", *_table(result), "", *_totals(result)]
    if bad := broken(result):
        parts += ["", "Not held:", "", *(f"- {each}" for each in bad)]
    return "\n".join(parts) + "\n"


def about(result: Result) -> str:
    """The run in a few lines: the command, the machine, the load of others on it."""
    it, limits = result.machine, "Telegram's limits kept" if result.limits else "no limits of Telegram's"
    versions = ", ".join(f"{name} {number}" for name, number in it.versions.items())
    return (
        f"`{result.command}`, {result.at:%Y-%m-%d %H:%M} UTC, {result.seconds:.0f} s of load, commit `{it.commit}`.\n"
        f"{result.tasks:,} tasks and {result.people:,} people on {result.database}, {limits}; desk, Telegram, k6 and"
        f" database share {it.cores} cores ({it.processor}, {it.memory_gb} GB, {it.system}).\n"
        f"{versions}. Load average before {result.busy[0]:.1f}, after {result.busy[1]:.1f}.{_others(result)}"
    )


def _others(result: Result) -> str:
    """Whether the machine was busy before the load began: the load itself is in the average after it."""
    if result.busy[0] <= result.machine.cores:
        return ""
    return f" **More than its {result.machine.cores} cores were busy before: the times say little, the counts all.**"


def _table(result: Result) -> Iterator[str]:
    yield "| | requests | a second | median | p95 | p99 | worst | thresholds | held |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|---|"
    for line in lines(result):
        values = line.metric.values
        times = " | ".join(f"{values[key]:,.0f} ms" for key in ("med", "p(95)", "p(99)", "max"))
        count = f"{line.requests:,}" if line.requests is not None else ""
        rate = f"{line.a_second:,.1f}" if line.a_second is not None else ""
        limits = ", ".join(f"p{key[2:4]} < {limit:,} ms" for key, limit in sorted(line.limits.items()))
        yield f"| {line.name} | {count} | {rate} | {times} | {limits} | {'yes' if line.held else '**no**'} |"


def _totals(result: Result) -> Iterator[str]:
    metrics, checks = result.summary.metrics, result.summary.root_group.checks
    failed, requests = metrics["http_req_failed"].values["rate"], metrics["http_reqs"].values
    count, rate = requests["count"], requests["rate"]
    yield f"- {count:,.0f} requests, {rate:,.0f} a second; {failed:.2%} failed (threshold: < 1 %)"
    passed, tried = sum(it.passes for it in checks), sum(it.passes + it.fails for it in checks)
    yield f"- checks: {passed:,} of {tried:,} (threshold: all)"
    if "alerts_reported" in metrics:
        counts = {name: metrics[f"alerts_{name}"].values["count"] for name in ("reported", "received", "lost", "twice")}
        told = ", ".join(f"{count:,.0f} {name}" for name, count in counts.items())
        done = metrics["alerts_acknowledged"].values["count"]
        yield f"- alerts: {told}, {done:,.0f} acknowledged with *Recibido*"
    if result.name == "http":
        yield f"- beside it: {first.in_a_line()}"


def html(result: Result, over_time: str | None) -> str:
    """One page without anything from elsewhere. ``over_time``: k6's own page of the same run."""
    verdict = "every threshold and check held" if result.summary.held else '<span class="bad">failed</span>'
    bars = chart([(_plain(line.name), line.metric.values, line.limits) for line in lines(result)])
    times = [row.strip("|").split("|") for row in _table(result) if not row.startswith("|---")]
    checks = [(it.name, f"{it.passes:,}", f"{it.fails:,}") for it in result.summary.root_group.checks]
    bad = "".join(f'<li class="bad">{escape(each)}</li>' for each in broken(result))
    totals = "".join(f"<li>{escape(_plain(each[2:]))}</li>" for each in _totals(result))
    link = f'<p><a href="{escape(over_time)}">How it went over time</a> (k6\'s own page)</p>' if over_time else ""
    parts = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(result.title)}</title>',
        f"<style>{STYLE}</style><h1>{escape(result.title)}: {verdict}</h1>",
        f"<p>{escape(_plain(about(result).replace('`', '')))}</p><ul>{bad}</ul>{bars}{link}",
        f"{_rows(times)}<ul>{totals}</ul>{_rows([('check', 'passed', 'failed'), *checks])}</html>",
    )
    return "\n".join(parts) + "\n"


def _rows(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is its head."""
    cells = [[escape(_plain(cell)) for cell in row] for row in rows]
    head = "".join(f"<th>{cell}</th>" for cell in cells[0])
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in cells[1:])
    return f"<table><tr>{head}</tr>{body}</table>"


def _cell(text: str) -> str:
    return f'<td class="bad">{text}</td>' if text == "no" else f"<td>{text}</td>"


def _plain(text: str) -> str:
    return text.replace("*", "").strip()
