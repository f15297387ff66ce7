"""Whether the desk is well: each part is asked, at the same time and for a bounded time."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from metrics.blackout import black_out
from metrics.log_lines import OncePerSpell
from metrics.shared_answer import SharedAnswer

log = logging.getLogger(__name__)

# Without these no update is taken and no message leaves. Telegram may be away: the desk waits for it.
REQUIRED = frozenset({"storage", "schema", "intake", "delivery"})
PATIENCE = timedelta(seconds=2)


class PartHealth(Struct, frozen=True, kw_only=True):
    """The state of one part; ``detail`` says in a few words what is wrong, or what is worth knowing."""

    well: bool
    detail: str = ""


Probe = Callable[[], Awaitable[PartHealth]]


class Status(StrEnum):
    """All is well; something that the desk can do without is not; or the desk can't work."""

    WELL = "well"
    DEGRADED = "degraded"
    DOWN = "down"


class Part(Struct, frozen=True, kw_only=True):
    """One line of the report; ``ms`` is how long its probe took, in milliseconds."""

    well: bool
    required: bool
    detail: str
    ms: float


class Report(Struct, frozen=True, kw_only=True):
    """The state of all parts."""

    parts: dict[str, Part]

    @property
    def ready(self) -> bool:
        """Whether every required part is well."""
        return all(part.well for part in self.parts.values() if part.required)

    @property
    def status(self) -> Status:
        """The worst that is said of the whole."""
        if not self.ready:
            return Status.DOWN
        return Status.WELL if all(part.well for part in self.parts.values()) else Status.DEGRADED


class Health:
    """Asks the parts. A required one that nobody can ask is not well."""

    def __init__(self, probes: Mapping[str, Probe], *, patience: timedelta = PATIENCE) -> None:
        missing = sorted(REQUIRED - probes.keys())
        self._probes = {**probes, **dict.fromkeys(missing, _nobody_to_ask)}
        self._patience = patience
        self._report = SharedAnswer(self._ask_all)
        self._broken = OncePerSpell(log)

    async def report(self) -> Report:
        """Ask all at once; comes back within ``patience`` and never raises.

        Whoever comes meanwhile gets the same answer: the pages are open to anybody, and a probe has its cost.
        """
        return await self._report.get()

    async def _ask_all(self) -> Report:
        parts = await asyncio.gather(*(self._ask(name, probe) for name, probe in self._probes.items()))
        return Report(parts=dict(zip(self._probes, parts, strict=True)))

    async def _ask(self, name: str, probe: Probe) -> Part:
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                health = await probe()
        except TimeoutError:
            health = PartHealth(well=False, detail=f"no answer within {self._patience.total_seconds():g} s")
        except Exception:  # noqa: BLE001 - the log has it, once
            self._broken.fails(f"the probe of {name}")
            health = PartHealth(well=False, detail="it can't be asked; the log says why")
        else:
            self._broken.works(f"the probe of {name}")
        took = round((time.perf_counter() - begun) * 1000, 2)
        return Part(well=health.well, required=name in REQUIRED, detail=black_out(health.detail), ms=took)


async def _nobody_to_ask() -> PartHealth:
    return PartHealth(well=False, detail="nobody looks after it")
