"""Commands about the ways in: links that are taken back, and second administrators (`core.vocabulary.commands`)."""

from msgspec import Struct


class Revoke(Struct, frozen=True, kw_only=True):
    """Take a one-time link back that nobody has used; ``token_digest`` as in `core.vocabulary.commands.Invite`."""

    token_digest: str


class OnRise(Struct, frozen=True, kw_only=True):
    """A command about one request that somebody becomes an administrator (`core.state.rises`)."""

    rise: int


class ConfirmRise(OnRise, frozen=True, kw_only=True):
    """*Confirmar*: a second administrator says so too, and it happens."""


class RefuseRise(OnRise, frozen=True, kw_only=True):
    """*Rechazar*: it does not happen."""


AnswerRise = ConfirmRise | RefuseRise
