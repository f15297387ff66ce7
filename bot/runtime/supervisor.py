"""Keeps the loops of the desk running: one that fails is started again; health knows when each was last well.

One that the storage refused is not to blame at once: it waits, and `bot.runtime.outage` says it for all of them.
One that has no good round for longer than its bound is said by its name, whoever is to blame (P13).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.outage import Outage
from bot.runtime.pulse import Pulse
from bot.runtime.reasons import failure
from metrics.blackout import black_out
from storage.engine.errors import StorageError

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=1)
AGAIN = 0.5  # seconds
A_MOMENT = 0.05  # seconds


class Crew:
    """The tasks that run for as long as the desk is open, and the pulse of each."""

    def __init__(self, clock: Timepiece, conditions: Conditions, outage: Outage) -> None:
        self._clock = clock
        self._conditions = conditions
        self._outage = outage
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failing: set[str] = set()
        self._pulses: dict[str, Pulse] = {}

    def start(self, name: str, work: Callable[[Pulse], Awaitable[None]]) -> None:
        """Run ``work`` until `stop`; when it fails, again after a second."""
        pulse = self.judged(name, Pulse(self._clock))
        self._tasks[name] = asyncio.create_task(self._keep(name, work, pulse), name=name)

    def judged(self, name: str, pulse: Pulse) -> Pulse:
        """Judge something that others run by its pulse; returns it."""
        self._pulses[name] = pulse
        return pulse

    def failing(self, name: str) -> bool:
        """Whether it has failed and has not started again."""
        return name in self._failing

    async def runs(self, name: str) -> bool:
        """Whether it was started, and has not been without a good round for too long."""
        if name in self._tasks and not self._pulses[name].well:
            await asyncio.sleep(A_MOMENT)
        return name in self._tasks and self._pulses[name].well

    @property
    def well(self) -> bool:
        """Whether every loop has had the good rounds that it should have had."""
        return all(pulse.well for pulse in self._pulses.values())

    @property
    def lags(self) -> Mapping[str, timedelta]:
        """How long each loop has been without a good round that it should have had."""
        return {name: pulse.lag for name, pulse in self._pulses.items()}

    @property
    def last_good(self) -> Mapping[str, datetime]:
        """When each loop ended its last good round, once it has had one."""
        return {name: pulse.last_good for name, pulse in self._pulses.items() if pulse.last_good is not None}

    async def judge(self, but: Pulse | None = None) -> None:
        """Say of each loop whether it is well; what waits for the storage is said by its outage, once for all.

        ``but`` is left out: whoever judges is in the middle of a round. The loops of a machine that slept come round a
        moment after it wakes.
        """
        if not self.well:
            await asyncio.sleep(A_MOMENT)
        for name, pulse in self._pulses.items():
            if pulse is but or (pulse.waits_for_storage and self._outage.since is not None):
                continue
            if pulse.well:
                self._conditions.well(Condition.LOOP, part=name)
            else:
                why = f" ({pulse.why})" if pulse.why else ""
                self._conditions.ill(
                    Condition.LOOP, f"no good round for {pulse.lag.total_seconds():.0f} s{why}", part=name
                )

    async def stop(self, *names: str) -> None:
        """End these, or all when none is named."""
        ended = names or tuple(self._tasks)
        left = {self._tasks.pop(name) for name in ended if name in self._tasks}
        for name in ended:
            self._pulses.pop(name, None)
        while left:
            for task in left:
                task.cancel()
            # Again and again: a library that is closing a connection may make an error of its own of it.
            _, left = await asyncio.wait(left, timeout=AGAIN)

    async def _keep(self, name: str, work: Callable[[Pulse], Awaitable[None]], pulse: Pulse) -> None:
        never = asyncio.Event()
        while True:
            pulse.begins()
            try:
                return await work(pulse)
            except StorageError as error:  # said once for all of them (`bot.runtime.outage`)
                pulse.fails(black_out(str(error)), storage=True)
            except Exception as error:
                why = failure(error)
                if pulse.why is None:
                    log.exception("%s failed and starts again, each second until it works", name)
                pulse.fails(why)
                self._failing.add(name)
            await self._clock.wait(never, self._clock.now() + PAUSE)
            self._failing.discard(name)
