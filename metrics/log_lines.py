"""Lines of the log that say what happened, with facts that a program reads: no names, no words, no places."""

import logging
import sys
import traceback
from datetime import datetime, timedelta

from core.desk.ports import Clock

Fact = str | int | float


def tell(log: logging.Logger, what: str, /, **facts: Fact | None) -> None:
    """One line at `info`; a fact that is None or empty is left out."""
    if log.isEnabledFor(logging.INFO):
        there = {name: fact for name, fact in facts.items() if fact is not None and fact != ""}
        log.info("%s", what, extra={"facts": there})


def frames_of(error: BaseException) -> str:
    """Where it was raised, without its text: that may be what a person wrote. Whole at `debug`."""
    if logging.getLogger("bot").isEnabledFor(logging.DEBUG):
        return "".join(traceback.format_exception(error))
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}".rstrip()


class OncePerSpell:
    """Things that fail, each said when it begins to and when it is well again, whatever the number of tries."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._failing: set[str] = set()

    def fails(self, what: str, why: str = "") -> None:
        """Say it, with the error in hand if there is one, unless it is known to fail."""
        if what not in self._failing:
            self._failing.add(what)
            self._log.error("%s failed%s", what, f": {why}" if why else "", exc_info=sys.exc_info()[0] is not None)

    def works(self, what: str) -> None:
        """Say that it is well again, if it failed."""
        if what in self._failing:
            self._failing.discard(what)
            self._log.warning("%s works again", what)


class OncePerMinute:
    """Errors that programs run into: each cause has its traceback once a minute, and what came between is counted.

    The cause is the error's class and the lines that it came through, whoever asked.
    """

    EVERY = timedelta(minutes=1)

    def __init__(self, log: logging.Logger, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._logged_at: dict[str, datetime] = {}
        self._left_out: dict[str, int] = {}

    def fails(self, what: str, error: Exception) -> None:
        """Say it with its traceback, and how often it has happened since it was last said, or count it."""
        now, cause = self._clock.now(), _cause_of(error)
        last = self._logged_at.get(cause)
        if last is not None and last <= now < last + self.EVERY:
            self._left_out[cause] = self._left_out.get(cause, 0) + 1
            return
        more = self._left_out.pop(cause, 0)
        self._logged_at[cause] = now
        self._log.error(
            "%s failed%s", what, f", and {more} times more since the last time" if more else "", exc_info=error
        )


def _cause_of(error: Exception) -> str:
    """The class of an error and the lines that it came through: a driver raises all of its own in one."""
    frames = traceback.extract_tb(error.__traceback__)
    return " ".join([type(error).__qualname__, *(f"{frame.filename}:{frame.lineno}" for frame in frames)])
