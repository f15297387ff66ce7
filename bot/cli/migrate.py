"""``gad migrate``: the desk on another database."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile
from bot.config.renamed import FILE, MIGRATE_TO

if TYPE_CHECKING:
    from storage.ops.move import Moved


def migrate(
    to: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help=f"The new database, as storage.url names it; with a password better in {MIGRATE_TO}"
            f" or, in a file, {MIGRATE_TO}{FILE}: others on the machine read the command line.",
        ),
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Open a database again from which the desk has moved.")] = False,
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Copy everything to another database, and compare it. The desk must be stopped; safe to break off and repeat."""
    import asyncio

    from bot.config.source import load

    source, typed = load(config).storage.url, bool(to)
    to = to or ("" if undo else _from_environment())
    if bool(to) == undo:
        raise typer.BadParameter(f"give --to URL, {MIGRATE_TO} in the environment, or --undo")
    if undo:
        from storage.ops.move import undo as take_back

        there = asyncio.run(take_back(source))
        typer.echo(
            "It was not moved" if there is None else f"The desk opens it again; what is at {there} is left there"
        )
        return
    target = _target(to, typed=typed)
    moved = asyncio.run(_with_a_bar(source, target))
    for table in moved:
        typer.echo(f"{table.table:12} {table.rows:>12,} rows  {table.digest}")
    typer.echo("All is there and the same: put the new address into storage.url")


def _target(url: str, *, typed: bool) -> str:
    """The new database, and a warning where its password was typed."""
    from pydantic import ValidationError

    from bot.config.schema import Storage
    from bot.config.secrets import STORAGE_URL, parts_of
    from metrics.blackout import SECRETS

    passwords = {part for part in parts_of(STORAGE_URL, url) if part}
    SECRETS.know(*passwords)
    try:
        target = Storage(url=url).url
    except ValidationError as error:
        # Its own text would show the password.
        why = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
        raise typer.BadParameter(f"--to: {why}") from None
    if typed and passwords:
        where = f"{MIGRATE_TO}, or a file that {MIGRATE_TO}{FILE} names, keeps it from them"
        typer.echo(f"--to: others on this machine read the password on the command line; {where}", err=True)
    return target


def _from_environment() -> str:
    """The address that the environment names, or hands over in a file."""
    import os

    from bot.config.secrets import value_of

    in_file = MIGRATE_TO + FILE
    return value_of(in_file, os.environ) if in_file in os.environ else os.environ.get(MIGRATE_TO, "")


async def _with_a_bar(source: str, target: str) -> "tuple[Moved, ...]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    from storage.ops.move import move

    columns = TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars: dict[str, TaskID] = {}

        def notified(table: str, done: int, rows: int) -> None:
            if table not in bars:
                bars[table] = progress.add_task(table, total=rows)
            progress.update(bars[table], completed=done, total=rows)

        return await move(source, target, notified)
