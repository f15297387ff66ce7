"""Port to the emergencies that look for an agent."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from core.rules.timers import Timer


class Sought(NamedTuple):
    """An open emergency that looks for an agent; ``attended``: somebody goes, and another seat is missing."""

    task: int
    attended: bool


class Searches(Protocol):
    """Emergencies that look for an agent; ``at_once`` are due times that are acted on as soon as they are kept."""

    at_once: list[Timer]

    async def is_searched(self) -> bool:
        """Whether an emergency looks for an agent."""

    async def searching(self, after: Sought | None) -> Sequence[Sought]:
        """A few open emergencies that look for an agent, in their turn: those after this one, or the first.

        None of them is locked yet. Those to which nobody goes come first; one that got somebody after it was looked at
        leaves the others' places as they were.
        """

    async def try_task(self, task_id: int) -> bool:
        """Lock a task, if no other transaction is changing it at this moment."""

    async def still_free(self, people: Sequence[int]) -> bool:
        """Whether one of these people may be asked to go now."""
