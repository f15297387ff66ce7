"""Events of a check-in, with the person as their subject (``core.vocabulary.events``)."""

from datetime import timedelta

from msgspec import Struct

from core.vocabulary.alarms import Trigger
from core.vocabulary.places import Position


class CheckInHappening(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to one person's check-in."""


class CheckInStarted(CheckInHappening, frozen=True, kw_only=True, tag="check_in_started"):
    """A word is wanted ``every`` so often: by hand, or for as long as a ``task`` lasts.

    ``seen``: where they were seen last.
    """

    every: timedelta
    grace: timedelta
    still_after: timedelta
    task: int | None = None
    seen: Position | None = None


class CheckInJoined(CheckInHappening, frozen=True, kw_only=True, tag="check_in_joined"):
    """It lasts for as long as this task, too."""

    task: int


class CheckInLeft(CheckInHappening, frozen=True, kw_only=True, tag="check_in_left"):
    """That task is over; the check-in goes on for other reasons."""

    task: int


class CheckInAnswered(CheckInHappening, frozen=True, kw_only=True, tag="check_in_answered"):
    """*Estoy bien*; ``in_time``: it was sent before this alarm was raised, and read after."""

    in_time: int | None = None


class CheckInReminded(CheckInHappening, frozen=True, kw_only=True, tag="check_in_reminded"):
    """The person was asked whether they are well."""

    why: Trigger


class CheckInMissed(CheckInHappening, frozen=True, kw_only=True, tag="check_in_missed"):
    """They did not answer: an emergency was opened in their name."""

    why: Trigger


class RoundAsked(CheckInHappening, frozen=True, kw_only=True, tag="round_asked"):
    """They were asked whether they are well, in the round of this task. ``seen``: where they were seen last."""

    task: int
    grace: timedelta
    still_after: timedelta
    seen: Position | None = None


class RoundMissed(CheckInHappening, frozen=True, kw_only=True, tag="round_missed"):
    """They did not answer the first time: they are asked once more, and their supervisors know."""

    task: int


class RoundLeft(CheckInHappening, frozen=True, kw_only=True, tag="round_left"):
    """They left that task, or it is over, before they answered: nothing is asked of them any more."""

    task: int


class HelpWanted(CheckInHappening, frozen=True, kw_only=True, tag="help_wanted"):
    """*Necesito ayuda*."""


class MaydayCalled(CheckInHappening, frozen=True, kw_only=True, tag="mayday_called"):
    """*Mayday*, on this ``task``, whether or not a check-in runs."""

    task: int | None = None


class DuressGiven(CheckInHappening, frozen=True, kw_only=True, tag="duress_given"):
    """They said their duress word, as an answer or unasked."""


class CheckInStopped(CheckInHappening, frozen=True, kw_only=True, tag="check_in_stopped"):
    """No more words are wanted."""


class DuressWordSet(CheckInHappening, frozen=True, kw_only=True, tag="duress_word_set"):
    """The person has a duress word, or another than before."""


CheckInEvent = (
    CheckInStarted
    | CheckInJoined
    | CheckInLeft
    | CheckInAnswered
    | CheckInReminded
    | CheckInMissed
    | RoundAsked
    | RoundMissed
    | RoundLeft
    | HelpWanted
    | MaydayCalled
    | DuressGiven
    | CheckInStopped
    | DuressWordSet
)
