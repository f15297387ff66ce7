"""Reads a request: what is not as it is declared ends in a problem that says where."""

import re
from http import HTTPStatus
from typing import Any, TypeVar

from aiohttp import hdrs, web
from msgspec import DecodeError, Struct, ValidationError, convert, json

from core.state.task import id_of
from metrics.api.requests import Nothing
from metrics.problems import trouble

LARGEST_BODY = 64 * 1024
LONGEST_KEY = 255

S = TypeVar("S", bound=Struct)


def read_query(request: web.Request, shape: type[S]) -> S:
    """The query; 422 for a name or a value that it may not have."""
    return _converted(dict(request.query), shape, "query")


async def read_body(request: web.Request, shape: type[S]) -> S:
    """The body, at most ``LARGEST_BODY`` bytes.

    Raises:
        ProblemError: 413 too large, 415 another type, 400 not JSON, 422 another shape.
    """
    if shape is Nothing:
        return shape()
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()
    if hdrs.CONTENT_TYPE in request.headers and request.content_type != "application/json":
        raise trouble(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.")
    body = await request.read()
    if len(body) > LARGEST_BODY:
        raise _too_large()
    try:
        return json.decode(body, type=shape)
    except ValidationError as error:
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, f"The body: {error}.") from error
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise trouble(HTTPStatus.BAD_REQUEST, f"The body is not JSON that can be read: {error}.") from error


def read_code(request: web.Request) -> int:
    """The id of the task that the address names, 0 where it names none.

    Raises:
        ProblemError: 404 no code of a task.
    """
    code = request.match_info.get("code")
    if code is None:
        return 0
    task = id_of(code)
    if task is None:
        raise trouble(HTTPStatus.NOT_FOUND, "A task's code looks like T-000123.")
    return task


def read_key(header: str | None) -> str | None:
    """An idempotency key (the IETF draft "The Idempotency-Key HTTP Header Field").

    Raises:
        ProblemError: 400 too long, empty or not printable.
    """
    if header is None:
        return None
    if not (0 < len(header) <= LONGEST_KEY and header.isascii() and header.isprintable()):
        detail = f"Idempotency-Key takes 1 to {LONGEST_KEY} printable ASCII characters."
        raise trouble(HTTPStatus.BAD_REQUEST, detail)
    return header


def read_version(header: str | None) -> int | None:
    """The version in ``If-Match`` (RFC 9110, 13.1.1), as ``ETag`` gave it; None when any will do.

    Raises:
        ProblemError: 400 no ETag of ours.
    """
    if header is None or header == "*":
        return None
    match = re.fullmatch(r'"([0-9]{1,18})"', header)
    if match is None:
        raise trouble(HTTPStatus.BAD_REQUEST, 'If-Match takes the ETag of one answer, such as "7".')
    return int(match[1])


def _converted(values: dict[str, Any], shape: type[S], where: str) -> S:
    try:
        return convert(values, shape, strict=False)
    except ValidationError as error:
        raise trouble(HTTPStatus.UNPROCESSABLE_ENTITY, f"The {where}: {error}.") from error


def _too_large() -> Exception:
    return trouble(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A body has at most {LARGEST_BODY} bytes.")
