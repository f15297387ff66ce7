"""The lines of a card about the kind of work: its name, target times, capabilities, checklist and proof."""

from collections.abc import Iterator

from bot.cards.reader_view import ReaderView
from bot.ui.kinds import kind_text
from bot.ui.texts import Html
from bot.ui.user_text import user_text
from core.rules.capabilities import wanted_still


def kind(view: ReaderView) -> Iterator[Html]:
    """The kind of an emergency, and the times for those who go or oversee it."""
    task, texts, work = view.task, view.texts, view.task.work
    if work is None or not work.name:
        return
    if task.emergency:
        yield texts("card-kind", kind=kind_text(work))
    if task.state.closed or not _works(view):
        return
    if work.answer_within is not None:
        yield texts("card-answer-within", time=texts.lasting(work.answer_within))
    if work.arrive_within is not None:
        yield texts("card-arrive-within", time=texts.lasting(work.arrive_within))


def wanted(view: ReaderView) -> Iterator[Html]:
    """Capabilities that seats want: who brings each, and which nobody brings, for those who go or oversee it."""
    task, texts = view.task, view.texts
    if not task.wants or task.state.closed or not _works(view):
        return
    for part in task.crew:
        if part.wanted:
            yield texts("card-brings", who=view.who(part.agent), capability=user_text(part.wanted))
    left = wanted_still(task.wants, task.assignments)
    asked = {part.wanted for part in task.offers}
    for want in dict.fromkeys(left):
        yield texts("card-wanted-asked" if want in asked else "card-wanted-nobody", capability=user_text(want))


def checklist(view: ReaderView) -> Iterator[Html]:
    """The steps to do, and the proof that the end needs, for those who go or oversee it."""
    work = view.task.work
    if work is None or view.task.state.closed or not _works(view):
        return
    for line in work.checklist:
        yield view.texts("card-to-do", line=user_text(line))
    if work.proof and not view.task.drill and view.task.notes <= view.task.joined:
        yield view.texts("card-proof")


def _works(view: ReaderView) -> bool:
    return view.oversees or (view.part is not None and view.part.state.holds)
