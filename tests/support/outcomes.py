"""Result of a command, as tests ask: the refusal, if it was one, or the task as it is then."""

from core.desk.outcome import Outcome, Refused, TaskDone
from core.state.task import Task
from core.vocabulary.refusals import Refusal


def refusal_of(outcome: Outcome) -> Refusal | None:
    """Why not; None when it was done."""
    return outcome.refusal if isinstance(outcome, Refused) else None


def task_of(outcome: Outcome) -> Task | None:
    """The task that the outcome tells of, also where the desk refused to change it."""
    return outcome.task if isinstance(outcome, Refused | TaskDone) else None
