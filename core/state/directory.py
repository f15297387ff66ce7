"""The people whom alerts may reach: a decision asks for just those whom it needs.

A directory holds the answers so far. A question that it has no answer to is raised (`Unasked`); whoever reads the
storage answers it, and the decision is made anew. So the decision stays pure, and nobody is read in vain.
"""

from msgspec import Struct
from msgspec.structs import replace

from core.state.person import Person
from core.vocabulary.escalation_policy import EscalationTarget

# People told, or readers shown, in one unit of work: others may write in between.
PAGE = 25


class Question(Struct, frozen=True, kw_only=True):
    """People whom these targets name for a task of this unit: without ``but``, the first `PAGE` after this id."""

    targets: tuple[EscalationTarget, ...]
    unit: int | None = None
    but: frozenset[int] = frozenset()
    after: int = 0


class Found(Struct, frozen=True, kw_only=True):
    """The people of the page whom a message reaches, by the target that names them, each by name.

    ``deaf``: somebody is named whom no message reaches. ``led``: there is a supervisor at all. ``after``: others follow
    after this id; None: that is all.
    """

    people: dict[EscalationTarget, tuple[Person, ...]]
    deaf: bool = False
    led: bool = False
    after: int | None = None


class Unasked(Exception):
    """The decision needs these people: answer, and decide again."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.question = question


class Directory(Struct, frozen=True, kw_only=True):
    """The agents of the task at hand, the supervisors' room (None: there is none), and the answers so far."""

    assignees: tuple[Person, ...] = ()
    group: int | None = None
    answers: dict[Question, Found] = {}

    def person(self, person_id: int) -> Person | None:
        """One of the agents."""
        return next((person for person in self.assignees if person.id == person_id), None)

    def ask(self, question: Question) -> Found:
        """The people whom a question is about.

        Raises:
            Unasked: nobody has looked yet.
        """
        found = self.answers.get(question)
        if found is None:
            raise Unasked(question)
        return found

    def knowing(self, question: Question, found: Found) -> "Directory":
        """This directory with one more answer."""
        return replace(self, answers=self.answers | {question: found})


class Deserted(Directory, frozen=True, kw_only=True):
    """A directory without people, for whoever asks whether something may be done and not whom it reaches."""

    def ask(self, question: Question) -> Found:
        """Find nobody."""
        return Found(people={})
