"""A report that joined another emergency in place of opening one: how it is known, and how its reporter hears it."""

from bot.cards.joined_report import joined_screen
from bot.conversation.turn import RegisteredTurn
from core.desk.outcome import Refused, TaskOutcome
from core.state.task import Task
from core.vocabulary.card_names import joined_card
from core.vocabulary.shares import ReportJoined
from core.vocabulary.words import Lane


def joined(outcome: TaskOutcome) -> ReportJoined | None:
    """The report that joined; None where an emergency of its own was opened, or nothing."""
    if isinstance(outcome, Refused):
        return None
    return next((event for event in outcome.events if isinstance(event, ReportJoined)), None)


def say_joined(turn: RegisteredTurn, task: Task, event: ReportJoined) -> None:
    """Tell the reporter; of several at once the last says it for all."""
    screen = joined_screen(task, event, turn.person, turn.texts)
    turn.show(screen, joined_card(task.id), lane=Lane.EMERGENCY)
