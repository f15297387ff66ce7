"""Questions about what one reporter has open, and about agents who could go elsewhere (a part of the repository)."""

from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import Protocol

from core.state.task import Task


class Shares(Protocol):
    """Reads of one transaction, as those of `core.desk.ports.Repository`."""

    async def open_of(
        self, reporter: int | None, program: str | None, most: int, *, counting: bool = False
    ) -> tuple[int, ...]:
        """The open emergencies that a person or a program reported, the oldest first: no drills, no alarms.

        ``counting``: only those that count for the next one, neither quiet nor taken out by a supervisor.

        Of a program nobody else asks at the same time: it may report several at once.
        """

    def ask_counting(self, task: Task) -> Awaitable[Sequence[int]]:
        """The open emergencies of its reporter that count, to be awaited later: it goes with what is asked next."""

    async def reported_by(
        self, reporter: int, title: str, since: datetime, most: int
    ) -> tuple[int | None, tuple[int, ...]]:
        """The person's emergency with the same words since then, and what they have open that counts."""

    async def ended_with(self, task: Task) -> tuple[int, ...]:
        """The other emergencies of its reporter that were closed at the same instant."""

    async def giving(self) -> tuple[tuple[Task, ...], bool]:
        """A few open emergencies that may spare an agent, the newest first: they ask several, or are a later one.

        None that another transaction is changing at this moment; the second is whether there was none such.
        """

    async def alone(self, agents: Sequence[int]) -> frozenset[int]:
        """Those of these agents who have one open task to do, and no emergency of their own."""
