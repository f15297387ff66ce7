"""Looks every few seconds at what may silence the desk: its loops, and how long emergencies wait (P13)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never

from bot.jobs.admin_notices import AdminNotices
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import BOUNDS, Condition, Conditions
from bot.runtime.outage import Outage
from bot.runtime.pulse import Pulse
from bot.runtime.supervisor import Crew
from core.queries.emergency_waits import EmergencyWait, WaitingFor, oldest
from core.queries.queries import Queries

EVERY = timedelta(seconds=5)
LATE = timedelta(seconds=1)
# Below the bound within which it is said, with a look of somebody who asks health just before it to spare.
LONGEST_WAIT = BOUNDS[Condition.WAITING].said_within - timedelta(seconds=2)
# These say what a wait may come from; a person or a group that can't be reached holds up nobody else.
NO_CAUSE = frozenset({Condition.WAITING, Condition.REACH, Condition.GROUP})


class Watchman:
    """Judges, says it in the ledger, and has the administrators told.

    ``held`` tells whether due times wait for what was sent before them, which has a bound of its own, or did until now.
    A desk that was closed for an hour says that an emergency waited only if it still does after their turn.
    """

    def __init__(
        self,
        clock: Timepiece,
        conditions: Conditions,
        crew: Crew,
        outage: Outage,
        queries: Queries,
        notices: AdminNotices,
        held: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clock = clock
        self._conditions = conditions
        self._crew = crew
        self._outage = outage
        self._queries = queries
        self._notices = notices
        self._held = held

    async def run(self, pulse: Pulse) -> None:
        """Look, and look again soon, or when a condition changes; until cancelled."""
        # The loops that have just begun have their first round, and what was due meanwhile is acted on.
        next_look = begins = self._clock.now() + EVERY
        await self._clock.wait(self._conditions.changed, next_look)
        while True:
            pulse.begins()
            # One that comes late itself would judge the others before they woke: the machine slept, or was stopped.
            on_time = self._clock.now() - next_look < LATE
            if on_time:
                await self._crew.judge(but=pulse)
            self._conditions.lapse()
            await self._notices.round()
            next_look = self._clock.now() + EVERY
            if on_time and self._clock.now() >= begins:
                wait = await self.emergencies()
                if wait is not None and wait.since + LONGEST_WAIT > self._clock.now():
                    next_look = min(next_look, wait.since + LONGEST_WAIT)
            pulse.rests(next_look)
            await self._clock.wait(self._conditions.changed, next_look)

    async def emergencies(self) -> EmergencyWait | None:
        """Ask the database how long the oldest emergency has waited for its next sound; said when it is too long.

        Raises:
            StorageError: it can't be asked.
        """
        now = self._clock.now()
        wait = oldest(await self._queries.emergency_waits(), now)
        held = wait is not None and wait.at is WaitingFor.TIMER and self._held()
        if wait is not None and now - wait.since >= LONGEST_WAIT and not held:
            self._conditions.ill(Condition.WAITING, self._why(wait, now))
        else:
            self._conditions.well(Condition.WAITING)
        return wait

    def _why(self, wait: EmergencyWait, now: datetime) -> str:
        seconds = (now - wait.since).total_seconds()
        causes = [
            f"{trouble.condition}{f' ({trouble.part})' if trouble.part else ''}: {trouble.why}"
            for trouble in self._conditions.all()
            if trouble.condition not in NO_CAUSE
        ]
        if not causes and wait.at is WaitingFor.MESSAGE and (said := self._conditions.refusal) is not None:
            causes.append(f"Telegram said {said}")
        if self._outage.trouble is not None:
            causes.insert(0, self._outage.trouble)
        return (
            f"an emergency has waited {seconds:.0f} s: {_step(wait.at)}; {'; '.join(causes) or 'nothing else is ill'}"
        )


def _step(step: WaitingFor) -> str:
    match step:
        case WaitingFor.UPDATE:
            return "what somebody sent is not handled"
        case WaitingFor.TIMER:
            return "its due time has passed"
        case WaitingFor.NO_TIMER:
            return "nothing is due for it any more"
        case WaitingFor.MESSAGE:
            return "its message has not left"
        case _:
            assert_never(step)
