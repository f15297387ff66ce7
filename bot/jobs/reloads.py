"""Reads the configuration again while the desk runs: whole or not at all."""

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from bot.config.error import ConfigError
from bot.config.live import Change, LiveConfig
from bot.config.schema import Config
from bot.runtime.reasons import failure
from metrics.reloads import ReloadResult

log = logging.getLogger(__name__)

Read = Callable[[], Config]
PATIENCE = timedelta(seconds=10)


class Reloads:
    """Result of the last reload: ``trouble`` says why it was refused, ``waiting`` which keys want a restart.

    ``took`` hears of each configuration that holds from then on, ``ended`` of each result and of how many keys wait.
    """

    def __init__(self, live: LiveConfig, took: Callable[[], None], ended: Callable[[ReloadResult, int], None]) -> None:
        self._live = live
        self._took = took
        self._ended = ended
        self.trouble: str | None = None
        self.waiting: tuple[str, ...] = ()

    async def reload(self, read: Read, patience: timedelta = PATIENCE) -> None:
        """Take what can change of the configuration that is read; a wrong one changes nothing. Never raises."""
        try:
            async with asyncio.timeout(patience.total_seconds()):
                wanted = await _beside_the_loop(read)
        except ConfigError as error:
            self._refused(str(error))
        except TimeoutError:
            self._refused(f"it could not be read within {patience.total_seconds():g} s")
        except Exception as error:
            log.exception("the configuration can't be read")
            self._refused(failure(error))
        else:
            if wanted.telegram.token.get_secret_value():
                self._taken(self._live.take(wanted))
            else:  # as at the start: an empty file is none that somebody wrote
                self._refused("telegram.token: is missing")

    def _taken(self, change: Change) -> None:
        self.trouble, self.waiting = None, change.restart
        self._took()
        self._ended(ReloadResult.TAKEN, len(change.restart))
        log.warning("the configuration was reloaded; changed: %s", ", ".join(change.taken) or "nothing")
        if change.restart:
            log.warning("changed and in use only after a restart: %s", ", ".join(change.restart))

    def _refused(self, why: str) -> None:
        self.trouble = why
        self._ended(ReloadResult.REFUSED, len(self.waiting))
        log.error("the configuration was not reloaded, the old one holds: %s", why)


async def _beside_the_loop(read: Read) -> Config:
    """Read in a thread of its own: the end of the process waits for those of a pool, and a file may hang."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Config] = loop.create_future()

    def settle(outcome: Config | Exception) -> None:
        if answer.done():
            return  # nobody waits any more
        if isinstance(outcome, Exception):
            answer.set_exception(outcome)
        else:
            answer.set_result(outcome)

    def work() -> None:
        outcome: Config | Exception
        try:
            outcome = read()
        except Exception as error:  # noqa: BLE001 - whoever waits meets it
            outcome = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=work, name="configuration", daemon=True).start()
    return await answer
