"""How each part of the running desk is, as the side server asks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from metrics.health import PartHealth, Probe
from storage.engine.errors import StorageError
from storage.ops.migrate import still_suits
from storage.queues import write_probe

if TYPE_CHECKING:
    from bot.app import OpenDesk

# A poll waits 25 s for news, and a loop that is alive comes round with it.
SILENCE = timedelta(seconds=90)


def probes(desk: OpenDesk) -> Mapping[str, Probe]:
    """One probe for each part."""

    async def storage() -> PartHealth:
        """What it refuses the others counts too: a full disk still takes what is small."""
        try:
            await desk.store.write(lambda session: write_probe.beat(session, desk.clock.now()))
        except StorageError as error:
            return PartHealth(well=False, detail=str(error))
        return PartHealth(well=desk.outage.trouble is None, detail=desk.outage.trouble or "")

    async def schema() -> PartHealth:
        """It is not to blame for a storage that can't be asked, or not soon."""
        as_it_was = PartHealth(well=True, detail="can't be asked, and was the right one")
        if desk.outage.trouble is not None:
            return as_it_was
        try:
            suits = await desk.store.read(still_suits)
        except StorageError:
            return as_it_was
        return PartHealth(well=suits, detail="" if suits else "not the one that this version needs")

    async def intake() -> PartHealth:
        """Webhooks come when they come; a poller that has not been answered for long, or a worker that fell, is ill."""
        if desk.crew.failing("worker") or desk.crew.failing("poller"):
            return PartHealth(well=False, detail="starts again after a failure")
        return PartHealth(well=True, detail=_ago("last look at what came", desk.worker.last_round, desk.clock.now()))

    async def delivery() -> PartHealth:
        if desk.crew.failing("delivery"):
            return PartHealth(well=False, detail="starts again after a failure")
        return PartHealth(well=True)

    async def telegram() -> PartHealth:
        trouble = desk.poller.trouble or desk.send_results.trouble
        if trouble is not None:
            return PartHealth(well=False, detail=trouble)
        last = desk.poller.last_good
        silent = last is not None and desk.clock.now() - last > SILENCE
        return PartHealth(well=not silent, detail=_ago("last answer", last, desk.clock.now()))

    async def redis() -> PartHealth:
        """Without it each process keeps to a share of the limits, and looks for itself instead of being rung."""
        away = desk.cluster.redis == "down"
        return PartHealth(well=not away, detail="away: a share of the limits is used" if away else "")

    parts = {"storage": storage, "schema": schema, "intake": intake, "delivery": delivery, "telegram": telegram}
    return parts if desk.cluster.redis == "off" else {**parts, "redis": redis}


def _ago(what: str, moment: datetime | None, now: datetime) -> str:
    return f"{what} {(now - moment).total_seconds():.0f} s ago" if moment is not None else ""
