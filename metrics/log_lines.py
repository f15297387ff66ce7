"""Lines of the log that say what happened, with facts that a program reads: no names, no words, no places."""

import logging
import sys
import traceback

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
