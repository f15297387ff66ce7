"""One call of the Bot API while it is under way: told at its end, with what came of it and how long it took."""

import time
from collections.abc import Callable
from types import TracebackType

from bot.transport.answers import Answer, Broken, NotSent, Taken, Unknown
from metrics.verdicts import TAKEN, verdict_of

# The method, what came of it (`metrics.verdicts`), and seconds.
Tell = Callable[[str, str, float], None]


def untold(method: str, status: str, seconds: float) -> None:
    """Tells nobody."""


class CallCount:
    """A context around a call; the URL ends with its method."""

    def __init__(self, url: str, tell: Tell) -> None:
        self._method = url.rpartition("/")[2]
        self._tell = tell
        self._status = "stumbled"

    def __enter__(self) -> "CallCount":
        self._begun = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        match error:
            case NotSent():
                self._status = "not_sent"
            case Broken():
                self._status = "broken"
            case Unknown():
                self._status = "unknown"
            case _:  # an answer, or a fault of the desk's own
                pass
        self._tell(self._method, self._status, time.perf_counter() - self._begun)

    def answered(self, answer: Answer) -> Answer:
        """Telegram said this; returns it."""
        self._status = TAKEN if isinstance(answer, Taken) else verdict_of(answer.code)
        return answer

    def closed(self, code: int) -> None:
        """The answer had this status."""
        self._status = TAKEN if code < 400 else verdict_of(code)
