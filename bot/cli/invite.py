"""``gad invite``: lets the first people in, and anybody when no administrator is at hand."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, Failed, with_store

if TYPE_CHECKING:
    from bot.config.schema import Config
    from core.desk.outcome import InviteOutcome
    from core.vocabulary.words import Role
    from storage.engine.store import Store


def invite(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="agente, supervisor or administrador.")],
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Print a link that lets one person in, once.

    They get this role; a desk that runs knows it at once.
    """
    import asyncio
    import secrets
    from hashlib import sha256

    from bot.cli.check import account_name
    from bot.config.source import load
    from bot.parsing.roles import role_of
    from core.desk.outcome import Refused

    settings, wanted = load(config), role_of(role)
    if wanted is None:
        raise typer.BadParameter(f"expected agente, supervisor or administrador, got {role!r}")
    name = asyncio.run(account_name(settings))
    token = secrets.token_urlsafe(24)
    outcome = _execute(settings, wanted, sha256(token.encode()).hexdigest())
    if isinstance(outcome, Refused):
        raise Failed(f"the desk refused: {outcome.refusal.reason.value}")
    typer.echo(f"https://t.me/{name}?start={token}")


def _execute(settings: "Config", role: "Role", digest: str) -> "InviteOutcome":
    from bot.config.rules import rules_of
    from bot.notifications.composer import Composer
    from bot.runtime.clock import SystemClock
    from bot.transport.rendering import render
    from bot.ui.texts import Texts
    from core.desk.desk import Desk
    from core.rules.permissions import Caller
    from core.vocabulary.commands import Invite
    from storage.repositories.unit_of_work import StoreUnitOfWork

    async def act(store: "Store") -> "InviteOutcome":
        composer = Composer(Texts(settings.language, settings.timezone))
        desk = Desk(
            units=StoreUnitOfWork(store, render), clock=SystemClock(), composer=composer, rules=rules_of(settings)
        )
        return await desk.execute(Invite(role=role, token_digest=digest), caller=Caller(via="cli"))

    return with_store(settings.storage.url, act)
