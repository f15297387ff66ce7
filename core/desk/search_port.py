"""Port to the emergencies that look for an agent."""

from collections.abc import Sequence
from typing import Protocol

from core.rules.timers import Timer


class Searches(Protocol):
    """Emergencies that look for an agent; ``at_once`` are due times that are acted on as soon as they are kept."""

    at_once: list[Timer]

    async def is_searched(self) -> bool:
        """Whether an emergency looks for an agent."""

    async def searching(self, after: int) -> Sequence[int]:
        """A few open emergencies that look for an agent, by task id, in their turn; ``after`` this one (0: the first).

        None of them is locked yet.
        """

    async def try_task(self, task_id: int) -> bool:
        """Lock a task, if no other transaction is changing it at this moment."""

    async def still_free(self, people: Sequence[int]) -> bool:
        """Whether one of these people may be asked to go now."""
