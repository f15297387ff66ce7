"""Limits and wake-ups shared by the processes of a desk, over Redis where there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.config.schema import Config
from bot.conversation.canary import Canary
from bot.runtime.clock import SystemClock, Timepiece
from bot.runtime.conditions import Conditions
from bot.runtime.supervisor import Crew
from bot.transport.rate_limits import Limits, Rates
from bot.ui.process_status import Health
from metrics.token_limits import OwnTokenLimits, TokenLimits

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.runtime.wakeups import Wakeups
    from bot.transport.shared_rate_limits import SharedLimits


class Cluster:
    """Wake-ups and limits of one process; ``ring`` wakes its loops. A desk on a file is alone and shares nothing."""

    def __init__(
        self,
        config: Config,
        clock: Timepiece,
        ring: Callable[[], None],
        conditions: Conditions,
        *,
        shared: bool,
        limits: Limits | None,
    ) -> None:
        self._redis: Redis | None = None
        self._shared_limits: SharedLimits | None = None
        most = config.delivery.per_second
        rates = Rates(per_second=most, chat_burst=config.delivery.chat_burst)
        self.limits = limits or (Limits(rates) if most else Limits.lifted())
        self._shared = shared
        if config.redis.url:
            # A desk that is alone needs no driver of it.
            from bot.transport.redis_client import connect  # noqa: PLC0415
            from bot.transport.shared_rate_limits import AHEAD, SharedLimits  # noqa: PLC0415

            self._redis = connect(config.redis.url)
            if limits is None and most:
                # A test that moves the time waits for the work in flight, so that work must not wait for the time.
                moved = not isinstance(clock, SystemClock)
                self._shared_limits = SharedLimits(
                    self._redis,
                    rates,
                    callers_clock=moved,
                    ahead=0.0 if moved else AHEAD,
                    conditions=conditions,
                )
                self.limits = self._shared_limits
        self._wakeups: Wakeups | None = None
        if shared or self._redis is not None:
            from bot.runtime.wakeups import Wakeups  # noqa: PLC0415

            self._wakeups = Wakeups(clock, ring, self._redis)
        self._clock = clock

    @property
    def token_limits(self) -> TokenLimits:
        """Rates of programs: one count for all processes where there is Redis."""
        if self._redis is None:
            return OwnTokenLimits(self._clock)
        from bot.transport.shared_token_limits import SharedTokenLimits  # noqa: PLC0415

        return SharedTokenLimits(self._redis, self._clock)

    @property
    def redis(self) -> Health:
        """State of Redis: ``off``, ``ok`` or ``down``."""
        if self._redis is None:
            return "off"
        return "down" if self._shared_limits is not None and self._shared_limits.away else "ok"

    def tell(self) -> None:
        """Wake the other processes: something was committed that they may be waiting for."""
        if self._wakeups is not None:
            self._wakeups.tell()

    def start(self, crew: Crew, canary: Canary) -> None:
        """Begin to listen to the others and to wake them, and to know which chats are a new release's."""
        if self._shared:
            crew.start("canary", canary.run)
        if self._wakeups is not None and self._shared:
            crew.start("wakeups", self._wakeups.look)
        if self._wakeups is not None and self._redis is not None:
            crew.start("telling", self._wakeups.speak)
            crew.start("hearing", self._wakeups.listen)
        if (limits := self._shared_limits) is not None:
            crew.start("redis", lambda pulse: limits.keep_in_touch(self._clock, pulse))

    async def stop(self) -> None:
        """Let go of the connection; after the crew has stopped."""
        if self._redis is not None:
            await self._redis.aclose()
