"""``gad deadletters``: what was set aside because it could not be done."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, Failed, with_store
from metrics.blackout import black_out

if TYPE_CHECKING:
    from core.vocabulary.desk_events import DeadLetterKind
    from storage.engine.session import Session
    from storage.engine.store import Store

app = typer.Typer(help="List what was set aside; try it again, or drop it.")
Number = Annotated[str, typer.Argument(metavar="ID", help="As the list shows it: U12 or M7.")]
SHOWN = 200


@app.command("list")
def show(config: ConfigFile = THE_CONFIG) -> None:
    """List all of them, with their cause.

    U are updates that came, M messages that should leave.
    """
    from bot.config.source import load
    from storage.audit.dead_letters import dead_letters

    async def act(store: "Store") -> int:
        count = 0
        async for dead_letter in dead_letters(store):
            count += 1
            name = f"{dead_letter.kind.value[0].upper()}{dead_letter.number}"
            when = f"{dead_letter.parked_at:%Y-%m-%d %H:%M:%S}Z"
            what = f"{dead_letter.method or 'update'}: {_line(dead_letter.cause)}"
            typer.echo(f"{name}  {when}  chat {dead_letter.chat}  {what}")
            typer.echo(f"    {_line(dead_letter.content)}")
        return count

    if not with_store(load(config).storage.url, act):
        typer.echo("Nothing was set aside.")


@app.command()
def retry(number: Number, config: ConfigFile = THE_CONFIG) -> None:
    """Try one again, as if it had just come.

    A desk that runs takes it up within seconds.
    """
    from bot.config.source import load
    from storage.audit import dead_letters

    kind, row = _parse(number)

    async def act(store: "Store") -> bool:
        async def unit(session: "Session") -> bool:
            return await dead_letters.retry(session, kind, row)

        return await store.write(unit)

    try:
        found = with_store(load(config).storage.url, act)
    except dead_letters.Unfit as unfit:
        raise Failed(f"{number}: {unfit}") from unfit
    _say(number, "is tried again", found=found)


@app.command()
def drop(
    number: Number,
    why: Annotated[str, typer.Option(help="The reason, for the record.")],
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Drop one for good; who reads the record finds that it was, and why."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.audit import dead_letters

    kind, row = _parse(number)
    if not why.strip():
        raise typer.BadParameter("--why: say why it is dropped")

    async def act(store: "Store") -> bool:
        async def unit(session: "Session") -> bool:
            return await dead_letters.drop(session, kind, row, why.strip(), SystemClock().now())

        return await store.write(unit)

    _say(number, "was dropped", found=with_store(load(config).storage.url, act))


def _parse(number: str) -> "tuple[DeadLetterKind, int]":
    from core.vocabulary.desk_events import DeadLetterKind

    kinds = {"U": DeadLetterKind.UPDATE, "M": DeadLetterKind.MESSAGE}
    kind, digits = kinds.get(number[:1].upper()), number[1:]
    if kind is None or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise typer.BadParameter(f"{number}: expected an ID as `gad deadletters list` shows it, such as U12 or M7")
    return kind, int(digits)


def _say(number: str, what: str, *, found: bool) -> None:
    if not found:
        raise Failed(f"{number}: nothing with this ID was set aside")
    typer.echo(f"{number} {what}")


def _line(text: str) -> str:
    text = " ".join(black_out(text).split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
