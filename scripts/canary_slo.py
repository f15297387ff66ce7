"""Watches a new release beside the one before: holds its numbers against the objectives, and says which one broke.

    python3 scripts/canary_slo.py --new URL --old URL [--old URL] [--seconds 1800] [--prometheus URL]

The URLs are those of the side servers. Without a Prometheus the objectives are asked of the desks' own /metrics. Needs
nothing but Python: it runs where no desk is installed. Exits with 0 when all of them held to the end, with 1 as soon as
one broke.
"""

import argparse
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

# Of all updates, messages and requests of the new release, how many may fail.
MAY_FAIL = 0.01
# Of all emergencies, how many may be told to somebody later than 5 s after they were sent.
MAY_BE_LATE = 0.001
# Looks in a row at which something must be wrong that may right itself: a part that is unwell, no answer.
IN_A_ROW = 3
TIMEOUT = 5.0  # seconds
# Outcomes of a message that are the sender's own fault: a person who blocked the bot is not.
FAILED_SENDS = ("400", "404", "4xx", "stumbled")
_SAMPLE = re.compile(r"(\w+)(?:\{(.*)\})? (\S+)$")
_LABEL = re.compile(r'(\w+)="([^"]*)"')

Labels = tuple[tuple[str, str], ...]
Page = Mapping[tuple[str, Labels], float]


class Desks(NamedTuple):
    """The pages of the new release and of the desks beside it; None for one that doesn't answer."""

    new: Page | None
    old: list[Page | None]

    @property
    def pages(self) -> list[Page]:
        """Those that came."""
        return [page for page in (self.new, *self.old) if page is not None]


def read(text: str) -> Page:
    """The samples of a page, by name and labels."""
    found: dict[tuple[str, Labels], float] = {}
    for line in text.splitlines():
        if sample := _SAMPLE.match(line):
            found[sample[1], tuple(sorted(_LABEL.findall(sample[2] or "")))] = float(sample[3])
    return found


def total(page: Page, name: str, **labels: str | Iterable[str]) -> float:
    """The sum of a name's samples with these labels; a label may have one of several values."""
    wanted = {key: {value} if isinstance(value, str) else set(value) for key, value in labels.items()}
    return sum(
        value
        for (each, theirs), value in page.items()
        if each == name and all(dict(theirs).get(key) in values for key, values in wanted.items())
    )


def since(now: Page, then: Page, name: str, **labels: str | Iterable[str]) -> float:
    """By how much it grew; what it is, after a restart."""
    after, before = total(now, name, **labels), total(then, name, **labels)
    return after - before if after >= before else after


def _ratio(part: float, of: float, most: float, what: str) -> list[str]:
    return [f"{what}: {part:.0f} of {of:.0f}, {most:.1%} may"] if of and part / of > most else []


def broken(then: Desks, now: Desks) -> list[str]:
    """The objectives that broke since ``then``, one line each."""
    lines: list[str] = []
    new, before = now.new, then.new
    if new is not None and before is not None:
        failed, handled = (
            since(new, before, "gad_updates_failed_total"),
            since(new, before, "gad_updates_handled_total"),
        )
        lines += _ratio(failed, failed + handled, MAY_FAIL, "updates that failed at the new release")
        sends = since(new, before, "gad_messages_total")
        refused = since(new, before, "gad_messages_total", outcome=FAILED_SENDS)
        lines += _ratio(refused, sends, MAY_FAIL, "messages of the new release that were refused")
        asked = since(new, before, "gad_http_requests_total")
        own = since(new, before, "gad_http_requests_total", code="500")
        lines += _ratio(own, asked, MAY_FAIL, "requests that the new release answered with 500")
        started = "process_start_time_seconds"
        if total(new, started) != total(before, started):
            lines.append("the new release was started anew: it ended by itself")
    pairs = [(a, b) for a, b in zip((now.new, *now.old), (then.new, *then.old), strict=True) if a and b]
    if any(since(a, b, "gad_silent_ends_total") for a, b in pairs):
        lines.append("an emergency ended in silence")
    milestone = {"milestone": "told", "kind": "emergency"}
    told = sum(since(a, b, "gad_report_milestone_seconds_count", **milestone) for a, b in pairs)
    in_time = sum(since(a, b, "gad_report_milestone_seconds_bucket", le="5.0", **milestone) for a, b in pairs)
    return lines + _ratio(told - in_time, told, MAY_BE_LATE, "emergencies told later than 5 s after they were sent")


