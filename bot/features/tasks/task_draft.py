"""A task that somebody is still describing, step by step."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from core.vocabulary.places import Place
from core.vocabulary.words import Priority, TaskType


class Step(StrEnum):
    """The steps, in this order; at the end any answer can be changed. The value travels in the buttons."""

    TYPE = "tipo"
    TITLE = "titulo"
    PRIORITY = "prioridad"
    PLACE = "lugar"
    WHO = "quien"
    CONFIRM = "resumen"
    EDIT = "cambiar"

    @property
    def number(self) -> int:
        """1 for the first; changing an answer counts as the last."""
        return min(list(Step).index(self) + 1, STEPS)

    @property
    def before(self) -> "Step":
        """The step before; the first stays where it is."""
        return list(Step)[max(list(Step).index(self) - 1, 0)]

    @property
    def after(self) -> "Step":
        """The step after."""
        return list(Step)[list(Step).index(self) + 1]


STEPS = 6
FIELDS = (Step.TYPE, Step.TITLE, Step.PRIORITY, Step.PLACE, Step.WHO)


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answers so far. ``work`` is one of the agency's own kinds, ``assignee`` a person's id.

    ``editing``: one answer is changed, then back to the end.
    """

    type: TaskType | None = None
    work: str | None = None
    title: str | None = None
    priority: Priority | None = None
    place: Place | None = None
    address: str | None = None
    assignee: int | None = None
    editing: bool = False

    def without(self, step: Step) -> "Draft":
        """Without the answer to an optional step."""
        match step:
            case Step.PRIORITY:
                return replace(self, priority=None)
            case Step.PLACE:
                return replace(self, place=None, address=None)
            case Step.WHO:
                return replace(self, assignee=None)
            case Step.TYPE | Step.TITLE | Step.CONFIRM | Step.EDIT:
                return self


OPTIONAL = (Step.PRIORITY, Step.PLACE, Step.WHO)
