"""Rounds: everybody who is on scene is asked whether they are well, and what they answered."""

from enum import StrEnum

from msgspec import Struct

from core.vocabulary.maydays import MaydayHeard, TellCrew
from core.vocabulary.seats import Reinforce, Relieve


class RoundWord(StrEnum):
    """A word that somebody has in a round; each has its sign ``round-<value>``."""

    ASKED = "asked"
    WELL = "well"
    MISSED = "missed"
    DANGER = "danger"
    ENDED = "ended"


class OfRound(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to the round of a task."""


class RoundCalled(OfRound, frozen=True, kw_only=True, tag="round_called"):
    """These people, who are on scene, are asked whether they are well."""

    people: tuple[int, ...]


class RoundMarked(OfRound, frozen=True, kw_only=True, tag="round_marked"):
    """One of them answered, or did not: they were reminded (``missed``), or an emergency was opened (``danger``)."""

    agent: int
    word: RoundWord


class OnRound(Struct, frozen=True, kw_only=True):
    """A command about the round of one task, as `core.vocabulary.commands.OnTask`."""

    task: int
    seen: int | None = None
    exact: bool = False


class CallRound(OnRound, frozen=True, kw_only=True):
    """*Lista*: ask everybody on scene whether they are well."""


class MarkRound(OnRound, frozen=True, kw_only=True):
    """The desk's own: keep what one of them said."""

    agent: int
    word: RoundWord


RoundEvent = RoundCalled | RoundMarked
# Rounds, Maydays and seats: about those who go themselves.
SceneEvent = RoundEvent | MaydayHeard
SceneCommand = Reinforce | Relieve | CallRound | MarkRound | TellCrew
