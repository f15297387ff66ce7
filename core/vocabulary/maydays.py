"""Mayday on a task: whoever is on it with the one who called is told."""

from msgspec import Struct


class MaydayHeard(Struct, frozen=True, kw_only=True, tag_field="type", tag="mayday_heard", omit_defaults=True):
    """The agent called Mayday while on this task; ``alarm`` is the emergency that was opened in their name."""

    agent: int
    alarm: int


class TellCrew(Struct, frozen=True, kw_only=True):
    """Tell the others on the task of the caller's Mayday, as `core.vocabulary.commands.OnTask`."""

    task: int
    seen: int | None = None
    exact: bool = False
    alarm: int
