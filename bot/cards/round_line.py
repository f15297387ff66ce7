"""The line of a card that shows the last round: who was asked whether they are well, and what they said."""

from collections.abc import Iterator

from bot.cards.reader_view import ReaderView
from bot.ui.texts import Html


def round_line(view: ReaderView) -> Iterator[Html]:
    """For those who oversee the work, and those who go."""
    last, texts = view.task.round, view.texts
    goes = view.part is not None and view.part.state.holds
    if last is None or view.task.state.closed or not (view.oversees or goes):
        return
    signs = [texts(f"round-{one.word.value}", who=view.who(one.agent), at=view.at(one.at)) for one in last.answers]
    yield texts("card-round", at=view.at(last.at), answers=" · ".join(signs))
