"""``/estado``: the desk in one message, under Telegram's limit at any size: it shows numbers, never lists."""

from datetime import datetime, timedelta

from bot.features.insight.round_view import leaders_text, round_text
from bot.ui.buttons import Action, button
from bot.ui.process_status import ProcessStatus
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.queries.queries import Board, Depth
from core.vocabulary.words import Availability, Lane, Priority, TaskState

# So many causes, cut to so many characters each: the whole list is ``gad deadletters``.
CAUSES, CAUSE = 5, 80
OPEN = tuple(state for state in TaskState if not state.closed)


def state_screen(
    board: Board, process_status: ProcessStatus, texts: Texts, now: datetime, *, pace: int = 0, leaders: int = 0
) -> Screen:
    """The numbers as they are now, with a button that draws them again.

    ``pace``: messages a second to a crowd; ``leaders``: supervisors and administrators.
    """
    parts = (
        texts("board-title", at=texts.time(now)),
        _alerts(board, texts, now),
        _tasks(board, texts),
        _agents(board, texts),
        _queues(board, texts, now, pace, leaders),
        _health(process_status, texts),
    )
    return Screen(text="\n\n".join(parts), buttons=((button(texts("button-refresh"), Action.REFRESH),),))


def _alerts(board: Board, texts: Texts, now: datetime) -> str:
    if not board.unanswered.waiting:
        return texts("board-no-alerts")
    return texts("board-alerts", count=_count(board.unanswered), age=_age(board.unanswered, texts, now))


def _tasks(board: Board, texts: Texts) -> str:
    """A line for each priority that has any, the highest first: a table would not fit on a phone held upright."""
    total = sum(count for (state, _), count in board.tasks.items() if not state.closed)
    lines = [texts("board-tasks", count=total)]
    for priority in sorted(Priority, reverse=True):
        counts = {state: board.tasks.get((state, priority), 0) for state in OPEN}
        searching = {state: board.searching.get((state, priority), 0) for state in OPEN}
        rest = {state: count - searching[state] for state, count in counts.items()}
        states = [texts("board-tasks-searching", count=sum(searching.values()))] if any(searching.values()) else []
        states += [texts(f"board-tasks-{state.value}", count=count) for state, count in rest.items() if count > 0]
        if states:
            name = priority.name.lower()
            sign, what = texts(f"priority-sign-{name}"), texts(f"priority-{name}")
            lines.append(texts("board-priority", sign=sign, priority=what, states=Html(" · ".join(states))))
    return "\n".join(lines)


def _agents(board: Board, texts: Texts) -> str:
    return "\n".join(
        [
            texts("board-agents", count=sum(board.agents.values())),
            *(
                texts("board-line", what=texts(f"availability-{one.value}"), count=board.agents.get(one, 0))
                for one in Availability
            ),
            *([texts("board-in-danger", count=board.in_danger)] if board.in_danger else []),
        ]
    )


def _queues(board: Board, texts: Texts, now: datetime, pace: int, leaders: int) -> str:
    waiting = [(f"board-lane-{lane.name.lower()}", board.outbox.get(lane, Depth())) for lane in Lane]
    waiting.append(("board-inbox", board.inbox))
    lines = [
        texts("board-queue", what=texts(key), count=_count(depth), age=_age(depth, texts, now))
        if depth.waiting
        else texts("board-line", what=texts(key), count=0)
        for key, depth in waiting
    ]
    most = max(board.parked_updates, board.parked_messages) if board.parked_more else None
    updates, messages = (f"{n}+" if n == most else str(n) for n in (board.parked_updates, board.parked_messages))
    parked = texts("board-parked", updates=updates, messages=messages)
    to_all = round_text(board.outbox.get(Lane.EMERGENCY, Depth()).waiting, pace, texts)
    to_all = to_all or leaders_text(leaders, pace, texts)
    return "\n".join([texts("board-queues"), *lines, *([to_all] if to_all else []), parked, *_causes(board, texts)])


def _causes(board: Board, texts: Texts) -> list[str]:
    lines: list[str] = [
        texts(f"board-parked-{parked.kind.value}", count=parked.count, cause=parked.cause[:CAUSE])
        for parked in board.causes[:CAUSES]
    ]
    return lines if len(board.causes) <= CAUSES else [*lines, texts("board-parked-more")]


def _health(process_status: ProcessStatus, texts: Texts) -> str:
    parts = {"storage": process_status.storage, "telegram": process_status.telegram, "redis": process_status.redis}
    lines = [texts(f"health-{health}", part=texts(f"part-{part}")) for part, health in parts.items()]
    since = texts("board-version", version=process_status.version[:40], uptime=texts.lasting(process_status.uptime))
    return "\n".join([texts("board-health"), *lines, since])


def _count(depth: Depth) -> str:
    """``10000+`` where it was counted no further."""
    return f"{depth.waiting}+" if depth.more else str(depth.waiting)


def _age(depth: Depth, texts: Texts, now: datetime) -> str:
    oldest = depth.oldest if depth.oldest is not None else now
    return texts.lasting(max(now - oldest, timedelta(0)))
