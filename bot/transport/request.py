"""Requests to the Bot API over aiohttp: for python-telegram-bot's methods, and for intake and delivery.

A send that fails can mean two things, and Telegram has no idempotency key to make them one: it never left
(`NotSent`, send it again) or its answer never came (`Unknown`, it may have been taken). What is answered, but not by
Telegram, is `Broken` (`bot.transport.answers`). A URL carries the bot's token, so no error here carries a URL, nor the
aiohttp exception that would.
"""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

import msgspec
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    TCPConnector,
    UploadTracker,
    hdrs,
)
from aiohttp.payload import BytesPayload
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.runtime.reasons import reason
from bot.transport.answers import Answer, Broken, NotSent, Refused, Taken, Unknown, Unreadable, read_answer
from bot.transport.api_call import Upload
from bot.transport.call_count import CallCount, Tell, untold
from bot.transport.content_encoding import LARGEST, inflated
from bot.transport.server_dates import ServerDates

__all__ = ["AiohttpRequest", "Answer", "Broken", "NotSent", "Refused", "Taken", "Unknown", "Unreadable"]

# A body of this many bytes goes to the transport in one write and never waits for the peer to read, so that
# "no byte of it was written" can be believed. Larger ones are given the benefit of the doubt.
_WRITTEN_AT_ONCE = 32 * 1024


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's requests over one pool of aiohttp connections.

    Time-outs are seconds, None for no limit: ``pool_timeout`` and ``connect_timeout`` together for a free place
    in the pool and an open connection, ``read_timeout`` from the last byte sent to the answer's first (and
    between its parts), ``media_write_timeout`` for a whole upload of files (a smaller body is written at once),
    ``body_timeout`` for all parts of an answer: one that drips for ever would hold its message back for as long.
    They are longer than python-telegram-bot's own: giving up early turns a slow answer into an unknown one. ``proxy``
    is the address of one to go through. ``dates`` hears what time Telegram had in its answers, ``called`` of each call.
    """

    __slots__ = (
        "_body_timeout",
        "_media_write_timeout",
        "_pool_size",
        "_proxy",
        "_session",
        "_timeout",
        "_timeouts",
        "called",
        "dates",
    )

    def __init__(
        self,
        *,
        connection_pool_size: int = 256,
        pool_timeout: float | None = 1.0,
        connect_timeout: float | None = 5.0,
        read_timeout: float | None = 20.0,
        media_write_timeout: float | None = 60.0,
        body_timeout: float | None = 10.0,
        proxy: str | None = None,
    ) -> None:
        self._proxy = proxy
        self._pool_size = connection_pool_size
        self._media_write_timeout = media_write_timeout
        self._body_timeout = body_timeout
        self._timeouts = (pool_timeout, connect_timeout, read_timeout)
        self._timeout = _timeout(*self._timeouts, body=body_timeout)
        self._session: ClientSession | None = None
        self.dates = ServerDates()
        self.called: Tell = untold

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
                proxy=self._proxy,
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
            Broken: it was answered, and not by Telegram.
            Unknown: it left and no readable answer came.
        """
        write = self._media_write_timeout if upload else 0.0
        timeout = self._timeout
        if read_timeout is not None or upload:
            pool, connect, read = self._timeouts
            timeout = _timeout(pool, connect, read_timeout or read, write=write, body=self._body_timeout)
        body = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        asked = self.dates.asked()
        document = _with_document(body, upload) if upload else body
        with CallCount(url, self.called) as count:
            response, content = await self._exchange("POST", url, document, timeout)
            answer = count.answered(
                read_answer(response.status, content, response.headers.get(hdrs.CONTENT_ENCODING, ""))
            )
        if asked is not None:
            self.dates.answered(asked, response.headers.getall(hdrs.DATE, []))
        return answer

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
        """See `telegram.request.BaseRequest.do_request`. Raises NotSent, Broken, Unknown as `call` does."""
        asked = (pool_timeout, connect_timeout, read_timeout)
        waits = [
            default if isinstance(given, DefaultValue) else given
            for given, default in zip(asked, self._timeouts, strict=True)
        ]
        with CallCount(url, self.called) as count:
            if request_data is None or not request_data.contains_files:
                parameters = request_data.parameters if request_data else None
                body = msgspec.json.encode(parameters) if parameters else None
                # A file that is fetched may be long on its way.
                whole = None if method == "GET" else self._body_timeout
                answer = await self._exchange(method, url, body, _timeout(*waits, body=whole))
            else:
                write = self._media_write_timeout if isinstance(write_timeout, DefaultValue) else write_timeout
                answer = await self._exchange(
                    method, url, _form(request_data), _timeout(*waits, write=write, body=self._body_timeout)
                )
            code, content = _as_telegram_does(method, *answer)
            count.closed(code)
        return code, content

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
    ) -> tuple[ClientResponse, bytes]:
        """Ask once: the answer, and its body."""
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        data = BytesPayload(body, content_type="application/json") if isinstance(body, bytes) else body
        upload = UploadTracker()
        try:
            response = await self._session.request(
                method, url, data=data, timeout=timeout, allow_redirects=False, upload_tracker=upload
            )
            return response, await _body(response)
        except (ConnectionTimeoutError, ClientConnectorError, ClientHttpProxyError, InvalidURL) as failure:
            raise NotSent(_cause(failure)) from None
        except (ClientError, TimeoutError) as failure:
            # The peer closed a kept connection between our taking it from the pool and our first byte.
            if isinstance(body, bytes) and len(body) <= _WRITTEN_AT_ONCE and not upload.bytes_written:
                raise NotSent(_cause(failure)) from None
            raise Unknown(_cause(failure)) from None


