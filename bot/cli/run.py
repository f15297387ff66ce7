"""``gad run``: the desk, open until SIGTERM or SIGINT."""

import asyncio
import gc
import logging
import signal
import sys

from bot.app import OpenDesk
from bot.config.schema import Config
from bot.runtime.logs import set_up_logging

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

log = logging.getLogger(__name__)


async def serve(config: Config) -> None:
    """Open the desk and keep it open until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    desk = OpenDesk(config)
    # The built parts stay: a collection of garbage would walk all of it, 85 ms in which no alert leaves.
    gc.freeze()
    await desk.start()
    log.info("the desk is open; side server on port %s", desk.server.port)
    await stop.wait()
    log.info("the desk closes")
    await desk.stop()


def run(config: Config) -> None:
    """Run the desk in this process, until it is told to end."""
    set_up_logging(config.log.level)
    # The writer's thread gives the interpreter up at each statement; the default 5 ms would be its wait to get it back.
    sys.setswitchinterval(0.001)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serve(config))
