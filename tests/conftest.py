"""Fixtures that hold for every test."""

import os

import pytest

from tests.support.servers.fixtures import database, empty, postgresql, redis, served

__all__ = ["database", "empty", "postgresql", "redis", "served"]


@pytest.fixture(autouse=True)
def _nobody_elses_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of a desk that the environment may name."""
    for name in [name for name in os.environ if name.startswith("GAD_") and not name.startswith("GAD_TEST_")]:
        monkeypatch.delenv(name)
