"""The log for operators: one line an event on the standard error, and never a secret in it (`metrics.blackout`)."""

import logging

from metrics.blackout import LONGEST, black_out


class WithoutTokens(logging.Formatter):
    """Writes a record with every secret blacked out, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return black_out(super().format(record))


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


def set_up_logging(level: str) -> None:
    """All loggers to the standard error; libraries that tell of every request only when something is wrong."""
    black_out_records()
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutTokens("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("httpx", "apscheduler", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def set_level(level: str) -> None:
    """Let the root logger have another level."""
    logging.getLogger().setLevel(level.upper())
