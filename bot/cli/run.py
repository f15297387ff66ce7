"""``gad run``: the desk, open until SIGTERM or SIGINT; at SIGHUP it reads its configuration again."""

import asyncio
import gc
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Protocol

from bot.app import OpenDesk
from bot.config.schema import Config
from bot.jobs.reloads import Read
from bot.runtime.early_signals import take_reloads
from bot.runtime.logs import set_up_logging
from bot.runtime.running import Running
from bot.runtime.service_manager import ServiceManager

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

log = logging.getLogger(__name__)

# Objects made before the young ones are looked through for garbage: an update makes hundreds, hardly one in a circle.
YOUNG = 10_000


async def serve(config: Config, read: Read) -> None:
    """Open the desk and keep it open until SIGTERM or SIGINT."""
    manager, stop, hung_up = ServiceManager(os.environ), asyncio.Event(), asyncio.Event()
    desk = OpenDesk(config)

    def close() -> None:
        """At once, whatever the desk is doing: nothing new is to come here."""
        desk.server.close()
        manager.stopping()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, close)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up.set)
    take_reloads()
    # The built parts stay: a collection of garbage would walk all of it, 85 ms in which no alert leaves.
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
    gc.enable()
    if not await opened(desk, stop):
        log.warning("stopped before it was open")
        return
    running = Running(Path(config.audit.key_file).parent)
    running.show()
    if not stop.is_set():
        manager.ready()
        log.info("the desk is open; side server on port %s", desk.server.port)
    beside = (asyncio.create_task(manager.watch()), asyncio.create_task(reloading(desk, manager, hung_up, read)))
    await stop.wait()
    log.info("the desk closes")
    running.hide()
    await desk.stop()
    for task in beside:
        task.cancel()


async def reloading(desk: OpenDesk, manager: ServiceManager, asked: asyncio.Event, read: Read) -> None:
    """Read the configuration again whenever it is asked for, one time after the other, until cancelled."""
    while True:
        await asked.wait()
        asked.clear()
        manager.reloading()
        await desk.reloads.reload(read)
        log_as(desk.config)
        manager.ready()


def log_as(config: Config) -> None:
    """Log as the configuration says."""
    set_up_logging(config.log.level, form=config.log.format, libraries=config.log.libraries)


class Opening(Protocol):
    """A desk that is to be opened."""

    @property
    def config(self) -> Config:
        """The configuration that holds."""

    async def start(self) -> None:
        """Open it."""


async def opened(desk: Opening, stop: asyncio.Event) -> bool:
    """Open it; False when it was stopped meanwhile, and the opening lasted longer than a stop waits."""
    opening, stopped = asyncio.create_task(desk.start()), asyncio.create_task(stop.wait())
    await asyncio.wait((opening, stopped), return_when=asyncio.FIRST_COMPLETED)
    await asyncio.wait((opening,), timeout=desk.config.shutdown_grace.total_seconds())
    stopped.cancel()
    if not opening.done():
        opening.cancel()
        return False
    await opening
    return True


def run(config: Config, read: Read) -> None:
    """Run the desk in this process, until it is told to end; ``read`` reads its configuration again."""
    log_as(config)
    # The writer's thread gives the interpreter up at each statement; the default 5 ms would be its wait to get it back.
    sys.setswitchinterval(0.001)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serve(config, read))
