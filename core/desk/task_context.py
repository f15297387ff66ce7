"""Source of the notifications about a task."""

from core.desk.drill_report import drill_report
from core.desk.ports import Repository
from core.notifications.notifications import TaskContext
from core.rules.situation import Situation
from core.state.task import Task
from core.vocabulary.card_names import task_card


async def task_context(repository: Repository, task: Task, situation: Situation) -> TaskContext:
    """The task with everybody and everything that its notifications need."""
    caller = situation.caller.id
    involved = {part.agent for part in task.assignments}
    involved |= {i for i in (task.reporter, task.acknowledged_by, caller) if i is not None}
    involved |= {task.alarm.person} if task.alarm is not None else set()
    card, directory = task_card(task.id), situation.directory
    over = task.drill and task.state.closed
    report = await drill_report(repository, task, card, directory) if over else ()
    involved |= {part.person for part in report}
    return TaskContext(
        task=task,
        people=await repository.people(involved),
        directory=directory,
        shown_in=await repository.shown_in(card),
        caller=caller,
        report=report,
    )
