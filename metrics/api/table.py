"""Every address of the API."""

from typing import Any

from metrics.api.agents import nearest_agents
from metrics.api.endpoint import Endpoint
from metrics.api.stats import show_stats
from metrics.api.tasks import change_task, list_tasks, open_emergency, open_task, show_task

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    list_tasks,
    open_task,
    show_task,
    change_task,
    open_emergency,
    nearest_agents,
    show_stats,
)
