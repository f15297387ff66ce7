"""Why Telegram, Redis or the storage gave no answer, in plain words for operators; the error is in the debug log."""

from storage.engine import reasons


def reason(error: BaseException) -> str:
    """The first cause that has words of its own; "something else went wrong" for any other."""
    return reasons.reason(error, _words)


def _words(error: BaseException) -> str | None:
    own, status = reasons.words(error), getattr(error, "status", None)
    if own is not None:
        return own
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
