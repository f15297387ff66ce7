"""A task's card: one message per reader, always the task as it is now."""

from collections.abc import Iterator
from datetime import datetime

from bot.cards import alarm_lines, kind_lines, outside_lines
from bot.cards import card_lines as lines
from bot.cards.brief import brief
from bot.cards.card_buttons import card_buttons
from bot.cards.headline import headline
from bot.cards.reader_view import ReaderView
from bot.cards.round_line import round_line
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.notifications.notifications import TaskContext
from core.state.person import Person
from core.vocabulary import events as e


def card(
    file: TaskContext, reader: Person | None, texts: Texts, now: datetime, *, event: e.AnyEvent | None = None
) -> Screen:
    """The card for a reader, or for a group (None). ``event`` is what it rings for: the first line says so."""
    view = ReaderView(file=file, reader=reader, texts=texts, now=now)
    heading = headline(view, event)
    body = [*([heading, ""] if heading else []), *_lines(view)]
    return Screen(text="\n".join(body), buttons=card_buttons(view), brief=brief(view, heading, event))


def _origin(view: ReaderView) -> Iterator[Html]:
    if view.task.alarm is not None:
        return alarm_lines.origin(view)
    return outside_lines.origin(view) if view.task.outside is not None else lines.origin(view)


def _lines(view: ReaderView) -> Iterator[Html]:
    yield from lines.head(view)
    yield from lines.drill(view)
    yield from kind_lines.kind(view)
    yield from alarm_lines.silent(view)
    if not view.outpaced:
        yield from lines.where(view)
        yield from _origin(view)
        yield from alarm_lines.track(view)
    yield from lines.mine(view)
    yield from lines.crew(view)
    yield from lines.others(view)
    yield from kind_lines.wanted(view)
    yield from kind_lines.checklist(view)
    yield from round_line(view)
    yield from lines.charge(view)
    yield from lines.ending(view)
