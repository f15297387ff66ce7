"""Health of each part of the running desk, for the side server."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.metadata import version

from msgspec import Struct

from bot.cluster import Cluster
from bot.conversation.worker import Worker
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.outage import Outage
from bot.runtime.supervisor import Crew
from bot.transport.poller import Poller
from bot.transport.send_results import SendResults
from bot.ui.process_status import ProcessStatus
from metrics.health import PartHealth, Probe
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.ops.migrate import still_suits
from storage.queues import write_probe

# A poll waits 25 s for news, and a loop that is alive comes round with it.
SILENCE = timedelta(seconds=90)
# Conditions of the way to people, the gravest first.
OF_TELEGRAM = (Condition.SENDING, Condition.REACH, Condition.HOLD)


class Parts(Struct, frozen=True, kw_only=True):
    """The parts of the running desk that are probed."""

    clock: Timepiece
    conditions: Conditions
    store: Store
    outage: Outage
    crew: Crew
    worker: Worker
    poller: Poller
    send_results: SendResults
    cluster: Cluster


def probes(desk: Parts) -> Mapping[str, Probe]:
    """One probe for each part."""

    async def storage() -> PartHealth:
        """A refusal that other parts met counts too: a full disk still takes small writes."""
        try:
            await desk.store.write(lambda session: write_probe.probe(session, desk.clock.now()))
        except StorageError as error:
            return PartHealth(well=False, detail=str(error))
        return PartHealth(well=desk.outage.trouble is None, detail=desk.outage.trouble or "")

    async def schema() -> PartHealth:
        """Well while the storage can't be asked: that is the fault of the storage, not of the schema."""
        as_it_was = PartHealth(well=True, detail="can't be asked, and was the right one")
        if desk.outage.trouble is not None:
            return as_it_was
        try:
            suits = await desk.store.read(still_suits)
        except StorageError:
            return as_it_was
        return PartHealth(well=suits, detail="" if suits else "not the one that this version needs")

    async def intake() -> PartHealth:
        """Ill when the worker or the poller fell. Silence alone is no fault: webhooks come when there is news."""
        if desk.crew.failing("worker") or desk.crew.failing("poller"):
            return PartHealth(well=False, detail="starts again after a failure")
        return PartHealth(well=True, detail=_ago("last look at what came", desk.worker.last_round, desk.clock.now()))

    async def delivery() -> PartHealth:
        if desk.crew.failing("delivery"):
            return PartHealth(well=False, detail="starts again after a failure")
        return PartHealth(well=True)

    async def telegram() -> PartHealth:
        trouble = _trouble_with_telegram(desk)
        if trouble is not None:
            return PartHealth(well=False, detail=trouble)
        last = desk.poller.last_good
        silent = last is not None and desk.clock.now() - last > SILENCE
        return PartHealth(well=not silent, detail=_ago("last answer", last, desk.clock.now()))

    async def redis() -> PartHealth:
        """Without Redis each process uses a share of the limits, and polls the queues instead of being woken."""
        away = desk.cluster.redis == "down"
        return PartHealth(well=not away, detail="away: a share of the limits is used" if away else "")

    parts = {"storage": storage, "schema": schema, "intake": intake, "delivery": delivery, "telegram": telegram}
    return parts if desk.cluster.redis == "off" else {**parts, "redis": redis}


def status(desk: Parts, opened_at: datetime) -> ProcessStatus:
    """State that only the running process knows."""
    return ProcessStatus(
        version=version("grupo-gad"),
        uptime=desk.clock.now() - opened_at,
        storage="ok",
        telegram="down" if _trouble_with_telegram(desk) else "ok",
        redis=desk.cluster.redis,
    )


def _trouble_with_telegram(desk: Parts) -> str | None:
    """The first thing that is wrong between the desk and Telegram: health and /estado say the same."""
    if said := desk.poller.trouble or desk.send_results.trouble:
        return said
    known = (desk.conditions.trouble(condition) for condition in OF_TELEGRAM)
    return next((trouble.why for trouble in known if trouble is not None), None)


def _ago(what: str, moment: datetime | None, now: datetime) -> str:
    return f"{what} {(now - moment).total_seconds():.0f} s ago" if moment is not None else ""
