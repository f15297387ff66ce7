"""Kinds of work: the agency's own, in the configuration, in events and in commands."""

from datetime import timedelta

from msgspec import Struct

from core.vocabulary.escalation_policy import EscalationPolicy
from core.vocabulary.words import Priority


class Work(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The kind of one task, copied into it when it is said: a change of the configuration never strands an open one.

    Without a ``name`` nobody has said it yet. ``capabilities``: what its seats want. ``proof``: it ends with evidence
    or a note. ``answer_within`` and ``arrive_within`` are the times that the agency aims at, counted from the report.
    """

    name: str = ""
    emoji: str = ""
    checklist: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    answer_within: timedelta | None = None
    arrive_within: timedelta | None = None
    proof: bool = False


UNSAID = Work()


class WorkKind(Struct, frozen=True, kw_only=True):
    """One kind of work as the configuration has it.

    ``words``: how people call it, beside its name. ``priority`` is that of ordinary work, ``seats`` how many go, and
    ``policy`` its ladder; None is as without a kind.
    """

    work: Work
    words: tuple[str, ...] = ()
    priority: Priority | None = None
    seats: int | None = None
    policy: EscalationPolicy | None = None


class Classified(Struct, frozen=True, kw_only=True, tag_field="type", tag="classified", omit_defaults=True):
    """Somebody said what kind of work it is."""

    work: Work


class Classify(Struct, frozen=True, kw_only=True):
    """Say what kind of work it is, by its name, as `core.vocabulary.commands.OnTask`."""

    task: int
    seen: int | None = None
    exact: bool = False
    work: str
