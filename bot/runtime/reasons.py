"""Why something failed, in plain words for whoever reads health, a chat or a command's answer.

The name of an error's class says nothing to them: it is for the log alone.
"""

import re

from core.desk.ports import Unavailable
from metrics.blackout import quoted_error
from storage.engine import reasons

OWN_FAULT = "a fault of the desk's own, see the log"
_CLASS = re.compile(r"\b(?:\w+\.)*\w*(?:Error|Exception|Warning)\b")


def reason(error: BaseException) -> str:
    """The first cause that has words of its own; "something else went wrong" for any other."""
    return reasons.reason(error, _words)


def failure(error: BaseException) -> str:
    """Why a part of the desk failed: the first cause that has words of its own, or that the fault is the desk's.

    Of that the error's text is told, which tells one fault from another. Whoever asks has logged the error itself.
    """
    text = quoted_error(_CLASS.sub("an error", str(error)))
    return reasons.reason(error, _words, f"{OWN_FAULT} ({text})" if text else OWN_FAULT)


def _words(error: BaseException) -> str | None:
    own, status = reasons.words(error), getattr(error, "status", None)
    if own is not None:
        return own
    if isinstance(error, Unavailable):
        return str(error)  # one line for the operator already
    if isinstance(status, int) and status:
        return f"something before it answers {status}"
    first = str(error).split(" ", 1)[0]
    kinds = (_OF_LIBRARIES.get(kind.__name__) for kind in type(error).__mro__)
    return _OF_REDIS.get(first) or next(filter(None, kinds), None)


# The first word of an answer for which its library has no class.
_OF_REDIS = {"MISCONF": "the server can't write to its disk", "max": "it has no connection left"}
# Their modules are not loaded where nothing uses them: Redis is an extra.
_OF_LIBRARIES = {
    "AskError": "it is one server of a cluster, and refers to another",
    "AuthenticationError": "the password is refused",
    "BusyLoadingError": "the server is still reading its data",
    "ClusterDownError": "the server's cluster is down",
    "ClientPayloadError": "the answer is cut off",
    "DecodeError": "the answer is not Telegram's",
    "InvalidResponse": "its answers are not Redis's",
    "InvalidURL": "that is no address",
    "InvalidUrlClientError": "that is no address",
    "MasterDownError": "its master is away",
    "NoPermissionError": "the server does not let this user do it",
    "OutOfMemoryError": "the server's memory is full",
    "ReadOnlyError": "the server is a replica and takes no writes",
    "ResponseError": "the server refuses it",
    "ServerDisconnectedError": "the connection is cut",
    "ServerTimeoutError": "no answer in time",
    "ValidationError": "the answer is not Telegram's",
}
