"""Updates that wait for a bot, in order, kept until the bot confirms them.

https://core.telegram.org/bots/api#getting-updates
"""

import asyncio
import re
from collections import deque
from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from emulator.errors import ApiError

LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_REMEMBERED = 10_000
_KIND = re.compile(rb'\{\s*"(?!update_id")(\w+)"')
_encode = msgspec.json.Encoder().encode


class _Chat(msgspec.Struct):
    id: int


class _Message(msgspec.Struct):
    chat: _Chat | None = None


class _Query(msgspec.Struct):
    message: _Message | None = None


class _Glimpse(msgspec.Struct):
    """Just enough of an update to know its chat."""

    message: _Message | None = None
    edited_message: _Message | None = None
    channel_post: _Message | None = None
    callback_query: _Query | None = None
    my_chat_member: _Message | None = None


_glimpse = msgspec.json.Decoder(_Glimpse).decode


class Pending(NamedTuple):
    """One update; ``rest`` is its JSON after ``{"update_id":1``; ``chat`` is the chat whose order it keeps."""

    update_id: int
    rest: bytes
    chat: int | None

    def json(self) -> bytes:
        return b'{"update_id":%d%b' % (self.update_id, self.rest)


class UpdateQueue:
    """The queue of one bot, read by polling or drained by a webhook."""

    def __init__(self) -> None:
        self.waiting: deque[Pending] = deque()
        self.allowed: list[str] = []
        self._waiter: asyncio.Future[None] | None = None
        self._again: deque[Pending] = deque()
        self._made: dict[int, Pending] = {}
        self._last_id = 0

    def __len__(self) -> int:
        return len(self._again) + len(self.waiting)

    def put(self, kind: str, thing: object, chat: int | None = None) -> int | None:
        """Queue an update of this kind and say its id; None when the bot did not ask for the kind.

        Which kinds a bot gets is decided here, when the update is made: a later ``allowed_updates`` changes nothing
        about what already waits.
        """
        if kind not in self.allowed if self.allowed else kind in LEFT_OUT_BY_DEFAULT:
            return None
        return self._append(b',"%b":%b}' % (kind.encode(), _encode(thing)), chat)

    def put_raw(self, update: dict[str, Any]) -> int:
        """Queue any JSON object as it is, whatever is in it; only its ``update_id`` is ours."""
        rest = {key: value for key, value in update.items() if key != "update_id"}
        body = _encode(rest)
        return self._append(b"," + body[1:] if rest else body[1:], _chat_of(body))

    def put_text(self, rest: bytes) -> int:
        """Queue an update as it is written, JSON or not: what follows its number, without the last bracket."""
        return self._append(b",%b}" % rest, None)

    def put_many(self, updates: Iterable[msgspec.Raw]) -> int:
        """Queue updates given as JSON text without ``update_id``. Returns how many.

        Raises:
            ValueError: one of them is no such object.
        """
        bodies = [bytes(raw).strip() for raw in updates]
        if not all(_KIND.match(body) for body in bodies):
            raise ValueError("an update is a JSON object that begins with its kind and has no update_id")
        for body in bodies:
            self._append(b"," + body[1:], _chat_of(body))
        return len(bodies)

    def put_again(self, update_id: int) -> None:
        """Deliver an update once more under the same id, before whatever waits.

        Raises:
            LookupError: no such update is remembered (the last 10,000 are).
        """
        if update_id not in self._made:
            raise LookupError(f"update {update_id} was never made, or too long ago")
        self._again.append(self._made[update_id])
        self._wake()

    def begin_anew(self, first: int) -> None:
        """The next update gets this number, which may be lower than all before it: a week has passed without any."""
        self._last_id = first - 1

    def confirm(self, offset: int) -> None:
        """Forget every update before `offset`; a negative one keeps just that many of the last.

        One far beyond all numbers confirms nothing: it is left from before they began anew.
        """
        waiting = self.waiting
        if offset > self._last_id + 1:
            return
        if offset < 0:
            while len(waiting) > -offset:
                waiting.popleft()
            return
        while waiting and waiting[0].update_id < offset:
            waiting.popleft()

    def read(self, limit: int) -> list[Pending]:
        """The oldest updates, left in place; those delivered again go out once and first."""
        if not self._again:
            return list(islice(self.waiting, limit))
        again = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        return again + list(islice(self.waiting, limit - len(again)))

    def take(self) -> Pending | None:
        """The oldest update, removed."""
        if self._again:
            return self._again.popleft()
        return self.waiting.popleft() if self.waiting else None

    def put_back(self, updates: Iterable[Pending]) -> None:
        """Return updates that were taken, in order of id, to the front."""
        self.waiting.extendleft(reversed(list(updates)))

    def clear(self) -> None:
        self._again.clear()
        self.waiting.clear()

    async def wait(self, seconds: float | None) -> None:
        """Wait until something is queued, or as long as said (real time, whatever the world's clock).

        Raises:
            ApiError: somebody else has taken the place of the waiting reader (`end_wait`).
        """
        if self:
            return
        self._waiter = waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            pass
        finally:
            if self._waiter is waiter:
                self._waiter = None

    @property
    def is_awaited(self) -> bool:
        """Whether a reader waits."""
        return self._waiter is not None

    def end_wait(self, reason: ApiError) -> None:
        """End the wait of the reader, if one waits, with this error."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(reason)
        self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _append(self, rest: bytes, chat: int | None) -> int:
        self._last_id += 1
        pending = Pending(self._last_id, rest, chat)
        self.waiting.append(pending)
        self._made[pending.update_id] = pending
        self._made.pop(pending.update_id - _REMEMBERED, None)
        self._wake()
        return pending.update_id


def _chat_of(body: bytes) -> int | None:
    try:
        seen = _glimpse(body)
    except msgspec.DecodeError:
        return None
    message = seen.message or seen.edited_message or seen.channel_post or seen.my_chat_member
    if message is None and seen.callback_query:
        message = seen.callback_query.message
    return message.chat.id if message and message.chat else None
