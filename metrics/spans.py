"""Spans: how long each step took of what an update, a request or a due time brought about."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from metrics.log_lines import Fact

NONE: Mapping[str, Fact] = MappingProxyType({})


class Spans(Protocol):
    """Collector of the steps of each cause, as one trace."""

    def took(
        self, step: str, begun: datetime, ended: datetime, facts: Mapping[str, Fact] = NONE, *, whole: bool = False
    ) -> None:
        """Note a step of the cause in hand; ``whole``: all of it, under which the other steps stand.

        No fact is anybody's word, name, place or number.
        """

    async def stop(self) -> None:
        """Give up after two seconds what has not left by then."""
