"""Requests to the Bot API over aiohttp: for python-telegram-bot's methods, and for intake and delivery.

A send that fails can mean two things, and Telegram has no idempotency key to make them one: it never left
(`NotSent`, send it again) or its answer never came (`Unknown`, it may have been taken). A URL carries the
bot's token, so no error here carries a URL, nor the aiohttp exception that would.
"""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any

import msgspec
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    TCPConnector,
    UploadTracker,
)
from aiohttp.payload import BytesPayload
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.api_call import Upload

# A body of this many bytes goes to the transport in one write and never waits for the peer to read, so that
# "no byte of it was written" can be believed. Larger ones are given the benefit of the doubt.
_WRITTEN_AT_ONCE = 32 * 1024


class NotSent(NetworkError):
    """The request never left this machine, so sending it again can't send it twice.

    No connection, no free place in the pool, or a connection that the peer had closed before the first byte.
    """

    __slots__ = ()


class Unknown(TimedOut):
    """The request left, and no answer that can be read came back: Telegram may have taken it or not."""

    __slots__ = ()


class Taken(msgspec.Struct, frozen=True):
    """Telegram did what was asked. ``result`` is JSON: an object, a list, or true, by the method."""

    result: Any


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Telegram, or a proxy before it, said no.

    ``code`` is the HTTP status or Telegram's own, ``retry_after`` seconds, ``migrate_to`` the id of the
    supergroup that the chat has become (https://core.telegram.org/bots/api#responseparameters).
    """

    code: int
    description: str
    retry_after: float | None = None
    migrate_to: int | None = None


Answer = Taken | Refused


class _Parameters(msgspec.Struct):
    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class _Reply(msgspec.Struct):
    ok: bool
    result: Any = None
    error_code: int | None = None
    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


_read_reply = msgspec.json.Decoder(_Reply).decode


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's requests over one pool of aiohttp connections.

    Time-outs are seconds, None for no limit: ``pool_timeout`` and ``connect_timeout`` together for a free place
    in the pool and an open connection, ``read_timeout`` from the last byte sent to the answer's first (and
    between its parts), ``media_write_timeout`` for a whole upload of files (a smaller body is written at once).
    They are longer than python-telegram-bot's own: giving up early turns a slow answer into an unknown one.
    """

    __slots__ = ("_media_write_timeout", "_pool_size", "_session", "_timeout", "_timeouts")

    def __init__(
        self,
        *,
        connection_pool_size: int = 256,
        pool_timeout: float | None = 1.0,
        connect_timeout: float | None = 5.0,
        read_timeout: float | None = 20.0,
        media_write_timeout: float | None = 60.0,
    ) -> None:
        self._pool_size = connection_pool_size
        self._media_write_timeout = media_write_timeout
        self._timeouts = (pool_timeout, connect_timeout, read_timeout)
        self._timeout = _timeout(*self._timeouts)
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts[2]

    async def initialize(self) -> None:
        """Open the pool; does nothing when it is open."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._pool_size, ttl_dns_cache=300),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT, "Accept-Encoding": "identity"},
                auto_decompress=False,
            )

    async def shutdown(self) -> None:
        """Close every connection; what is in flight ends as `Unknown`."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(
        self,
        url: str,
        payload: bytes | Mapping[str, Any],
        *,
        read_timeout: float | None = None,
        upload: Upload | None = None,
    ) -> Answer:
        """POST a method's parameters (JSON, or what becomes JSON) and return what Telegram says.

        ``read_timeout`` replaces the default for this call: a long poll waits longer. ``upload`` is its document.

        Raises:
            NotSent: it never left.
            Unknown: it left and no readable answer came.
        """
        timeout = self._timeout if read_timeout is None else _timeout(*self._timeouts[:2], read_timeout)
        body = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        status, content = await self._exchange("POST", url, _with_document(body, upload) if upload else body, timeout)
        try:
            reply = _read_reply(content)
        except msgspec.DecodeError:
            if 200 <= status < 300:
                raise Unknown("unreadable answer") from None
            return Refused(code=status, description=_phrase(status))
        if reply.ok:
            return Taken(reply.result)
        return Refused(
            code=reply.error_code or status,
            description=reply.description,
            retry_after=reply.parameters.retry_after,
            migrate_to=reply.parameters.migrate_to_chat_id,
        )

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `telegram.request.BaseRequest.do_request`. Raises NotSent, Unknown as `call` does."""
        asked = (pool_timeout, connect_timeout, read_timeout)
        waits = [
            default if isinstance(given, DefaultValue) else given
            for given, default in zip(asked, self._timeouts, strict=True)
        ]
        if request_data is None or not request_data.contains_files:
            parameters = request_data.parameters if request_data else None
            body = msgspec.json.encode(parameters) if parameters else None
            return await self._exchange(method, url, body, _timeout(*waits))
        write = self._media_write_timeout if isinstance(write_timeout, DefaultValue) else write_timeout
        return await self._exchange(method, url, _form(request_data), _timeout(*waits, write=write))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """See `telegram.request.BaseRequest.parse_json_payload`.

        Raises:
            Unknown: the answer isn't JSON.
        """
        try:
            return msgspec.json.decode(payload, type=dict[str, Any])
        except msgspec.DecodeError:
            raise Unknown("unreadable answer") from None

    async def _exchange(
        self, method: str, url: str, body: bytes | FormData | None, timeout: ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        data = BytesPayload(body, content_type="application/json") if isinstance(body, bytes) else body
        upload = UploadTracker()
        try:
            response = await self._session.request(
                method, url, data=data, timeout=timeout, allow_redirects=False, upload_tracker=upload
            )
            return response.status, await response.read()
        except (ConnectionTimeoutError, ClientConnectorError, InvalidURL) as failure:
            raise NotSent(_cause(failure)) from None
        except (ClientError, TimeoutError) as failure:
            # The peer closed a kept connection between our taking it from the pool and our first byte.
            if isinstance(body, bytes) and len(body) <= _WRITTEN_AT_ONCE and not upload.bytes_written:
                raise NotSent(_cause(failure)) from None
            raise Unknown(_cause(failure)) from None


@lru_cache(maxsize=64)
def _timeout(
    pool: float | None, connect: float | None, read: float | None, *, write: float | None = None
) -> ClientTimeout:
    """Aiohttp has no time-out for writing, so an upload gets one over everything."""
    connected = None if pool is None or connect is None else pool + connect
    total = None if write is None or connected is None or read is None else connected + write + read
    return ClientTimeout(total=total, connect=connected, sock_read=read)


def _form(data: RequestData) -> FormData:
    form = FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime_type) in data.multipart_data.items():
        # Bytes would be written in one go, however many; a file is written in parts.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=file_name, content_type=mime_type)
    return form


def _with_document(parameters: bytes, upload: Upload) -> FormData:
    """Move a document into the form (https://core.telegram.org/bots/api#sending-files)."""
    form = FormData()
    for name, value in msgspec.json.decode(parameters, type=dict[str, Any]).items():
        form.add_field(name, value if isinstance(value, str) else msgspec.json.encode(value).decode())
    form.add_field("document", upload.text.encode(), filename=upload.file_name, content_type="text/plain")
    return form


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"HTTP {status}"


def _cause(failure: Exception) -> str:
    """The failure's name, without its text, which may hold the URL; a connector's names only host and port."""
    kind = type(failure).__name__
    return f"{kind}: {failure}" if isinstance(failure, ClientConnectorError) else kind
