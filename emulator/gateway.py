"""From a token, a method's name and its parameters to an answer: the one way into the Bot API.

https://core.telegram.org/bots/api#making-requests
"""

from collections.abc import Callable, Mapping
from inspect import isawaitable
from typing import Any, TypeAlias

import msgspec

from emulator.calls import CallRecord
from emulator.errors import ApiError, ResponseParameters
from emulator.faults import GARBAGE, cut_after, meet
from emulator.methods import METHODS, Call, Method
from emulator.methods.registry import Upload, chat_key
from emulator.state import World

Reader: TypeAlias = Callable[[Method], msgspec.Struct]
_encode = msgspec.json.Encoder().encode


class _Done(msgspec.Struct, gc=False):
    ok: bool
    result: Any


class _Refused(msgspec.Struct, omit_defaults=True):
    ok: bool
    error_code: int
    description: str
    parameters: ResponseParameters | None = None


async def answer(world: World, token: str, name: str, read: Reader, files: Mapping[str, Upload]) -> tuple[int, bytes]:
    """Carry out one call: the HTTP status and the JSON body.

    Raises:
        Cut: a fault wants the connection cut instead of an answer.
    """
    chat_id: int | str | None = None
    try:
        bot = world.by_token.get(token)
        if bot is None:
            raise ApiError(401, "Unauthorized")
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        name = method.name
        params = read(method)
        chat_id = getattr(params, "chat_id", None)
        if isinstance(chat_id, str):
            chat_id = chat_key(chat_id)
        fault = world.faults.strike(name, chat_id) if len(world.faults) else None
        if fault is not None:
            await meet(fault)
            if fault.kind == "garbage":
                return 200, GARBAGE
        result = method.run(Call(world, bot, files), params)
        if isawaitable(result):
            result = await result
    except ApiError as error:
        world.calls.append(CallRecord(world.now(), name, chat_id, False, error.code))
        return error.code, _encode(_Refused(False, error.code, error.description, error.parameters))
    world.calls.append(CallRecord(world.now(), name, chat_id, True, None))
    if fault is not None:
        cut_after(fault)
    return 200, _encode(_Done(True, result))
