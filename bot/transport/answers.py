"""Answers to a call, and what each is worth: only Telegram's own verdict is one (P13).

Between the desk and Telegram stand proxies, portals, balancers and filters, which answer too. A body
``{"ok": false, "error_code": 403, ...}`` is Telegram's verdict on a person or a message. Every other refusal, whatever
its status, says that the way is broken: the message is sent again, and nobody is blamed. A 2xx whose body can't be
read may have been Telegram's, so that one alone leaves in doubt whether the message was taken.
"""

import re
from codecs import BOM_UTF8
from http import HTTPStatus
from math import inf
from typing import Any, Final

import msgspec
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.transport.content_encoding import inflated
from metrics.blackout import quoted_error

# Codes that a refusal of the Bot API can have; a body with another one is not Telegram's.
_CODES = range(400, 600)
# Codes that say something of the message, of its reader, of the pace, or of the token and the method.
_JUDGING = frozenset({400, 401, 403, 404, 429})
_LONGEST_WAIT: Final = 365 * 86_400.0  # seconds; whoever acts on it sets a bound of its own
_IDS = 2**52
_TAKEN_PERHAPS = re.compile(rb'\s*\{\s*"ok"\s*:\s*true')


class NotSent(NetworkError):
    """The request never left this machine, so sending it again can't send it twice.

    No connection, no free place in the pool, or a connection that the peer had closed before the first byte.
    """

    __slots__ = ()


class Broken(NetworkError):
    """Somebody before Telegram answered in its place: the message was not taken, and that is nobody's fault."""

    __slots__ = ()


class Unknown(TimedOut):
    """The request left, and no answer that can be read came back: Telegram may have taken it or not."""

    __slots__ = ()


class Unreadable(Unknown):
    """An answer came that may be Telegram's yes, in a form that can't be read: ``content``."""

    __slots__ = ("content",)

    def __init__(self, message: str, content: bytes = b"") -> None:
        super().__init__(message)
        self.content = content


def no_answer(error: TelegramError) -> str:
    """Why there is no answer of Telegram's, for whoever reads it."""
    match error:
        case NotSent():
            return f"no connection ({error.message})"
        case Unknown():
            return f"no answer ({error.message})"
        case _:  # the open set of what a channel may raise
            return error.message


class Taken(msgspec.Struct, frozen=True):
    """Telegram did what was asked. ``result`` is JSON: an object, a list, or true, by the method."""

    result: Any

    @property
    def message_id(self) -> int | None:
        """The new message, where there is one."""
        number = self.result.get("message_id") if isinstance(self.result, dict) else None
        return number if type(number) is int and 0 < number < _IDS else None


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Telegram said no.

    ``code`` is Telegram's, ``retry_after`` seconds, ``migrate_to`` the id of the supergroup that the chat has become
    (https://core.telegram.org/bots/api#responseparameters).
    """

    code: int
    description: str
    retry_after: float | None = None
    migrate_to: int | None = None

    @property
    def judges(self) -> bool:
        """Whether it is a verdict; any other code (a 5xx, a 409) says only that it did not work this time."""
        return self.code in _JUDGING or self.migrate_to is not None


Answer = Taken | Refused


class _Reply(msgspec.Struct):
    ok: bool
    result: Any = None
    error_code: Any = None
    description: Any = ""
    parameters: Any = None


_read_reply = msgspec.json.Decoder(_Reply).decode


def read_answer(status: int, content: bytes, encoding: str = "") -> Answer:
    """Read what Telegram says in the answer to a call; ``encoding`` is the header Content-Encoding.

    Raises:
        Broken: it is not Telegram's.
        Unreadable: it may be Telegram's, and have taken the message.
    """
    reply = _reply_in(content)
    if reply is None and (plain := inflated(content, encoding)) is not None:
        content = plain
        reply = _reply_in(content)
    if reply is not None:
        if reply.ok and 200 <= status < 300 and reply.result is not None:
            return Taken(reply.result)
        if not reply.ok and type(reply.error_code) is int and reply.error_code in _CODES:
            return _verdict(reply)
    if 200 <= status < 300 and (_TAKEN_PERHAPS.match(content) or _is_binary(content)):
        raise Unreadable("unreadable answer", content)
    raise Broken(f"{status} {_phrase(status)}, and not from Telegram")


def _reply_in(content: bytes) -> _Reply | None:
    try:
        return _read_reply(content.removeprefix(BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _verdict(reply: _Reply) -> Refused:
    parameters = reply.parameters if isinstance(reply.parameters, dict) else {}
    group = parameters.get("migrate_to_chat_id")
    return Refused(
        code=reply.error_code,
        description=quoted_error(reply.description) if isinstance(reply.description, str) else "",
        retry_after=_seconds(parameters.get("retry_after")),
        migrate_to=group if type(group) is int and -_IDS < group < 0 else None,
    )


def _seconds(asked: object) -> float | None:
    if isinstance(asked, bool) or not isinstance(asked, int | float) or not 0 < asked < inf:
        return None
    return min(asked, _LONGEST_WAIT)


def _is_binary(content: bytes) -> bool:
    """Whether no page or text can be this: what is encoded in a way that the desk does not know."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return True
    return "\0" in text


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "of HTTP"
