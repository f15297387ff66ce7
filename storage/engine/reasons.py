"""Why something outside can't be used, in plain words for operators; the error itself is in the debug log."""

import errno
import logging
import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)

NO_WORDS = "something else went wrong; the debug log has it"
_OF_THE_SYSTEM = {
    errno.ECONNREFUSED: "the connection is refused",
    errno.ECONNRESET: "the connection is cut",
    errno.EPIPE: "the connection is cut",
    errno.EHOSTUNREACH: "there is no way to it",
    errno.ENETUNREACH: "there is no way to it",
    errno.ETIMEDOUT: "no answer in time",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.ENOENT: "it is not there",
    errno.EEXIST: "a file stands where a folder should be",
    errno.ENOTDIR: "a file stands where a folder should be",
    errno.EISDIR: "a folder stands where a file should be",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EROFS: "the disk can't be written",
    errno.EIO: "the disk fails",
    errno.EMFILE: "the process has no file left to open",
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
# https://www.sqlite.org/rescode.html#primary_result_code_list
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it",
    sqlite3.SQLITE_PERM: "no permission",
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk fails",
    sqlite3.SQLITE_CORRUPT: "it is no database",
    sqlite3.SQLITE_NOTADB: "it is no database",
}


def words(error: BaseException) -> str | None:
    """The words of this very error, whatever is behind it."""
    state = getattr(error, "sqlstate", None)
    match error:
        case ssl.SSLError():
            return "its certificate is not accepted"
        case socket.gaierror():
            return "the name is not found"
        case sqlite3.Error():
            return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        case OSError() if error.errno in _OF_THE_SYSTEM:
            return _OF_THE_SYSTEM[error.errno]
        case TimeoutError():
            return "no answer in time"
        case ConnectionRefusedError():
            return "the connection is refused"
        case ConnectionError():
            return "the connection is cut"
        case _:  # drivers have errors of their own, told apart by code
            return _OF_POSTGRESQL.get(state) if isinstance(state, str) else None


def reason(
    error: BaseException, words_of: Callable[[BaseException], str | None] = words, otherwise: str = NO_WORDS
) -> str:
    """The first cause that has words of its own; "something else went wrong", or what is said ``otherwise``."""
    log.debug("No answer", exc_info=error)
    return next((found for cause in _causes(error) if (found := words_of(cause)) is not None), otherwise)


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
