"""Port to the emergencies that look for an agent."""

from collections.abc import Sequence
from typing import Protocol

from core.rules.timers import Timer


class Searches(Protocol):
    """Emergencies that look for an agent; ``at_once`` are due times that are acted on as soon as they are kept."""

    at_once: list[Timer]

    async def is_searched(self) -> bool:
        """Whether an emergency looks for an agent."""

    async def searching(self, passed: Sequence[int]) -> int | None:
        """The first open emergency that looks for an agent, by task id, without these; locked.

        None that another transaction is changing at this moment.
        """
