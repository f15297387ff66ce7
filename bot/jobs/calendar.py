"""The jobs that the calendar runs (APScheduler), each with the pulse that health judges."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.clock import Timepiece
from bot.runtime.pulse import Pulse
from bot.runtime.reasons import failure
from bot.runtime.supervisor import Crew

log = logging.getLogger(__name__)

# A backup or a sweep of a large database takes its time.
LONGEST_RUN = timedelta(minutes=30)
LOOK = timedelta(seconds=5)


class Calendar:
    """Runs jobs at intervals. One that was missed runs late rather than never, and once."""

    def __init__(self, clock: Timepiece, crew: Crew) -> None:
        self._clock = clock
        self._crew = crew
        self._every: dict[str, timedelta] = {}
        self._scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True})

    def add(self, name: str, job: Callable[[], Awaitable[object]], every: timedelta) -> None:
        """Run ``job`` every so often; ``name`` is its name in health."""
        pulse = self._crew.judged(name, Pulse(self._clock, longest=LONGEST_RUN))
        pulse.rests(None)
        self._every[name] = every

        async def run() -> None:
            pulse.begins()
            try:
                await job()
            except Exception as error:
                if pulse.why is None:
                    log.exception("%s failed, and is tried again every %.0f s", name, every.total_seconds())
                pulse.fails(failure(error))
            else:
                pulse.rests(None)

        self._scheduler.add_job(run, "interval", seconds=every.total_seconds(), id=name)

    def start(self) -> None:
        """Begin; from now on health says when the calendar stands still."""
        self._scheduler.start()
        self._crew.start("calendar", self._keep_time)
        self._crew.judged("calendar", _Turning(self._clock, self._scheduler))

    def stop(self) -> None:
        """Run nothing more."""
        self._scheduler.shutdown(wait=False)

    async def _keep_time(self, pulse: Pulse) -> None:
        """Follow the machine's clock when somebody sets it: the scheduler sleeps for what it said before."""
        never = asyncio.Event()
        while True:
            self.follow(datetime.now(UTC))
            next_look = self._clock.now() + LOOK
            pulse.rests(next_look)
            await self._clock.wait(never, next_look)

    def follow(self, now: datetime) -> None:
        """Run what is due by this clock; no job is further away than its interval."""
        jobs = [job for job in self._scheduler.get_jobs() if job.next_run_time is not None]
        for job in jobs:
            if job.next_run_time > now + self._every[job.id]:
                job.modify(next_run_time=now + self._every[job.id])
        if any(job.next_run_time < now for job in jobs):
            self._scheduler.wakeup()


class _Turning(Pulse):
    """Pulse of the scheduler itself, which goes by the machine's clock: a job that should have begun and has not."""

    def __init__(self, clock: Timepiece, scheduler: AsyncIOScheduler) -> None:
        super().__init__(clock)
        self._scheduler = scheduler

    @property
    def lag(self) -> timedelta:
        if not self._scheduler.running:
            if self._since is None:
                self.begins()
            return super().lag
        self.rests(None)
        due = [job.next_run_time for job in self._scheduler.get_jobs() if job.next_run_time is not None]
        return max(datetime.now(UTC) - min(due), timedelta(0)) if due else timedelta(0)
