"""Cards that many see alike: an alert to a crowd is put into words once, not once for each reader."""

from datetime import datetime

from bot.cards.actors import in_the_name_of
from bot.cards.card import card
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.notifications.notifications import TaskContext
from core.state.person import Person
from core.state.task import Task
from core.vocabulary import events as e
from core.vocabulary.words import Membership, Role

# The event is kept with its card: its identity is its own for as long as it lives.
_Drawn = dict[tuple[int, Role, Membership], tuple[e.AnyEvent | None, Screen]]


class AlikeCards:
    """Draws cards, and remembers those of the newest state of a task that somebody else may see just so."""

    def __init__(self) -> None:
        self._file: TaskContext | None = None
        self._now: datetime | None = None
        self._drawn: _Drawn = {}

    def card(
        self, file: TaskContext, reader: Person | None, texts: Texts, now: datetime, *, event: e.AnyEvent | None
    ) -> Screen:
        """The card for a reader, as `bot.cards.card` draws it."""
        own = reader is None or _sees_their_own(file.task, reader.id) or in_the_name_of(file, reader.id, event)
        if own or reader is None:
            return card(file, reader, texts, now, event=event)
        if self._file is not file or self._now != now:
            self._file, self._now, self._drawn = file, now, {}
        key = (id(event), reader.role, reader.membership)
        known = self._drawn.get(key)
        if known is None:
            known = self._drawn[key] = event, card(file, reader, texts, now, event=event)
        return known[1]


def _sees_their_own(task: Task, reader: int) -> bool:
    """Whether the card says something about the reader: they reported it, have a part, are in charge, or in danger."""
    in_danger = task.alarm is not None and task.alarm.person == reader
    return in_danger or reader in (task.reporter, task.acknowledged_by) or task.part_of(reader) is not None
