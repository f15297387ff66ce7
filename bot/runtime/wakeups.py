"""Wake-ups between processes: a process that commits something wakes the others, and none relies on being woken.

Every loop looks for itself at least once in ``EVERY``, so that what a dead process would have seen to is seen to by
another (P8: within a second).
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=1)
CHANNEL = "{gad}:bells"
GATHER = 0.02  # seconds: what is committed together rings once
PAUSE = timedelta(seconds=1)


class Wakeups:
    """Rings this process's own loops by calling ``ring``; without Redis by the clock alone."""

    def __init__(self, clock: Timepiece, ring: Callable[[], None], redis: Redis | None = None) -> None:
        self._clock = clock
        self._ring = ring
        self._redis = redis
        self._something = asyncio.Event()

    def tell(self) -> None:
        """There is something that another process may be waiting for."""
        self._something.set()

    async def look(self, pulse: Pulse) -> None:
        """Ring by the clock, until cancelled."""
        never = asyncio.Event()
        while True:
            next_look = self._clock.now() + EVERY
            pulse.rests(next_look)
            await self._clock.wait(never, next_look)
            self._ring()

    async def speak(self, pulse: Pulse) -> None:
        """Tell the others, until cancelled."""
        assert self._redis is not None
        while True:
            pulse.rests(None)
            await self._something.wait()
            self._something.clear()
            pulse.begins()
            with suppress(RedisError, OSError, TimeoutError):  # they look for themselves
                await self._redis.publish(CHANNEL, "")
            await asyncio.sleep(GATHER)

    async def listen(self, pulse: Pulse) -> None:
        """Ring when another process tells, until cancelled."""
        assert self._redis is not None
        never = asyncio.Event()
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(CHANNEL)
                    while True:
                        pulse.rests(None)
                        if await heard.get_message(timeout=10) is not None:
                            self._ring()
            except (RedisError, OSError, TimeoutError) as error:
                log.info("nobody is heard (%s)", type(error).__name__)
                pulse.rests(None)  # without Redis the loops look by the clock: `bot.cluster` says that it is away
            await self._clock.wait(never, self._clock.now() + PAUSE)
