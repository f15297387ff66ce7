"""Alarms that the desk raises in somebody's name: what for, and where they have been."""

from enum import StrEnum

from msgspec import Struct

from core.vocabulary.places import Position


class Trigger(StrEnum):
    """The reason of an alarm; each has its words ``alarm-<value>``. ``UNANSWERED`` are also why somebody was asked."""

    LATE = "late"
    LOST = "lost"
    STILL = "still"
    HELP = "help"
    DURESS = "duress"
    MAYDAY = "mayday"
    ROUND = "round"


# Alarms for want of an answer: nobody has said that anything is wrong.
UNANSWERED = (Trigger.LATE, Trigger.LOST, Trigger.STILL, Trigger.ROUND)


class Alarm(Struct, frozen=True, kw_only=True):
    """An alarm for a ``person``; ``track`` is where they have been lately, oldest first.

    ``task``: what they were on when they called.
    """

    trigger: Trigger
    person: int
    track: tuple[Position, ...] = ()
    task: int | None = None

    @property
    def silent(self) -> bool:
        """Whether the alarm must not show: a person in danger may be watched."""
        return self.trigger is Trigger.DURESS
