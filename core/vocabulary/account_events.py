"""Events of a person's account, and of the one-time links that they made (``core.vocabulary.events``)."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from core.vocabulary.capabilities import Equipped
from core.vocabulary.words import Role


class Way(StrEnum):
    """The way in which somebody is to become an administrator; or that their data are to be erased."""

    PROMOTE = "promote"
    ADMIT = "admit"
    AGAIN = "again"
    MOVE = "move"
    INVITE = "invite"
    ERASE = "erase"


class AccountEvent(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened to the account by which a person is known."""


class Relinked(AccountEvent, frozen=True, kw_only=True, tag="relinked"):
    """The person has this ``account`` now, which was ``newcomer``'s, and ``was`` their own before."""

    account: int
    was: int
    newcomer: int


class Replaced(AccountEvent, frozen=True, kw_only=True, tag="replaced"):
    """Out, with the former account of the other one (``by``) who they are, after they asked to be let in."""

    by: int


class Revoked(AccountEvent, frozen=True, kw_only=True, tag="revoked"):
    """A one-time link for this role was taken back before anybody used it, or its maker may not give it any more."""

    token_digest: str
    role: Role


class RiseAsked(AccountEvent, frozen=True, kw_only=True, tag="rise_asked"):
    """An administrator wants somebody to be one too, in this ``way``; another one must say so before ``due_at``."""

    way: Way
    due_at: datetime


class RiseConfirmed(AccountEvent, frozen=True, kw_only=True, tag="rise_confirmed"):
    """A second administrator confirmed what ``asked_by`` wanted."""

    way: Way
    asked_by: int


class RiseRefused(AccountEvent, frozen=True, kw_only=True, tag="rise_refused"):
    """A second administrator refused what ``asked_by`` wanted."""

    way: Way
    asked_by: int


OfRise = RiseAsked | RiseConfirmed | RiseRefused


class Frozen(AccountEvent, frozen=True, kw_only=True, tag="frozen"):
    """Out at once, until an administrator confirms or lifts it; role and unit stay.

    ``account``: from which their own word came; None: a leader did it.
    """

    account: int | None = None


class Thawed(AccountEvent, frozen=True, kw_only=True, tag="thawed"):
    """In again, as what they were."""


class FreezeReminded(AccountEvent, frozen=True, kw_only=True, tag="freeze_reminded"):
    """The administrators were told once more that somebody is frozen."""


class FrozenCalled(AccountEvent, frozen=True, kw_only=True, tag="frozen_called"):
    """A call for help in these words came from the frozen phone; it opened nothing, and the administrators heard it."""

    words: str = ""


class LostWordSet(AccountEvent, frozen=True, kw_only=True, tag="lost_word_set"):
    """The person keeps a word with which they freeze their own access; no record says which."""


class LostWordTried(AccountEvent, frozen=True, kw_only=True, tag="lost_word_tried"):
    """This ``account`` said the last of so many wrong words for the person."""

    account: int
    tries: int


OfFreeze = Frozen | Thawed | FreezeReminded | FrozenCalled
OfLostWord = LostWordSet | LostWordTried


class Erasing(AccountEvent, frozen=True, kw_only=True, tag="erasing"):
    """An administrator approved that what is kept of the person is erased, as they asked.

    ``again``: it had been, and a backup that was put back brought them back.
    """

    again: bool = False


class DataErased(AccountEvent, frozen=True, kw_only=True, tag="data_erased"):
    """All that was kept of the person is erased.

    ``by_age``: they had been out for long, and only their name and account were left, which nobody needed any more.
    """

    by_age: bool = False


OfErasure = Erasing | DataErased
OfAccount = OfRise | OfFreeze | OfLostWord | OfErasure | Equipped


class ReporterOut(AccountEvent, frozen=True, kw_only=True, tag="reporter_out"):
    """The person who reported the task lost their access; it goes on. ``back``: they are in again, it was a freeze."""

    person: int
    back: bool = False
