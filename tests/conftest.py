"""Fixtures that hold for every test."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from bot.runtime.log_format import WithoutTokens
from bot.runtime.logs import ROOMS
from metrics.blackout import SECRETS
from tests.support import lock_watch
from tests.support.servers.fixtures import database, empty, postgresql, redis, served

# An example's time says nothing where several test processes share the cores. In CI Hypothesis loads its own profile,
# which tries the same examples each time.
if "CI" not in os.environ:
    settings.register_profile("shared cores", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("shared cores")

lock_watch.install()
__all__ = ["database", "empty", "postgresql", "redis", "served"]


@pytest.fixture(autouse=True)
def _nobody_elses_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of a desk that the environment may name."""
    for name in [name for name in os.environ if name.startswith("GAD_") and not name.startswith("GAD_TEST_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _locks_in_one_order() -> Iterator[None]:
    """Every unit's locks are of one order with those of all tests before (`tests.support.lock_order`)."""
    yield
    found = lock_watch.violations()
    assert not found, "\n\n".join(found)


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """`gad run` writes its log to the standard error that its test had, which is closed for the next one."""
    level = logging.root.level
    yield
    for handler in [each for each in logging.root.handlers if isinstance(each.formatter, WithoutTokens)]:
        logging.root.removeHandler(handler)
    logging.root.setLevel(level)
    for room in ROOMS:
        logging.getLogger(room).setLevel(logging.NOTSET)
    logging.setLogRecordFactory(logging.LogRecord)


@pytest.fixture(autouse=True)
def _secrets_of_its_own() -> Iterator[None]:
    """A secret of one test is an ordinary word to the others."""
    yield
    SECRETS.forget()
