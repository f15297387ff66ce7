"""The names of priorities, kinds of work and lists, in Spanish and English, whatever the accents and the case."""

from core.queries.queries import Which
from core.vocabulary.search_terms import words_of
from core.vocabulary.words import Priority, TaskType

_PRIORITIES = {
    "baja": Priority.LOW,
    "low": Priority.LOW,
    "media": Priority.MEDIUM,
    "normal": Priority.MEDIUM,
    "medium": Priority.MEDIUM,
    "alta": Priority.HIGH,
    "high": Priority.HIGH,
    "urgente": Priority.URGENT,
    "urgent": Priority.URGENT,
    "critica": Priority.CRITICAL,
    "critical": Priority.CRITICAL,
}
_TYPES = {
    "patrullaje": TaskType.PATROL,
    "patrulla": TaskType.PATROL,
    "investigacion": TaskType.INVESTIGATION,
    "vigilancia": TaskType.SURVEILLANCE,
    "intervencion": TaskType.INTERVENTION,
    "administrativa": TaskType.ADMINISTRATIVE,
    "administrativo": TaskType.ADMINISTRATIVE,
    "entrenamiento": TaskType.TRAINING,
} | {kind.value: kind for kind in TaskType}
_LISTS = {
    "activas": Which.OPEN,
    "abiertas": Which.OPEN,
    "active": Which.OPEN,
    "finalizadas": Which.CLOSED,
    "cerradas": Which.CLOSED,
    "finished": Which.CLOSED,
    "todas": Which.ALL,
} | {which.value: which for which in Which}


def priority_of(text: str) -> Priority | None:
    """``alta``, ``!Alta`` or ``high``."""
    return _PRIORITIES.get(_word(text))


def type_of(text: str) -> TaskType | None:
    """``patrullaje``, ``Investigación`` or ``training``."""
    return _TYPES.get(_word(text))


def which_of(text: str) -> Which | None:
    """``activas``, ``finalizadas``, ``todas`` or their English names."""
    return _LISTS.get(_word(text))


def _word(text: str) -> str:
    words = words_of(text)
    return words[0] if len(words) == 1 else ""
