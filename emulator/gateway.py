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
from emulator.proxy_answers import Reply, compressed
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


async def answer(world: World, token: str, name: str, read: Reader, files: Mapping[str, Upload]) -> Reply:
    """Carry out one call: the HTTP answer, with a JSON body.

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
                return Reply(200, GARBAGE)
            if fault.kind == "proxy":
                return Reply(fault.code, fault.body.encode(), fault.headers)
        result = method.run(Call(world, bot, files), params)
        if isawaitable(result):
            result = await result
    except ApiError as error:
        world.calls.append(CallRecord(world.now(), name, chat_id, False, error.code))
        return Reply(error.code, _encode(_Refused(False, error.code, error.description, error.parameters)))
    world.calls.append(CallRecord(world.now(), name, chat_id, True, None))
    if fault is not None:
        cut_after(fault)
    reply = Reply(200, _encode(_Done(True, result)))
    if fault is not None and fault.kind == "torn":
        return Reply(200, reply.body[: len(reply.body) // 2])
    return compressed(reply) if fault is not None and fault.kind == "gzip" else reply
