"""Opening of the storage, before anything works on it."""

import asyncio
import logging
from functools import partial
from pathlib import Path

from bot.config.schema import Config
from bot.config.secrets import know_secrets
from bot.jobs.clock_watch import ClockWatch
from bot.jobs.erasing_again import erase_again
from bot.jobs.leases import take_back
from bot.runtime.clock import Timepiece
from bot.runtime.logs import black_out_records
from bot.transport.desk_rooms import configure_topic
from bot.ui.epoch import Epoch
from core.desk.desk import Desk
from storage.engine.private_files import names, tighten
from storage.engine.store import Store, is_postgresql, sqlite_path
from storage.ops.migrate import confirm, upgrade
from storage.repositories import epoch

log = logging.getLogger(__name__)


async def open_storage(
    config: Config, store: Store, desk: Desk, known: Epoch, clock: Timepiece, watch: ClockWatch
) -> None:
    """Bring the schema up to date, set the clock, learn the epoch, and take back what the last process held.

    Whoever was erased and is here again is put out before anything else happens.

    Raises:
        StorageError: the database can't be used, or is not this desk's.
    """
    know_secrets(config)  # whoever built it may not have read it from a file
    black_out_records()
    await asyncio.to_thread(_close_to_others, config)
    await upgrade(config.storage.url)
    await store.start()
    await store.write(confirm)
    await watch.look()
    now = clock.now()
    await epoch.follow(store, clock.now, known.tell)
    known.tell(await epoch.renew(store, now))
    # On a file every lease is of a process that ended: a file has one.
    await store.write(partial(take_back, now=now, everything=not store.shared))
    await store.write(partial(configure_topic, config.alerts))
    await erase_again(store, desk, config.audit.erased_file)


def _close_to_others(config: Config) -> None:
    """Files that a release before made are as private as those that this one makes."""
    database = None if is_postgresql(config.storage.url) else sqlite_path(config.storage.url)
    backups = Path(config.backup.folder) if config.backup.folder else None
    if open_ones := tighten(database, Path(config.audit.key_file), backups):
        log.warning("readable for other users of this machine, and not ours to change: %s", names(open_ones))
