"""Numbers of the running process for a scrape: its loops, its borders, its holds, the webhook, backups and disks."""

import asyncio
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bot.cluster import Cluster
from bot.config.schema import Config
from bot.jobs.backups import Backups
from bot.jobs.dumps import newest_dump
from bot.runtime.clock import Timepiece
from bot.runtime.conditions import Condition, Conditions
from bot.runtime.supervisor import Crew
from bot.transport.webhook_watch import WebhookWatch
from metrics.process import Backups as BackupState
from metrics.process import Disk, Process
from storage.engine.store import is_postgresql, sqlite_path


class Numbered(Protocol):
    """The parts of the running desk that have numbers: the open desk itself."""

    @property
    def config(self) -> Config:
        """The configuration that holds."""

    clock: Timepiece
    conditions: Conditions
    crew: Crew
    cluster: Cluster
    webhook_watch: WebhookWatch
    backups: Backups


async def process_numbers(desk: Numbered) -> Process:
    """Read them; nothing is written, and the disks are asked beside the loop."""
    ill = {condition: desk.conditions.trouble(condition) for condition in Condition}
    return Process(
        lags=desk.crew.lags,
        last_good=desk.crew.last_good,
        conditions={condition: trouble.since if trouble else None for condition, trouble in ill.items()},
        holds=desk.cluster.limits.held(desk.clock.now().timestamp()),
        webhook=desk.webhook_watch.told,
        backups=await asyncio.to_thread(_backups, desk),
        disks=await asyncio.to_thread(_disks, desk.config),
        limit=desk.config.delivery.per_second,
    )


def _backups(desk: Numbered) -> BackupState | None:
    """None where the desk makes none by itself, and no dump of its database was ever put into the folder."""
    every, config = desk.backups.every, desk.config
    if every is not None:
        return BackupState(newest=desk.backups.newest, every=every)
    dumped = newest_dump(Path(config.backup.folder)) if config.backup.folder else None
    return BackupState(newest=dumped, every=config.backup.every) if dumped is not None else None


def _disks(config: Config) -> Mapping[str, Disk]:
    folders = {} if is_postgresql(config.storage.url) else {"storage": sqlite_path(config.storage.url).parent}
    if config.backup.folder:
        folders["backups"] = Path(config.backup.folder)
    found: dict[str, Disk] = {}
    for name, folder in folders.items():
        with suppress(OSError):  # the folder of backups is made with the first one
            usage = shutil.disk_usage(folder)
            found[name] = Disk(free=usage.free, size=usage.total)
    return found
