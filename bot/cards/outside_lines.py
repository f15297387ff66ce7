"""Lines of a report that came by telephone: who called, and for those who go the number to call back."""

from collections.abc import Iterator

from bot.cards.reader_view import ReaderView
from bot.ui import user_text
from bot.ui.texts import Html


def origin(view: ReaderView) -> Iterator[Html]:
    """That somebody called; their name and number for those who go and each supervisor, never in a group."""
    outside = view.task.outside
    if outside is None:
        return
    yield view.texts("card-outside", at=view.at(view.task.sent_at))
    goes = view.part is not None and view.part.state.holds
    if view.reader is None or not (goes or view.oversees):
        return
    if outside.number:
        who = user_text.user_text(outside.name) or view.texts("outside-nameless")
        yield view.texts("card-call-back", number=user_text.user_text(outside.number), who=who)
