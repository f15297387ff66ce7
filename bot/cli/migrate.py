"""``gad migrate``: the desk on another database."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile

if TYPE_CHECKING:
    from storage.ops.move import Moved


def migrate(
    to: Annotated[str, typer.Option(metavar="URL", help="The new database, as storage.url names it.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Open a database again from which the desk has moved.")] = False,
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Copy everything to another database, and compare it. The desk must be stopped; safe to break off and repeat."""
    import asyncio

    from pydantic import ValidationError

    from bot.config.schema import Storage
    from bot.config.source import load

    if bool(to) == undo:
        raise typer.BadParameter("give --to URL, or --undo")
    source = load(config).storage.url
    if undo:
        from storage.ops.move import undo as take_back

        there = asyncio.run(take_back(source))
        typer.echo(
            "It was not moved" if there is None else f"The desk opens it again; what is at {there} is left there"
        )
        return
    try:
        target = Storage(url=to).url
    except ValidationError as error:
        # Its own text would show the password.
        why = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
        raise typer.BadParameter(f"--to: {why}") from None
    moved = asyncio.run(_with_a_bar(source, target))
    for table in moved:
        typer.echo(f"{table.table:12} {table.rows:>12,} rows  {table.digest}")
    typer.echo("All is there and the same: put the new address into storage.url")


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