def _as_telegram_does(method: str, response: ClientResponse, content: bytes) -> tuple[int, bytes]:
    """The answer as python-telegram-bot judges it, by its status: Telegram's own, or a file.

    Raises:
        Broken: it is not Telegram's.
        Unreadable: it may be.
    """
    status, encoding = response.status, response.headers.get(hdrs.CONTENT_ENCODING, "")
    if method == "GET" and 200 <= status < 300:
        return status, (inflated(content, encoding) if encoding else None) or content
    match read_answer(status, content, encoding):
        case Taken(result=result):
            return 200, msgspec.json.encode({"ok": True, "result": result})
        case Refused() as no:
            asked = {"retry_after": no.retry_after, "migrate_to_chat_id": no.migrate_to}
            parameters = {name: value for name, value in asked.items() if value is not None}
            body = {"ok": False, "error_code": no.code, "description": no.description, "parameters": parameters}
            return no.code, msgspec.json.encode(body)


async def _body(response: ClientResponse) -> bytes:
    """Read the whole body.

    Raises:
        Unknown: it grows beyond any answer.
    """
    length = response.content_length
    if length is not None and length <= LARGEST:
        return await response.read()
    parts, size = [], 0
    try:
        async for part in response.content.iter_any():
            parts.append(part)
            size += len(part)
            if size > LARGEST:
                raise Unknown("an answer without an end")
    except BaseException:
        response.close()
        raise
    return b"".join(parts)


@lru_cache(maxsize=64)
def _timeout(
    pool: float | None, connect: float | None, read: float | None, *, write: float | None = 0.0, body: float | None
) -> ClientTimeout:
    """Aiohttp has no time-out for writing or for a whole body, so they get one over everything; ``None``: no limit."""
    connected = None if pool is None or connect is None else pool + connect
    parts = [connected, write, read, body]
    total = None if None in parts else sum(part for part in parts if part is not None)
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


def _cause(failure: Exception) -> str:
    """Why it failed, without its text, which may hold the URL; of the address only host and port."""
    why = reason(failure)
    return f"{failure.host}:{failure.port}: {why}" if isinstance(failure, ClientConnectorError) else why
