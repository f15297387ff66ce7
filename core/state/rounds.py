"""The last round of a task: who was asked whether they are well, and what they said."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from core.vocabulary.rounds import RoundCalled, RoundEvent, RoundWord


class Answer(Struct, frozen=True, kw_only=True):
    """One person's word in a round, and since when it stands."""

    agent: int
    word: RoundWord
    at: datetime


class Round(Struct, frozen=True, kw_only=True):
    """A round that was called at ``at``; ``answers`` are of all who were asked, in the order of the crew."""

    at: datetime
    answers: tuple[Answer, ...] = ()


def evolve_round(before: Round | None, event: RoundEvent, at: datetime) -> Round | None:
    """The round after one more event; a new one takes the place of the last."""
    if isinstance(event, RoundCalled):
        return Round(at=at, answers=tuple(Answer(agent=one, word=RoundWord.ASKED, at=at) for one in event.people))
    if before is None:
        return None
    marked = Answer(agent=event.agent, word=event.word, at=at)
    return replace(before, answers=tuple(marked if one.agent == event.agent else one for one in before.answers))
