"""Rates of programs that several processes share over Redis; while it is away each process counts for itself."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.desk.ports import Clock
from metrics.token_limits import OwnTokenLimits, window

PATIENCE = timedelta(seconds=0.5)


class SharedTokenLimits:
    """One count for each token and span of time, which Redis forgets when the span is over."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        self._redis = redis
        self._clock = clock
        self._own = OwnTokenLimits(clock)

    async def wait(self, name: str, calls: int, seconds: int) -> float:
        """Count a call of a token; the seconds until the next may be made, 0 when this one may."""
        number, left = window(self._clock.now(), seconds)
        key = f"gad:token:{name}:{seconds}:{number}"
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()), self._redis.pipeline(transaction=True) as line:
                line.incr(key)
                line.expire(key, 2 * seconds + 1)
                count, _ = await line.execute()
        except (RedisError, OSError, TimeoutError):
            return await self._own.wait(name, calls, seconds)
        return left if count > calls else 0.0
