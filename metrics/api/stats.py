"""The desk in numbers."""

from msgspec import Struct

from core.queries.queries import Depth
from core.vocabulary.scopes import Scope
from core.vocabulary.words import Availability, Lane, Priority, TaskState
from metrics.api.endpoint import Call, Reply, endpoint
from metrics.api.requests import Nothing
from metrics.api.shapes import Moment


class TaskCount(Struct, frozen=True, kw_only=True):
    """The number of tasks in a state, of a priority."""

    state: TaskState
    priority: Priority
    count: int


class Waiting(Struct, frozen=True, kw_only=True):
    """The length of a queue, and since when its oldest entry waits.

    ``waiting`` is counted up to 10,000; ``more`` says that there are more than that.
    """

    waiting: int
    oldest: Moment | None
    more: bool


class Parked(Struct, frozen=True, kw_only=True):
    """Items set aside because nothing could be done with them.

    Each is counted up to 10,000; ``more`` says that of one of the two there are more than that.
    """

    updates: int
    messages: int
    more: bool


class Stats(Struct, frozen=True, kw_only=True):
    """The state of the desk. ``alerts`` are those of which nobody has taken charge; ``outbox`` is by lane.

    ``in_danger``: agents with an open emergency of their own, whom nobody sends to another one.
    """

    tasks: tuple[TaskCount, ...]
    agents: dict[str, int]
    in_danger: int
    alerts: Waiting
    outbox: dict[str, Waiting]
    inbox: Waiting
    parked: Parked


@endpoint("GET", "/api/v1/stats", scope=Scope.READ, answer=Stats, joint=True)
async def show_stats(call: Call[Nothing, Nothing]) -> Reply:
    """Show the desk in numbers.

    Tasks and agents are counted where there are any; the cost is the same at any size.
    """
    board = await call.services.queries.board(silent=call.sees_silent)
    counts = (TaskCount(state=s, priority=p, count=count) for (s, p), count in sorted(board.tasks.items()) if count)
    return Reply(
        body=Stats(
            tasks=tuple(counts),
            agents={availability.value: board.agents.get(availability, 0) for availability in Availability},
            in_danger=board.in_danger,
            alerts=_waiting(board.unanswered),
            outbox={lane.name.lower(): _waiting(board.outbox.get(lane, Depth())) for lane in Lane},
            inbox=_waiting(board.inbox),
            parked=Parked(updates=board.parked_updates, messages=board.parked_messages, more=board.parked_more),
        )
    )


def _waiting(depth: Depth) -> Waiting:
    return Waiting(waiting=depth.waiting, oldest=depth.oldest, more=depth.more)
