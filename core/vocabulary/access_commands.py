"""Commands about the ways in and out: links, second administrators, freezing (`core.vocabulary.commands`)."""

from msgspec import Struct


class Revoke(Struct, frozen=True, kw_only=True):
    """Take a one-time link back that nobody has used; ``token_digest`` as in `core.vocabulary.commands.Invite`."""

    token_digest: str


class Forget(Struct, frozen=True, kw_only=True):
    """*Borrar mis datos*: the person wants what is kept of them erased; an administrator says so too."""

    person: int


class EraseAgain(Struct, frozen=True, kw_only=True):
    """The desk's own: a backup that was put back brought back somebody who had been erased."""

    person: int


class OnRise(Struct, frozen=True, kw_only=True):
    """A command about one request that somebody becomes an administrator (`core.state.rises`)."""

    rise: int


class ConfirmRise(OnRise, frozen=True, kw_only=True):
    """*Confirmar*: a second administrator says so too, and it happens."""


class RefuseRise(OnRise, frozen=True, kw_only=True):
    """*Rechazar*: it does not happen."""


AnswerRise = ConfirmRise | RefuseRise


class OnFreeze(Struct, frozen=True, kw_only=True):
    """A command about a person who is to be frozen, or is."""

    person: int


class Freeze(OnFreeze, frozen=True, kw_only=True):
    """*Congelar*: their access ends at once, until an administrator confirms or lifts it."""


class Thaw(OnFreeze, frozen=True, kw_only=True):
    """*Descongelar*: they are in again, as what they were."""


class RemindFreeze(OnFreeze, frozen=True, kw_only=True):
    """The desk's own: nobody has confirmed or lifted it for a day."""


class CallFrozen(OnFreeze, frozen=True, kw_only=True):
    """The desk's own: a call for help in these ``words`` came from a phone that is frozen."""

    words: str


Freezing = Freeze | Thaw | RemindFreeze | CallFrozen


class SetLostWord(Struct, frozen=True, kw_only=True):
    """Keep the word with which they freeze their own access, as `core.state.lost_word` makes it unreadable."""

    person: int
    salt: bytes
    digest: bytes


class FreezeByWord(Struct, frozen=True, kw_only=True):
    """Somebody with this ``account`` said a word to freeze one of these ``people``.

    It has this ``digest`` by the salt of the ``person``'s; None: it is nobody's of them.
    """

    account: int
    people: tuple[int, ...] = ()
    person: int | None = None
    digest: bytes = b""


OfLostWord = SetLostWord | FreezeByWord
