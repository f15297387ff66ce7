"""Extra lines on the card of an alarm: that it is silent, and where the person has been."""

from collections.abc import Iterator

from bot.cards.card_lines import point
from bot.cards.reader_view import ReaderView
from bot.ui.texts import Html
from core.state.task import code_of


def silent(view: ReaderView) -> Iterator[Html]:
    """People who may be watched: a call, a message or a word in a group could harm them."""
    alarm = view.task.alarm
    if alarm is not None and alarm.silent:
        yield view.texts("alarm-who", who=view.who(alarm.person), at=view.at(view.task.opened_at))
        yield view.texts("alarm-silent")


def origin(view: ReaderView) -> Iterator[Html]:
    """In whose name the desk raised it."""
    task, texts = view.task, view.texts
    if task.alarm is None or task.silent:
        return
    key = "alarm-in-your-name" if view.reports else "alarm-in-the-name"
    yield texts(key, who=view.who(task.alarm.person), at=view.at(task.opened_at))
    if task.alarm.task is not None:
        yield texts("alarm-on-task", code=code_of(task.alarm.task))


def track(view: ReaderView) -> Iterator[Html]:
    """Where they have been, for whoever looks for them."""
    alarm = view.task.alarm
    if alarm is None or len(alarm.track) < 2 or view.reports or view.task.state.closed:
        return
    yield view.texts("alarm-track")
    for position in alarm.track:
        yield view.texts("alarm-track-line", at=view.at(position.at), point=point(position.place))
