"""Commands about a check-in: of its person, and of the desk itself when one is due."""

from datetime import datetime, timedelta

from msgspec import Struct


class OnCheckIn(Struct, frozen=True, kw_only=True):
    """A command about one person's check-in."""

    person: int


class StartCheckIn(OnCheckIn, frozen=True, kw_only=True):
    """Want a word ``every`` so often; with a ``task`` for as long as that lasts."""

    every: timedelta
    task: int | None = None


class AnswerCheckIn(OnCheckIn, frozen=True, kw_only=True):
    """*Estoy bien*; ``duress``: said with the word that means the opposite; ``sent_at``: when, where that is proved."""

    duress: bool = False
    sent_at: datetime | None = None


class NeedHelp(OnCheckIn, frozen=True, kw_only=True):
    """*Necesito ayuda*."""


class CallMayday(OnCheckIn, frozen=True, kw_only=True):
    """*Mayday*: the person is in danger themselves, on this ``task`` (None: whatever has them)."""

    task: int | None = None


class AskRound(OnCheckIn, frozen=True, kw_only=True):
    """The desk's own: ask whether they are well, in the round of this task."""

    task: int


class GiveDuressWord(OnCheckIn, frozen=True, kw_only=True):
    """The duress word, said while nothing was asked."""


class StopCheckIn(OnCheckIn, frozen=True, kw_only=True):
    """Want no more words; with a ``task`` only that one is no reason any more."""

    task: int | None = None


class SetDuressWord(OnCheckIn, frozen=True, kw_only=True):
    """Keep a duress word, as ``core.state.duress`` makes it unreadable."""

    salt: bytes
    digest: bytes


class RemindCheckIn(OnCheckIn, frozen=True, kw_only=True):
    """The desk's own: look whether it is time to ask."""


class MissCheckIn(OnCheckIn, frozen=True, kw_only=True):
    """The desk's own: look whether the question was answered."""


CheckInCommand = (
    StartCheckIn
    | AnswerCheckIn
    | NeedHelp
    | CallMayday
    | AskRound
    | GiveDuressWord
    | StopCheckIn
    | SetDuressWord
    | RemindCheckIn
    | MissCheckIn
)
