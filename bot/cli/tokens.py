"""``gad tokens``: names the programs that may use the API, and what each may do."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, Failed, with_store

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from core.queries.tokens import ApiToken
    from core.vocabulary.scopes import Scope
    from storage.engine.session import Session
    from storage.engine.store import Store

app = typer.Typer(help="Make, list and revoke the tokens of programs.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The program's name, such as monitoreo.")]
PREFIX = "gad_"
# The desk names a token of the configuration by twelve digits of its digest.
TAKEN = re.compile(r"[0-9a-f]{12}")
SPANS = {"s": 1, "min": 60, "h": 3600}


@app.command()
def create(
    name: Name,
    scope: Annotated[str, typer.Option(help="read, report, act, positions, metrics, duress; commas between.")],
    expires: Annotated[str, typer.Option(help="For how long it counts, such as 90d; empty: until it is revoked.")] = "",
    limit: Annotated[str, typer.Option(help="Calls in a second, minute or hour, such as 20/s or 600/min.")] = "20/s",
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Make a token and print it: this once, for the desk keeps only its SHA-256."""
    import secrets
    from hashlib import sha256

    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from core.queries.tokens import ApiToken
    from metrics.blackout import SECRETS
    from storage.repositories import tokens

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", name) or TAKEN.fullmatch(name):
        raise typer.BadParameter(f"{name!r}: expected up to 32 of a-z 0-9 -, such as monitoreo")
    now = SystemClock().now()
    calls, seconds = _limit(limit)
    token = ApiToken(
        name=name,
        scopes=_scopes(scope),
        calls=calls,
        seconds=seconds,
        created_by=_who(),
        expires_at=now + _life(expires) if expires else None,
    )
    value = PREFIX + secrets.token_urlsafe(32)
    settings = load(config)

    async def act(store: "Store") -> bool:
        async def unit(session: "Session") -> bool:
            return await tokens.create(session, token, sha256(value.encode()).hexdigest(), now)

        return await store.write(unit)

    if not with_store(settings.storage.url, act):
        raise Failed(f"{name}: there is or was a token with this name, and the record knows it by that")
    typer.echo(value)
    SECRETS.see(value)
    typer.echo("It is not shown again.", err=True)


@app.command("list")
def show(config: ConfigFile = THE_CONFIG) -> None:
    """List all of them, revoked ones too."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.repositories import tokens

    async def act(store: "Store") -> "list[ApiToken]":
        return await store.read(tokens.every)

    now = SystemClock().now()
    found = with_store(load(config).storage.url, act)
    for token in found:
        typer.echo(_line(token, now))
    if not found:
        typer.echo("There is none: gad tokens create makes one.")


@app.command()
def revoke(name: Name, config: ConfigFile = THE_CONFIG) -> None:
    """Revoke one: it opens nothing more, from the next request on."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.repositories import tokens

    async def act(store: "Store") -> bool:
        async def unit(session: "Session") -> bool:
            return await tokens.revoke(session, name, _who(), SystemClock().now())

        return await store.write(unit)

    if not with_store(load(config).storage.url, act):
        raise Failed(f"{name}: no token that counts has this name; `gad tokens list` shows all")
    typer.echo(f"{name} is revoked")


def _line(token: "ApiToken", now: "datetime") -> str:
    if token.revoked_at is not None:
        state = f"revoked {_at(token.revoked_at)}"
    elif token.expires_at is None:
        state = "counts until it is revoked"
    else:
        state = f"{'counts until' if now < token.expires_at else 'over since'} {_at(token.expires_at)}"
    made = f"made {_at(token.created_at)} by {token.created_by}"
    used = f"used {_at(token.last_used)}" if token.last_used is not None else "never used"
    scopes = ",".join(sorted(token.scopes))
    return f"{token.name}  {scopes}  {token.calls} calls in {token.seconds} s  {state}  {made}  {used}"


def _at(moment: "datetime | None") -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z" if moment is not None else "?"


def _scopes(words: str) -> "frozenset[Scope]":
    from core.vocabulary.scopes import Scope

    given = {word.strip() for word in words.split(",") if word.strip()}
    if not given or not given <= set(Scope):
        raise typer.BadParameter(f"--scope {words!r}: expected some of {', '.join(Scope)}, with commas between")
    return frozenset(Scope(word) for word in given)


def _limit(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9][0-9]{0,5})/(s|min|h)", text)
    if match is None:
        raise typer.BadParameter(f"--limit {text!r}: expected calls in a span of time, such as 20/s, 600/min or 1000/h")
    return int(match[1]), SPANS[match[2]]


def _life(text: str) -> "timedelta":
    from datetime import timedelta

    match = re.fullmatch(r"([1-9][0-9]{0,4})([hd])", text)
    if match is None:
        raise typer.BadParameter(f"--expires {text!r}: expected a time like 12h or 90d")
    return timedelta(hours=int(match[1]) * (24 if match[2] == "d" else 1))


def _who() -> str:
    """The user of the machine, for the record."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "cli"
