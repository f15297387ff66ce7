"""Reading a call's parameters, however they came: JSON, form, query string or multipart.

https://core.telegram.org/bots/api#making-requests
"""

import re
from typing import Any

import msgspec

from emulator.errors import ApiError, bad_request
from emulator.methods.registry import Method

_AT = re.compile(r"at `\$\.([a-z_]+)")
_MISSING = re.compile(r"missing required field `([a-z_]+)`")
_SENTENCES = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}


def read_json(method: Method, body: bytes) -> msgspec.Struct:
    """The parameters from a JSON body; nested ones may be JSON text inside JSON, as Telegram allows.

    Raises:
        ApiError: 400 when it is no JSON object, or a parameter is missing or can't be read.
    """
    try:
        params: msgspec.Struct = method.decode(body or b"{}")
        return params
    except msgspec.ValidationError:
        pass
    except msgspec.DecodeError as error:
        raise bad_request("can't parse JSON object in the request body") from error
    fields = msgspec.json.decode(body)
    if not isinstance(fields, dict):
        raise bad_request("object expected as request body")
    return read_fields(method, fields)


def read_fields(method: Method, fields: dict[str, Any]) -> msgspec.Struct:
    """The parameters from named values, most of them texts.

    Raises:
        ApiError: 400 when a required one is missing or one can't be read.
    """
    ready = {name: _value(method, name, value) for name, value in fields.items() if value is not None}
    try:
        return msgspec.convert(ready, method.params, strict=False)
    except msgspec.ValidationError as error:
        raise _refusal(str(error)) from error


def _value(method: Method, name: str, value: Any) -> Any:
    if name in method.nested and isinstance(value, str):
        try:
            return msgspec.json.decode(value.encode())
        except msgspec.DecodeError as error:
            raise bad_request(f"can't parse {_words(name)} JSON object") from error
    if name in method.texts and not isinstance(value, str):
        return msgspec.json.encode(value).decode()
    return value


def _refusal(problem: str) -> ApiError:
    missing = _MISSING.search(problem)
    place = _AT.search(problem)
    if missing and not place:
        name = missing[1]
        return bad_request(_SENTENCES.get(name, f'parameter "{name}" is required'))
    where = _words(place[1]) if place else "request"
    return bad_request(f"can't parse {where}: {problem}")


def _words(name: str) -> str:
    return "reply keyboard markup" if name == "reply_markup" else name
