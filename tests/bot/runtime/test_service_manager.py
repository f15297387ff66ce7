"""Words that the service manager hears, on a socket of its own."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from secrets import token_hex

import pytest

from bot.runtime.service_manager import ServiceManager


class Listener:
    """The manager's end of the socket, with a name that no file system has."""

    def __init__(self) -> None:
        self.name = f"@gad-test-{token_hex(8)}"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(f"\0{self.name[1:]}")
        self._socket.setblocking(False)

    def heard(self) -> list[str]:
        words: list[str] = []
        while True:
            try:
                words.append(self._socket.recv(1_000).decode())
            except BlockingIOError:
                return words

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


async def test_it_hears_each_turn_of_a_life(listener: Listener) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": listener.name, "WATCHDOG_USEC": "3600000000"})
    manager.ready()
    manager.reloading()
    manager.stopping()
    ready, reloading, stopping = listener.heard()
    assert (ready, stopping) == ("READY=1", "STOPPING=1")
    assert reloading.startswith("RELOADING=1\nMONOTONIC_USEC=")
    watching = asyncio.create_task(manager.watch())
    await asyncio.sleep(0)
    assert listener.heard() == ["WATCHDOG=1"]
    watching.cancel()


@pytest.mark.parametrize(
    ("given", "period"),
    [
        ({"WATCHDOG_USEC": "30000000"}, timedelta(seconds=30)),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, timedelta(seconds=30)),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "often"}, None),
        ({}, None),
    ],
    ids=["any process", "this process", "another process", "never", "no number", "not asked for"],
)
def test_the_watchdog_is_for_whom_it_was_set(given: dict[str, str], period: timedelta | None) -> None:
    assert ServiceManager(given).watchdog == period


async def test_without_a_manager_nobody_is_told(caplog: pytest.LogCaptureFixture) -> None:
    manager = ServiceManager({"WATCHDOG_USEC": "1"})
    manager.ready()
    await manager.watch()
    assert not caplog.records


def test_a_manager_that_is_gone_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        ServiceManager({"NOTIFY_SOCKET": "/nowhere/notify"}).ready()
    (record,) = caplog.records
    assert record.getMessage() == "the service manager did not hear READY=1: No such file or directory"
