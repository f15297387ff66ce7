"""Health of each part of the running desk, for the side server."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Protocol

from bot.cluster import Cluster
from bot.conversation.worker import Worker
from bot.jobs.reloads import Reloads
from bot.jobs.watchman import Watchman
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.outage import Outage
from bot.runtime.reasons import failure
from bot.runtime.supervisor import Crew
from bot.transport.identity import Identity
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
# Conditions of the way to and from Telegram, the gravest first.
OF_TELEGRAM = (Condition.IDENTITY, Condition.SENDING, Condition.UPDATES, Condition.REACH, Condition.HOLD)


class Parts(Protocol):
    """The parts of the running desk that are probed: the open desk itself."""

    clock: Timepiece
    conditions: Conditions
    store: Store
    outage: Outage
    crew: Crew
    watchman: Watchman
    worker: Worker
    poller: Poller
    identity: Identity
    send_results: SendResults
    cluster: Cluster
    reloads: Reloads


def probes(desk: Parts) -> Mapping[str, Probe]:
    """One probe for each part; the first asks how long the oldest emergency has waited, and why (P13)."""
    return {**_of_emergencies(desk), **_of_storage(desk), **_of_work(desk), **_of_borders(desk), **_of_itself(desk)}


def _of_emergencies(desk: Parts) -> Mapping[str, Probe]:
    """The first question of health, answered by the database."""

    async def emergencies() -> PartHealth:
        """As it was while the storage can't be asked: that is the fault of the storage, and said there, once."""
        said = "can't be asked while the storage refuses"
        try:
            if desk.outage.trouble is None:
                wait = await desk.watchman.emergencies()
                said = _ago("the oldest began to wait", wait.since if wait is not None else None, desk.clock.now())
        except StorageError as error:
            said = f"can't be asked ({error})"
        except Exception as error:  # noqa: BLE001 - the watchman meets it too, and its loop logs it once
            return PartHealth(well=False, detail=f"can't be asked ({failure(error)})")
        trouble = desk.conditions.trouble(Condition.WAITING)
        return PartHealth(well=trouble is None, detail=trouble.why if trouble is not None else said)

    return {"emergencies": emergencies}


def _of_storage(desk: Parts) -> Mapping[str, Probe]:
    """The database and its schema."""

    async def storage() -> PartHealth:
        """A refusal that other parts met counts too: a full disk still takes small writes."""
        try:
            await desk.store.write(write_probe.probe)
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

    return {"storage": storage, "schema": schema}


def _of_work(desk: Parts) -> Mapping[str, Probe]:
    """The loops, and what stands still without them."""

    async def intake() -> PartHealth:
        """Ill when nothing is taken or handled. Silence alone is no fault: webhooks come when there is news."""
        refused = desk.conditions.trouble(Condition.IDENTITY)
        if refused is not None:
            return PartHealth(well=False, detail=refused.why)
        if desk.crew.failing("worker") or desk.crew.failing("poller"):
            return PartHealth(well=False, detail="starts again after a failure")
        if not await desk.crew.runs("worker"):
            return PartHealth(well=False, detail="nothing is handled")
        return PartHealth(well=True, detail=_ago("last look at what came", desk.worker.last_round, desk.clock.now()))

    async def delivery() -> PartHealth:
        if desk.crew.failing("delivery"):
            return PartHealth(well=False, detail="starts again after a failure")
        runs = await desk.crew.runs("delivery")
        return PartHealth(well=runs, detail="" if runs else "nothing is sent")

    async def loops() -> PartHealth:
        await desk.crew.judge()
        return _said_of(desk.conditions, Condition.LOOP)

    return {"intake": intake, "delivery": delivery, "loops": loops}


def _of_borders(desk: Parts) -> Mapping[str, Probe]:
    """Everything outside that may silence the desk."""

    async def telegram() -> PartHealth:
        trouble = _trouble_with_telegram(desk)
        if trouble is not None:
            return PartHealth(well=False, detail=trouble)
        last = desk.poller.last_good
        silent = last is not None and desk.clock.now() - last > SILENCE
        return PartHealth(well=not silent, detail=_ago("last answer", last, desk.clock.now()))

    async def clock() -> PartHealth:
        return _said_of(desk.conditions, Condition.CLOCK)

    async def reach() -> PartHealth:
        """The group for alerts, and people: those who get nothing."""
        return _said_of(desk.conditions, Condition.GROUP, Condition.REACH)

    async def limits() -> PartHealth:
        return _said_of(desk.conditions, Condition.LIMITS)

    async def redis() -> PartHealth:
        """Without Redis each process uses a share of the limits, and polls the queues instead of being woken."""
        away = desk.cluster.redis == "down"
        return PartHealth(well=not away, detail="away: a share of the limits is used" if away else "")

    parts = {"telegram": telegram, "clock": clock, "reach": reach, "limits": limits}
    return parts if desk.cluster.redis == "off" else {**parts, "redis": redis}


def _of_itself(desk: Parts) -> Mapping[str, Probe]:
    """The configuration: whether the file that is there now was taken, and what of it waits for a restart."""

    async def configuration() -> PartHealth:
        if desk.reloads.trouble is not None:
            return PartHealth(well=False, detail=f"an older one holds: {desk.reloads.trouble}")
        waiting = ", ".join(desk.reloads.waiting)
        return PartHealth(well=True, detail=f"in use only after a restart: {waiting}" if waiting else "")

    return {"configuration": configuration}


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
    if said := desk.poller.trouble or desk.send_results.trouble or desk.identity.why:
        return said
    known = (desk.conditions.trouble(condition) for condition in OF_TELEGRAM)
    return next((trouble.why for trouble in known if trouble is not None), None)


def _said_of(conditions: Conditions, *about: Condition) -> PartHealth:
    """Well while none of these is ill; else all of them, the oldest first."""
    ill = [trouble for trouble in conditions.all() if trouble.condition in about]
    said = [f"{trouble.part}: {trouble.why}" if trouble.part else trouble.why for trouble in ill]
    return PartHealth(well=not ill, detail="; ".join(said))


def _ago(what: str, moment: datetime | None, now: datetime) -> str:
    return f"{what} {(now - moment).total_seconds():.0f} s ago" if moment is not None else ""
