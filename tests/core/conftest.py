"""A desk for each test, in which nobody is yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.dispatch import Dispatch


@pytest.fixture
def dispatch(tmp_path: Path) -> Iterator[Dispatch]:
    """The desk as it is without a configuration."""
    dispatch = Dispatch(tmp_path)
    yield dispatch
    dispatch.direct.close()
