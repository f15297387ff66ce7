"""A task's card: one message per reader, always the task as it is now."""

from collections.abc import Iterator
from datetime import datetime

from bot.cards import alarm_lines
from bot.cards import card_lines as lines
from bot.cards.card_buttons import card_buttons
from bot.cards.headline import news
from bot.cards.reader_view import Sight
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.notifications.notifications import TaskFile
from core.state.person import Person
from core.vocabulary import events as e


def card_name(task_id: int) -> str:
    """The name under which the message that shows a task is registered in each chat."""
    return f"task:{task_id}"


def card(
    file: TaskFile, reader: Person | None, texts: Texts, now: datetime, *, event: e.AnyEvent | None = None
) -> Screen:
    """The card for a reader, or for a group (None). ``event`` is what it rings for: the first line says so."""
    sight = Sight(file=file, reader=reader, texts=texts, now=now)
    heading = news(sight, event)
    body = [*([heading, ""] if heading else []), *_lines(sight)]
    return Screen(text="\n".join(body), buttons=card_buttons(sight))


def _lines(sight: Sight) -> Iterator[Html]:
    yield from lines.head(sight)
    yield from lines.drill(sight)
    yield from alarm_lines.silent(sight)
    if not sight.outpaced:
        yield from lines.where(sight)
        yield from alarm_lines.origin(sight) if sight.task.alarm is not None else lines.origin(sight)
        yield from alarm_lines.track(sight)
    yield from lines.mine(sight)
    yield from lines.others(sight)
    yield from lines.charge(sight)
    yield from lines.ending(sight)
