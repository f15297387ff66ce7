"""Telegram's limits, kept by many processes together (P6): Redis counts, one script and one round trip a message.

A message that may not leave at once but within ``AHEAD`` gets that place and waits for it, so that under a backlog no
place is left empty between one process's question and the next one's. Without Redis each process keeps to a share that
is safe however the others do, and after a change from one to the other it waits until what the others sent is past.
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec.structs import replace
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.runtime.clock import SystemClock, Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.pulse import Pulse
from bot.runtime.reasons import failure
from bot.transport.holds import LONGEST_HOLD, PROBE
from bot.transport.lately import LONGEST, Lately, Start, any_lost
from bot.transport.rate_limits import AT_ONCE, GAP, MARGIN, Limits, Rates
from bot.transport.redis_answers import answered, read_counts, read_place
from core.vocabulary.words import Lane

log = logging.getLogger(__name__)

SCRIPT = (Path(__file__).parent / "shared_rate_limits.lua").read_text("utf-8")
AHEAD = 0.08  # seconds: two places of 28 in a second
SHARE = 4  # so many processes, at least, share what is let out without Redis
LOOK_AWAY = timedelta(seconds=1)
ALIVE, ASK_AGAIN = 15.0, 5.0  # seconds; the second: what others lifted meanwhile is not waited for
METHOD_HELD, TOO_LONG, IN_PART, APART = 2, 4, "part:", "apart"  # as the script says it


class SharedLimits(Limits):
    """Limits over a Redis server.

    The time is the server's, so that all processes have the same; with ``callers_clock`` it is the caller's. ``ahead``:
    how far, in seconds, a place that is granted may be.
    """

    def __init__(
        self,
        redis: Redis,
        rates: Rates | None = None,
        *,
        callers_clock: bool = False,
        ahead: float = AHEAD,
        conditions: Conditions | None = None,
    ) -> None:
        super().__init__(rates)
        self._redis = redis
        self._script = redis.register_script(SCRIPT)
        self._callers_clock = callers_clock
        self._ahead = ahead
        self._me, self._numbers = uuid4().hex, count()
        self._processes = 1
        self._alone = self._share()
        self._lately = Lately()
        self._memory = ""
        self._apart_until = 0.0
        self._probing: set[tuple[int, str]] = set()
        self._conditions = conditions or Conditions(SystemClock())
        self._telling: set[asyncio.Task[None]] = set()
        self.away = False

    def ready_at(self, chat_id: int | None, lane: Lane, now: float, method: str = "") -> float:
        """As in a single process; of what others sent it knows what the last answer said."""
        if self.away:
            return self._alone.ready_at(chat_id, lane, now, method)
        at = max(
            super().ready_at(chat_id, lane, now, method),
            self._free[lane is Lane.EMERGENCY or self.owes] - self._ahead / 2,
        )
        return at if chat_id is None else max(at, now)

    def _begin(self) -> None:
        super()._begin()
        self._free = {True: 0.0, False: 0.0}  # a clock that was set back: what Redis said is of the wrong hour

    def start(self, chat_id: int, lane: Lane, now: float, method: str = "") -> None:
        """Count a message that left."""
        super().start(chat_id, lane, now, method)
        self._alone.start(chat_id, lane, now, method)

    def owes_nothing(self) -> None:
        """There is nothing else than emergencies."""
        super().owes_nothing()
        self._alone.owes_nothing()

    async def reserve(self, chat_id: int, lane: Lane, now: float, method: str = "") -> tuple[float, bool]:
        """When a message may leave, and whether that place is its own now; then it leaves at that moment."""
        asked = Start(f"{self._me}:{next(self._numbers)}", chat_id, lane, now, method)
        if self.away:
            at, granted = await self._alone.reserve(chat_id, lane, now, method)
        elif now < self._apart_until and (at := self._ready_apart(chat_id, lane, now, method)) > now:
            return at, False
        else:
            try:
                at, granted = await self._ask(asked)
            except (RedisError, OSError, TimeoutError) as error:
                self._lose(now, error)
                return self._alone.ready_at(chat_id, lane, now, method), False
        if granted:
            self._lately.add(asked._replace(at=at), now)
            if self.away:
                super().start(chat_id, lane, at, method)
            else:
                self.start(chat_id, lane, at, method)
        return at, granted

    def hold_chat(self, chat_id: int, until: float, method: str = "") -> None:
        """A 429 named this chat: every process waits."""
        super().hold_chat(chat_id, until, method)
        self._alone.hold_chat(chat_id, until, method)
        self._tell(self._set_hold(self._held_key(chat_id, method), until))

    def hold_all(self, until: float) -> None:
        """A 429 named the bot: every process waits."""
        super().hold_all(until)
        self._alone.hold_all(until)
        self._tell(self._set_hold(self._key("held"), until))

    def lift(self, chat_id: int, method: str) -> None:
        """Telegram took such a message: a hold that it probed is over, for every process."""
        super().lift(chat_id, method)
        self._alone.lift(chat_id, method)
        if (chat_id, method) in self._probing:
            self._probing.discard((chat_id, method))
            self._free = {True: 0.0, False: 0.0}
            keys = [self._key("held"), self._key("held", chat_id), self._held_key(chat_id, method)]
            self._tell(self._forget_holds(keys))

    async def keep_in_touch(self, clock: Timepiece, pulse: Pulse) -> None:
        """Say that this process lives, count the others, and come back to Redis when it is back; until cancelled."""
        never = asyncio.Event()
        while True:
            pulse.begins()
            now = clock.now().timestamp()
            try:
                await self._be_counted(now)
                if self.away:
                    await self._come_back(now)
            except (RedisError, OSError, TimeoutError) as error:
                self._lose(now, error)
            next_look = clock.now() + LOOK_AWAY
            pulse.rests(next_look)
            await clock.wait(never, next_look)

    def _lose(self, now: float, error: Exception) -> None:
        if self.away:
            return
        self._conditions.ill(Condition.LIMITS, f"Redis is away ({failure(error)}): a share of the limits is used")
        self.away = True
        self._keep_to_a_share(now)
        # The others may just have used a whole second of the bot's.
        self._alone.hold_all(now + MARGIN)

    async def _come_back(self, now: float) -> None:
        await self._tell_again(now)
        self.away = False
        self._conditions.well(Condition.LIMITS)

    async def _tell_again(self, now: float) -> None:
        """Redis has forgotten what left, or never heard of it: it is told, and the bot's second waited out."""
        super().hold_all(now + MARGIN)
        notified: set[str] = set()
        # Calls that leave meanwhile have to be told too.
        while left := [start for start in self._lately.within(now) if start.name not in notified]:
            for start in left:
                await self._ask(start, left=True)
                notified.add(start.name)

    async def _be_counted(self, now: float) -> None:
        async with self._redis.pipeline(transaction=False) as line:
            line.zadd(self._key("processes"), {self._me: now})
            line.zremrangebyscore(self._key("processes"), 0, now - ALIVE)
            line.zcard(self._key("processes"))
            line.zrange(self._key("kept"), -1, -1)
            sent = self._lately.in_groups(now)
            for chat in sent:
                line.zrange(self._key("starts", chat), 0, -1)
            self._processes, memory, there = read_counts(await answered(line.execute()))
        if self.away or not self._memory:
            return
        lost = any_lost(sent.values(), there, full=self._rates.group_per_minute)
        if lost or memory != [self._memory]:
            await self._forgotten(now, "".join(memory))
        elif self._apart_until <= now:
            self._conditions.well(Condition.LIMITS)

    async def _forgotten(self, now: float, memory: str) -> None:
        """Redis forgot what left, and is told. A second is waited out; for a minute its word alone is no proof."""
        self._memory = memory
        left = self._lately.within(now)
        if left and (memory.startswith(IN_PART) or any(start.chat < 0 for start in left)):
            self._conditions.ill(
                Condition.LIMITS, "Redis forgot a part of what was sent: a share of the limits is used"
            )
            self._apart_until = now + LONGEST
            self._keep_to_a_share(now)
        await self._tell_again(now)

    def _ready_apart(self, chat: int, lane: Lane, now: float, method: str) -> float:
        """When it may leave: an emergency trusts Redis for its chat, and has a share of the bot's second."""
        return self._alone.ready_at(None if lane is Lane.EMERGENCY else chat, lane, now, method)

    def _keep_to_a_share(self, now: float) -> None:
        """Keep to a share, of which what left counts, but for a group's place for an emergency."""
        self._alone = share = self._share()
        for start in self._lately.newest(now, share.for_others_in_group):
            share.start(start.chat, start.lane, start.at)

    def _share(self) -> Limits:
        among, rates = max(self._processes, SHARE), self._rates
        return Limits(
            replace(
                rates,
                per_second=max(rates.per_second // among, 2),
                chat_burst=1,
                chat_kept=0,
                group_per_minute=max(rates.group_per_minute // among, 2),
                group_kept=1,
            )
        )

    async def _ask(self, start: Start, *, left: bool = False) -> tuple[float, bool]:
        chat, now = start.chat, start.at
        keys = [*map(self._key, ("starts", "pace", "held"))]
        keys += [*(self._key(of_chat, chat) for of_chat in ("debt", "held", "starts")), self._key("kept")]
        keys += [self._held_key(chat, start.method)]
        shared = now if left or self._callers_clock else ""
        asked = [shared, self._urgency(start.lane), int(left), start.name, self._ahead, *self._numbers_of(chat)]
        known = APART if (apart := now < self._apart_until) and start.lane is Lane.EMERGENCY else self._memory
        answer = await answered(self._script(keys, [*asked, known, LONGEST_HOLD, PROBE, AT_ONCE, GAP]))
        granted, after, urgent_after, after_that, memory, held = read_place(answer)
        if left or not self._memory:
            self._memory = memory
        elif memory != self._memory and not apart:  # apart, the next look is soon enough
            await self._forgotten(now, memory)
        if not left:
            most = ASK_AGAIN * 1e6
            self._free = {True: now + min(urgent_after, most) / 1e6, False: now + min(after_that, most) / 1e6}
            self._note_holds(start, held, granted=bool(granted), until=now + after / 1e6)
        return now + after / 1e6, bool(granted)

    def _urgency(self, lane: Lane) -> int:
        """1 for an emergency, 2 for what has the place after a row of them."""
        return 1 if lane is Lane.EMERGENCY else 2 * self.owes

    def _note_holds(self, start: Start, held: int, *, granted: bool, until: float) -> None:
        """Note what Redis keeps of holds, whose ever: a probe that goes, a method that waits, one too long."""
        if granted and held:
            self._probing.add((start.chat, start.method))
        elif held & METHOD_HELD:
            super().hold_chat(start.chat, until, start.method)
        if held & TOO_LONG:
            why = f"Redis held messages back for more than {LONGEST_HOLD:.0f} s; they are tried again before"
            self._conditions.ill(Condition.HOLD, why, part="redis")
        elif not held:
            self._conditions.well(Condition.HOLD, part="redis")

    def _numbers_of(self, chat_id: int) -> list[Any]:
        rates = self._rates
        every = 1.0 / (rates.per_second - rates.per_second_kept)
        spacing = [every, every * 0.25]
        chat = [MARGIN, MARGIN * (rates.chat_burst - 1), MARGIN * rates.kept_of_chat]
        group = [int(chat_id < 0), rates.group_per_minute, rates.group_kept]
        return [rates.per_second, rates.per_second_kept, *spacing, *chat, *group, MARGIN]

    def _tell(self, news: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(news)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _set_hold(self, key: str, until: float) -> None:
        try:
            await self._redis.set(key, f"{until:.6f}", px=int(LONGEST_HOLD * 1000))
            if self._newest > 0:
                await self._redis.set(f"{key}:probe", f"{self._newest + PROBE:.6f}", px=int(LONGEST_HOLD * 1000))
        except (RedisError, OSError, TimeoutError):
            log.debug("the others could not be told to hold back")

    async def _forget_holds(self, keys: list[str]) -> None:
        try:
            await self._redis.delete(*keys, *(f"{key}:probe" for key in keys))
        except (RedisError, OSError, TimeoutError):
            log.debug("the others could not be told that a hold is over; it ends by itself")

    def _held_key(self, chat_id: int, method: str) -> str:
        return f"{self._key('held', chat_id)}:{method}" if method else self._key("held", chat_id)

    def _key(self, what: str, chat_id: int | None = None) -> str:
        return f"{{gad}}:{what}" if chat_id is None else f"{{gad}}:{what}:{chat_id}"
