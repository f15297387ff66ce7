"""A door of the side server: an address that is listened at, and what is answered there."""

import errno
from collections.abc import Callable
from datetime import timedelta

from aiohttp import hdrs, web

from metrics.connections import BoundedSite
from metrics.strangers import Strangers

GRACE = timedelta(seconds=3)


class CannotListen(OSError):
    """The address can't be listened on; the text is one line that begins with the key."""

    def __init__(self, key: str, host: str, port: int, why: str) -> None:
        super().__init__(f"{key}: {host}:{port} can't be listened on: {why}")


class Door:
    """Open between ``start`` and ``stop``; ``port`` 0 takes any free one, ``key`` is the one of the configuration.

    ``doors`` is how many share the connections that the process has files for.
    """

    def __init__(
        self, key: str, host: str, port: int, build: Callable[[], web.Application], strangers: Strangers, doors: int
    ) -> None:
        self._key = key
        self._host = host
        self._wanted = port
        self._build = build
        self._strangers = strangers
        self._doors = doors
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port on which it listens; the wanted one before ``start``."""
        listening = self._runner.addresses if self._runner is not None else []
        return int(listening[0][1]) if listening else self._wanted

    async def start(self) -> None:
        """Listen.

        Raises:
            CannotListen: the port is taken, or the address is none of this machine's.
        """
        application = self._build()
        application.on_response_prepare.append(_plain_headers)
        runner = self._runner = web.AppRunner(
            application, access_log=None, handle_signals=False, shutdown_timeout=GRACE.total_seconds()
        )
        await runner.setup()
        try:
            await BoundedSite(runner, self._host, self._wanted, self._strangers, self._doors).start()
        except OSError as error:
            await self.stop()
            # asyncio puts the system's words behind its own.
            why = "it is in use by another program" if error.errno == errno.EADDRINUSE else str(error.strerror)
            raise CannotListen(self._key, self._host, self._wanted, why) from None

    async def stop(self) -> None:
        """Take no more requests, and give those in hand a few seconds."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


async def _plain_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Say neither the version of what answers, nor let a browser guess what the answer is."""
    response.headers.popall(hdrs.SERVER, None)
    response.headers["X-Content-Type-Options"] = "nosniff"
