"""The two forms of a line of the log: for people, and JSON for programs. Neither has a secret in it."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import json

from core.vocabulary.causes import cause_now
from metrics.blackout import black_out

_encoder = json.Encoder()


def _facts(record: logging.LogRecord) -> Mapping[str, object]:
    facts = getattr(record, "facts", None)
    return facts if isinstance(facts, dict) else {}


def _stack(record: logging.LogRecord) -> str:
    """Where an error was raised, of one whose text stays out of the log."""
    stack = getattr(record, "stack", "")
    return stack if isinstance(stack, str) else ""


class WithoutTokens(logging.Formatter):
    """Writes a record with every secret blacked out, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return black_out(super().format(record))


class ForPeople(WithoutTokens):
    """One line: when, how grave, where, by what cause, what, and its facts."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line before a traceback."""
        cause = cause_now()
        facts = "".join(f" {name}={fact}" for name, fact in _facts(record).items())
        stack = f"\n{_stack(record)}" if _stack(record) else ""
        return f"{super().formatMessage(record)}{facts}{f' id={cause}' if cause else ''}{stack}"


class ForPrograms(WithoutTokens):
    """One object of JSON in a line: ``at``, ``level``, ``logger``, ``event``, ``id``, the facts, and ``error``."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if cause := cause_now():
            line["id"] = cause
        line |= {name: fact for name, fact in _facts(record).items() if name not in line}
        if record.exc_info:
            line["error"] = record.exc_text or self.formatException(record.exc_info)
        elif stack := _stack(record):
            line["error"] = stack
        return black_out(_encoder.encode(line).decode())
