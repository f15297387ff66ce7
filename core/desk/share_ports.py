"""Questions about what one reporter has open, and about agents who could go elsewhere (a part of the repository)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.state.task import Task


class Shares(Protocol):
    """Reads of one transaction, as those of `core.desk.ports.Repository`."""

    async def open_of(
        self, reporter: int | None, program: str | None, most: int, *, quiet: bool = True
    ) -> tuple[int, ...]:
        """The open emergencies that a person or a program reported, the oldest first: no drills, no alarms.

        ``quiet``: those too that ring nobody any more.

        Of a program nobody else asks at the same time: it may report several at once.
        """

    async def reported_by(
        self, reporter: int, title: str, since: datetime, most: int
    ) -> tuple[int | None, tuple[int, ...]]:
        """The person's emergency with the same words since then, and what they have open that is not quiet."""

    async def ended_with(self, task: Task) -> tuple[int, ...]:
        """The other emergencies of its reporter that were closed at the same instant."""

    async def giving(self) -> tuple[Task, ...]:
        """A few open emergencies that ask more agents than one, or are somebody's later one, the newest first.

        None that another transaction is changing at this moment.
        """

    async def alone(self, agents: Sequence[int]) -> frozenset[int]:
        """Those of these agents who have one open task to do, and no emergency of their own."""
