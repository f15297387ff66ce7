"""Commands about the ways in: one-time links that are taken back (`core.vocabulary.commands`)."""

from msgspec import Struct


class Revoke(Struct, frozen=True, kw_only=True):
    """Take a one-time link back that nobody has used; ``token_digest`` as in `core.vocabulary.commands.Invite`."""

    token_digest: str
