"""The log for operators: one line an event on the standard error, and never a secret in it (`metrics.blackout`)."""

import logging
from typing import Literal

from bot.runtime.log_format import ForPeople, ForPrograms
from metrics.blackout import LONGEST, black_out

Form = Literal["text", "json"]
ROOMS = ("bot", "core", "storage", "metrics")


class _Discreet(logging.LogRecord):
    """A record without a secret, for whatever handler and formatter somebody puts behind it."""

    _traceback: str | None = None

    def getMessage(self) -> str:  # noqa: N802 - logging's name
        return black_out(super().getMessage())

    @property
    def exc_text(self) -> str | None:
        """The traceback as every formatter writes it; a line of somebody else's error may be as long as its answer."""
        if self._traceback is None and self.exc_info and self.exc_info[0] is not None:
            lines = black_out(logging.Formatter().formatException(self.exc_info)).splitlines()
            self._traceback = "\n".join(line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in lines)
        return self._traceback

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._traceback = text


def black_out_records() -> None:
    """Let every record of this process be without a secret, before there is a handler and whoever brings one."""
    logging.setLogRecordFactory(_Discreet)


def set_up_logging(level: str, *, form: Form = "text", libraries: str = "warning") -> None:
    """Everything to the standard error: the desk from ``level`` on, libraries from ``libraries`` on.

    A library says at `debug` what it does with each row, with the words of people in it: only if it is asked to.
    """
    black_out_records()
    handler = logging.StreamHandler()
    handler.setFormatter(ForPrograms() if form == "json" else ForPeople())
    logging.basicConfig(level=libraries.upper(), handlers=[handler], force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level.upper())
