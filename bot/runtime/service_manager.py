"""Word to systemd, or whatever else gave the process a socket for it (sd_notify(3)): ready, alive, reloading, stopping.

Without ``NOTIFY_SOCKET`` nothing is said.
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Mapping
from datetime import timedelta

log = logging.getLogger(__name__)


class ServiceManager:
    """The manager that started this process; ``environment`` says how to reach it and how often it wants a word."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        period, whose = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
        meant = period.isdecimal() and whose in ("", str(os.getpid()))
        self._deaf = False
        self.watchdog = timedelta(microseconds=int(period)) if meant and int(period) else None

    def ready(self) -> None:
        """The desk is open, or has been reloaded."""
        self._tell("READY=1")

    def reloading(self) -> None:
        """The configuration is being read again."""
        self._tell(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        """The desk closes."""
        self._tell("STOPPING=1")

    async def watch(self) -> None:
        """Say twice in each period that the loop turns; whoever hears nothing for a whole one starts the desk anew."""
        if self.watchdog is None or not self._address:
            return
        while True:
            self._tell("WATCHDOG=1")
            await asyncio.sleep(self.watchdog.total_seconds() / 2)

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
                link.setblocking(False)
                link.sendto(words.encode(), address)
        except OSError as error:
            if not self._deaf:
                log.warning("the service manager did not hear %s: %s", words.partition("\n")[0], error.strerror)
            self._deaf = True
        else:
            if self._deaf:
                log.warning("the service manager hears again")
            self._deaf = False
