"""Why something outside gave no answer, in plain words for operators; the error itself is in the debug log."""

import errno
import logging
import socket
import sqlite3
import ssl
from collections.abc import Iterator

log = logging.getLogger(__name__)

_OF_THE_SYSTEM = {
    errno.ECONNREFUSED: "the connection is refused",
    errno.ECONNRESET: "the connection is cut",
    errno.EPIPE: "the connection is cut",
    errno.EHOSTUNREACH: "there is no way to it",
    errno.ENETUNREACH: "there is no way to it",
    errno.ETIMEDOUT: "no answer in time",
    errno.EACCES: "no permission",
    errno.ENOENT: "it is not there",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_OF_POSTGRESQL = {
    "28000": "the user is not let in",
    "28P01": "the password is refused",
    "3D000": "there is no such database",
    "42501": "the user may not do that",
    "53300": "it has no connection left",
    "57P03": "it is still starting",
}
_NO_DATABASE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def reason(error: BaseException) -> str:
    """The first cause that has words of its own; "something else went wrong" for any other."""
    log.debug("No answer", exc_info=error)
    for cause in _causes(error):
        words = _words(cause)
        if words is not None:
            return words
    return "something else went wrong; the debug log has it"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what is behind it: the first one that failed comes last, several at once follow each other."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        several = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        # A driver's own error is kept beside the wrapper's: SQLAlchemy's `orig`, aiohttp's `os_error`.
        inner = [getattr(one, name, None) for name in ("os_error", "orig")]
        found = [each for each in inner if isinstance(each, BaseException)]
        waiting += [*found, *several, one.__cause__, one.__context__]


def _words(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    status = getattr(error, "status", None)
    match error:
        case ssl.SSLError():
            return "its certificate is not accepted"
        case socket.gaierror():
            return "the name is not found"
        case sqlite3.Error() if getattr(error, "sqlite_errorcode", None) in _NO_DATABASE:
            return "it is no database"
        case OSError() if error.errno in _OF_THE_SYSTEM:
            return _OF_THE_SYSTEM[error.errno]
        case TimeoutError():
            return "no answer in time"
        case _:  # drivers and clients have errors of their own, told apart by code or by name
            pass
    if isinstance(state, str) and state in _OF_POSTGRESQL:
        return _OF_POSTGRESQL[state]
    if isinstance(status, int) and status:
        return f"something before it answers {status}"
    return _OF_LIBRARIES.get(type(error).__name__)


# Their modules are not loaded where nothing uses them: Redis is an extra.
_OF_LIBRARIES = {
    "AuthenticationError": "the password is refused",
    "DecodeError": "the answer is not Telegram's",
    "InvalidURL": "that is no address",
    "InvalidUrlClientError": "that is no address",
    "ServerDisconnectedError": "the connection is cut",
    "ServerTimeoutError": "no answer in time",
    "ValidationError": "the answer is not Telegram's",
}