def ailing(now: Desks) -> set[str]:
    """Faults of this moment that may right themselves: parts that are unwell at the new release alone, or no answer."""
    if now.new is None:
        return {"the new release does not answer"}
    unwell = [
        {dict(labels)["part"] for (name, labels), value in page.items() if name == "gad_part_well" and not value}
        for page in (now.new, *(page for page in now.old if page is not None))
    ]
    elsewhere = set[str]().union(*unwell[1:])
    return {f"at the new release a part is unwell: {part}" for part in unwell[0] - elsewhere}


def fetched(url: str) -> str | None:
    """A page; None when it doesn't come."""
    request = urllib.request.Request(url)  # noqa: S310 - the operator's own address
    if token := os.environ.get("GAD_TOKEN"):
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return str(answer.read().decode())
    except (OSError, urllib.error.URLError):
        return None


def pages(new: str, old: list[str]) -> Desks:
    """The pages of the desks, now."""

    def page(url: str) -> Page | None:
        text = fetched(f"{url.rstrip('/')}/metrics")
        return read(text) if text is not None else None

    return Desks(page(new), [page(url) for url in old])


def alarms(prometheus: str | None) -> set[str]:
    """The alarms that page somebody and fire now; none without a Prometheus."""
    if not prometheus:
        return set()
    query = quote('ALERTS{alertstate="firing",severity="page"}')
    text = fetched(f"{prometheus.rstrip('/')}/api/v1/query?query={query}")
    if text is None:
        return {"Prometheus does not answer"}
    return {f"{each['metric']['alertname']} fires" for each in json.loads(text)["data"]["result"]}


class Watch:
    """Looks again and again; ``look`` says what broke."""

    def __init__(self, desks: Callable[[], Desks], firing: Callable[[], set[str]]) -> None:
        self._desks, self._firing = desks, firing
        self.then, self._fired = desks(), firing()
        self.now = self.then
        self._ailing: dict[str, int] = {}

    def look(self) -> list[str]:
        """Lines for each objective that broke since the beginning, and each fault that has lasted some looks."""
        self.now = self._desks()
        wrong = ailing(self.now) | (self._firing() - self._fired)
        self._ailing = {each: self._ailing.get(each, 0) + 1 for each in wrong}
        return broken(self.then, self.now) + [each for each, looks in self._ailing.items() if looks >= IN_A_ROW]

    @property
    def handled(self) -> int:
        """Updates that the new release handled since the beginning."""
        if self.now.new is None or self.then.new is None:
            return 0
        return int(since(self.now.new, self.then.new, "gad_updates_handled_total"))


def main() -> int:
    """Watch until the time is over or something breaks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--new", required=True)
    parser.add_argument("--old", required=True, action="append")
    parser.add_argument("--seconds", type=float, default=1800.0)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--at-least", type=int, default=1, help="updates that the new release must have handled")
    parser.add_argument("--prometheus")
    asked = parser.parse_args()
    watch = Watch(lambda: pages(asked.new, asked.old), lambda: alarms(asked.prometheus))
    if watch.then.new is None:
        print("canary: the new release does not answer", file=sys.stderr)
        return 1
    end = time.monotonic() + asked.seconds
    while True:
        time.sleep(min(asked.every, max(end - time.monotonic(), 0)))
        if lines := watch.look():
            print("\n".join(f"canary: {line}" for line in lines), file=sys.stderr)
            return 1
        if time.monotonic() >= end:
            break
    if watch.handled < asked.at_least:
        print(f"canary: it handled {watch.handled} updates: too few to prove anything", file=sys.stderr)
        return 1
    print(f"canary: the objectives held for {asked.seconds:.0f} s, {watch.handled} updates were the new release's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
