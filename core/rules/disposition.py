"""How a task ended: said with the end, or after it by whoever went, or by a supervisor."""

from core.rules.situation import Situation
from core.state.task import Task
from core.vocabulary.dispositions import Dispose, Disposed
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Role, TaskState


def unknown(situation: Situation, task: Task, word: str) -> Refusal | None:
    """Refuse a word that the configuration does not have; none at all is no word."""
    if not word or word in situation.rules.dispositions:
        return None
    return Refusal(reason=Reason.DISPOSITION, task=task.id)


def dispose(situation: Situation, task: Task, command: Dispose) -> tuple[Disposed] | Refusal:
    """Say how it ended, or correct that; it rings nobody, and what is open has no end yet."""
    if task.drill:
        return Refusal(reason=Reason.DRILL, task=task.id)
    if task.state is not TaskState.COMPLETED:
        return Refusal(reason=Reason.WRONG_STATE, task=task.id, state=task.state)
    part = task.part_of(situation.caller.id)
    if situation.caller.role < Role.SUPERVISOR and (part is None or not part.state.holds):
        return Refusal(reason=Reason.NOT_YOURS, task=task.id)
    if command.disposition == task.disposition:
        return Refusal(reason=Reason.ALREADY, task=task.id)
    if not command.disposition or unknown(situation, task, command.disposition):
        return Refusal(reason=Reason.DISPOSITION, task=task.id)
    return (Disposed(disposition=command.disposition, program=situation.caller.token),)
