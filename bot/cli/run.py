"""``gad run``: the desk, open until SIGTERM or SIGINT."""

import asyncio
import gc
import logging
import os
import signal
import sys
from typing import Protocol

from bot.app import OpenDesk
from bot.config.schema import Config
from bot.runtime.logs import set_up_logging
from bot.runtime.service_manager import ServiceManager

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

log = logging.getLogger(__name__)


async def serve(config: Config) -> None:
    """Open the desk and keep it open until SIGTERM or SIGINT."""
    manager, stop = ServiceManager(os.environ), asyncio.Event()
    desk = OpenDesk(config)

    def close() -> None:
        """At once, whatever the desk is doing: nothing new is to come here."""
        desk.server.close()
        manager.stopping()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, close)
    # The built parts stay: a collection of garbage would walk all of it, 85 ms in which no alert leaves.
    gc.freeze()
    if not await opened(desk, stop):
        log.warning("stopped before it was open")
        return
    if not stop.is_set():
        manager.ready()
        log.info("the desk is open; side server on port %s", desk.server.port)
    watching = asyncio.create_task(manager.watch())
    await stop.wait()
    log.info("the desk closes")
    await desk.stop()
    watching.cancel()


class Opening(Protocol):
    """A desk that is to be opened."""

    config: Config

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


def run(config: Config) -> None:
    """Run the desk in this process, until it is told to end."""
    set_up_logging(config.log.level)
    # The writer's thread gives the interpreter up at each statement; the default 5 ms would be its wait to get it back.
    sys.setswitchinterval(0.001)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serve(config))
