"""The log for operators: one line an event on the standard error, and never a token in it."""

import logging
import re

# A token as in https://core.telegram.org/bots/api#authorizing-your-bot, wherever it stands.
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{3,}(?=/|\b)")


class WithoutTokens(logging.Formatter):
    """Writes a record with every token blacked out, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("<token>", super().format(record))


def set_up_logging(level: str) -> None:
    """All loggers to the standard error; libraries that tell of every request only when something is wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutTokens("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("httpx", "apscheduler", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
