"""An alarm in one line, for when many wait for the same chat."""

from bot.cards import card_lines as lines
from bot.cards.reader_view import ReaderView
from bot.ui.texts import Html
from bot.ui.user_text import user_text
from core.vocabulary import events as e
from core.vocabulary import notifying as n
from core.vocabulary.escalation_policy import Cause

TITLE_SHOWN, PLACE_SHOWN = 40, 30


def brief(view: ReaderView, heading: Html | None, event: e.AnyEvent | None) -> Html:
    """The line; empty for what must be read whole: an offer, a silent alarm, or what is no emergency."""
    task, texts = view.task, view.texts
    if not task.urgent or task.silent or view.part is not None:
        return Html("")
    title = texts("card-title", sign=lines.sign(task, texts), title=lines.title(task, texts, TITLE_SHOWN))
    parts = [title, texts("alarm-code", code=task.code)]
    if task.address is not None:
        parts.append(texts("card-place", where=texts("as-typed", text=user_text(task.address, PLACE_SHOWN))))
    elif task.place is not None:
        parts.append(texts("card-place", where=texts("coordinates", point=lines.point(task.place))))
    if heading is not None and not _plain(event):
        parts.append(heading)
    return Html(" · ".join(parts))


def _plain(event: e.AnyEvent | None) -> bool:
    """Whether being in the list says it already."""
    climbed = isinstance(event, e.Escalated | n.Notified) and event.cause is Cause.OPENED
    return isinstance(event, e.Opened) or climbed
