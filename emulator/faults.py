"""Faults on demand: what can go wrong between a bot and Telegram, set by a test or by a chaos run."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from http import HTTPStatus
from typing import Literal, assert_never

from msgspec import Struct, field

from emulator.errors import ApiError, conflict, forbidden, too_many_requests

GARBAGE = b"<html><body><h1>It works!</h1></body></html>"
Kind = Literal[
    "status", "timeout", "slow", "reset_before", "reset_after", "garbage", "proxy", "gzip", "torn", "drop_updates"
]


class Fault(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """One thing that goes wrong.

    - ``status``: answers ``code`` (with ``retry_after`` seconds, if given) and does nothing.
    - ``timeout``: never answers and does nothing.
    - ``slow``: does it ``seconds`` later.
    - ``reset_before``, ``reset_after``: cuts the connection before or after the effect.
    - ``garbage``: answers 200 with a page that is no JSON, and does nothing.
    - ``proxy``: something before Telegram answers ``code`` with ``body`` and ``headers``, and does nothing.
    - ``gzip``: does it, and the answer comes compressed though nobody asked for that.
    - ``torn``: does it, and half of the answer comes, as if that were all.
    - ``drop_updates``: the next ``times`` updates never reach the bot's queue.

    It touches calls of ``method`` (any, when None; ``send*`` for all that begin so) to ``chat_id`` (any, when None),
    lets the first ``after`` of them pass, then strikes ``times`` times (None: until it is taken away), each with
    probability ``chance``, and for ``lasts`` seconds at most.
    """

    kind: Kind
    code: int = 502
    retry_after: int | None = None
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 1.0
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    after: int = 0
    chance: float = 1.0
    lasts: float | None = None
    until: float | None = None


class Faults:
    """The faults in force, oldest first."""

    def __init__(self, now: Callable[[], float] = time.time, seed: int = 0) -> None:
        self._now = now
        self._faults: list[Fault] = []
        self._dice = random.Random(seed)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def __len__(self) -> int:
        return len(self._faults)

    def add(self, fault: Fault) -> Fault:
        if fault.lasts is not None:
            fault.until = self._now() + fault.lasts
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, chat_id: int | str | None) -> Fault | None:
        """The fault that this call meets, used up by one; None when it goes well."""
        self._faults = [fault for fault in self._faults if fault.until is None or self._now() < fault.until]
        for fault in self._faults:
            if fault.kind != "drop_updates" and _touches(fault, method, chat_id) and self._spend(fault):
                return fault
        return None

    def swallows_update(self) -> bool:
        """Whether the update that is being made is lost."""
        return any(fault.kind == "drop_updates" and self._spend(fault) for fault in tuple(self._faults))

    def _spend(self, fault: Fault) -> bool:
        if fault.after > 0:
            fault.after -= 1
            return False
        if fault.chance < 1.0 and self._dice.random() >= fault.chance:
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.remove(fault)
        return True


def _touches(fault: Fault, method: str, chat_id: int | str | None) -> bool:
    right_method = fault.method is None or fnmatchcase(method.lower(), fault.method.lower())
    return right_method and (fault.chat_id is None or fault.chat_id == chat_id)


class Cut(Exception):
    """The connection is to be cut without an answer."""


async def meet(fault: Fault) -> None:
    """Act out the part of a fault that comes before the call has any effect.

    Raises:
        ApiError: the fault is an answer.
        Cut: the connection goes.
    """
    match fault.kind:
        case "status":
            raise _status(fault)
        case "timeout":
            await asyncio.Event().wait()  # until the client goes: the server then cancels the handler
        case "slow":
            await asyncio.sleep(fault.seconds)
        case "reset_before":
            raise Cut
        case "reset_after" | "garbage" | "proxy" | "gzip" | "torn" | "drop_updates":
            pass
        case _:
            assert_never(fault.kind)


def cut_after(fault: Fault) -> None:
    """Raise Cut when the fault loses the answer to a call that was carried out."""
    if fault.kind == "reset_after":
        raise Cut


def _status(fault: Fault) -> ApiError:
    match fault.code:
        case 429:
            return too_many_requests(fault.retry_after or 1)
        case 403:
            return forbidden("bot was blocked by the user")
        case 409:
            return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        case code:
            return ApiError(code, HTTPStatus(code).phrase)
