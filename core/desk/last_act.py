"""The caller's last act on a task that they may take back, read from its newest events."""

from core.desk.ports import Record, Repository
from core.rules.permissions import Caller
from core.rules.situation import Act
from core.vocabulary import events as e


async def last_act(repository: Repository, task_id: int, caller: Caller) -> Act | None:
    """Their *No puedo*, or their end of the task unless somebody ended it since; None: nothing of the kind.

    A program is known by its token, whoever it spoke for; that person may take it back too.
    """
    ended = False
    for record in await repository.lately(task_id):
        mine = _is_of(record, caller)
        event = record.event
        if mine and isinstance(event, e.Declined) and event.agent == caller.id:
            return Act(event=event, at=record.at)
        if isinstance(event, e.Completed | e.Cancelled):
            if mine and not ended:
                return Act(event=event, at=record.at)
            ended = True
    return None


def _is_of(record: Record, caller: Caller) -> bool:
    if caller.program is not None:
        return record.via == caller.via and caller.id in (None, record.by)
    return record.by == caller.id and (caller.id is not None or record.via == caller.via)
