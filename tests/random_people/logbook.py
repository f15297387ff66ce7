"""Lines of the log that are not true: an outage that there was not, our own waiting called somebody else's fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tests.random_people.hardships import Span, during

# A statement that was asked as the way was shut is given up ten seconds later, and its connection is made anew.
PATIENCE = timedelta(seconds=12)
_LINE = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (WARNING|ERROR|CRITICAL) (\S+): (.*)$")


class Line(NamedTuple):
    """One line that a process wrote."""

    at: datetime
    who: str
    says: str


def _never(line: Line, spans: Sequence[Span]) -> bool:
    return False


def _server_away(line: Line, spans: Sequence[Span]) -> bool:
    return during(spans, "PostgreSQL", line.at, PATIENCE)


def _limits_away(line: Line, spans: Sequence[Span]) -> bool:
    return during(spans, "Redis", line.at, PATIENCE)


# Each saying of the log, and when it is true.
SAYINGS: dict[str, tuple[re.Pattern[str], Callable[[Line, Sequence[Span]], bool]]] = {
    "the storage is blamed": (re.compile(r"PostgreSQL can't be used|the storage refuses"), _server_away),
    "the limits are said to be away": (re.compile(r"^limits( \(.*\))? is ill"), _limits_away),
    "a loop is called ill": (re.compile(r"^loop( \(.*\))? is ill"), _server_away),
    "the clock is called wrong": (re.compile(r"^clock is ill|clock (jumped|was wrong|was set back)"), _never),
    "our own waiting is an update's fault": (re.compile(r"^update \S+ failed"), _never),
    "work is let fall": (re.compile(r"could not be settled|failed and starts again|can't be acted on"), _never),
}


def untrue(log: str, spans: Sequence[Span]) -> Iterator[str]:
    """Each line that says what was not so."""
    for line in lines(log):
        for what, (saying, is_true) in SAYINGS.items():
            if saying.search(line.says) and not is_true(line, spans):
                yield f"{what}: {line.at:%H:%M:%S} {line.who}: {line.says[:200]}"


def lines(text: str) -> Iterator[Line]:
    """Warnings and errors, without the stacks below them."""
    for found in filter(None, map(_LINE.match, text.splitlines())):
        moment = datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S,%f").astimezone(UTC)
        yield Line(moment, found[3], found[4])
