"""What the card of an alarm says besides: that it is silent, and where the person has been."""

from collections.abc import Iterator

from bot.cards.card_lines import point
from bot.cards.reader_view import Sight
from bot.ui.texts import Html


def silent(sight: Sight) -> Iterator[Html]:
    """Who may be watched: a call, a message or a word in a group could harm them."""
    alarm = sight.task.alarm
    if alarm is not None and alarm.silent:
        yield sight.texts("alarm-who", who=sight.who(alarm.person), at=sight.at(sight.task.opened_at))
        yield sight.texts("alarm-silent")


def origin(sight: Sight) -> Iterator[Html]:
    """In whose name the desk raised it."""
    task, texts = sight.task, sight.texts
    if task.alarm is None or task.silent:
        return
    key = "alarm-in-your-name" if sight.reports else "alarm-in-the-name"
    yield texts(key, who=sight.who(task.alarm.person), at=sight.at(task.opened_at))


def track(sight: Sight) -> Iterator[Html]:
    """Where they have been, for whoever looks for them."""
    alarm = sight.task.alarm
    if alarm is None or len(alarm.track) < 2 or sight.reports or sight.task.state.closed:
        return
    yield sight.texts("alarm-track")
    for position in alarm.track:
        yield sight.texts("alarm-track-line", at=sight.at(position.at), point=point(position.place))
