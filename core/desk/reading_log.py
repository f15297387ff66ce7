"""Record of who looked at people (P15): one event for each reader and kind within some minutes.

The record isn't drowned by whoever leafs through pages, and one reading in many costs a write.
"""

from datetime import UTC, datetime, timedelta

from core.desk.ports import Clock, Record, Repository, UnitOfWork
from core.rules.permissions import Caller
from core.vocabulary.desk_events import LookedUp, Reading

WINDOW = timedelta(minutes=5)
REMEMBERED = 10_000  # readers of the last minutes that a process knows without asking
_EPOCH = datetime.fromtimestamp(0, UTC)


class ReadingLog:
    """Notes readings, each before its answer is given."""

    def __init__(self, units: UnitOfWork, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._noted: set[str] = set()

    async def note(self, what: Reading, caller: Caller) -> None:
        """Somebody looks at this; the same within the same minutes is known already, in whichever process."""
        now = self._clock.now()
        key = f"read:{caller.id or 0}:{caller.via}:{what.value}:{(now - _EPOCH) // WINDOW}"
        if key in self._noted:
            return
        person = caller.id if what is Reading.OWN_DATA else None
        event = Record(at=now, event=LookedUp(what=what), by=caller.id, via=caller.via, person=person)

        async def unit(repository: Repository) -> None:
            if await repository.recall(key) is None:
                await repository.remember(key, b"", now)
                await repository.record([event])

        await self._units.write(unit)
        if len(self._noted) >= REMEMBERED:
            self._noted.clear()
        self._noted.add(key)
