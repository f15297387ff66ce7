"""``gad backup`` and ``gad restore``."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, counted


def backup(
    file: Annotated[Path, typer.Argument(help="Where it goes; nothing there is overwritten.")],
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Write a backup of the database, while the desk runs too."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.ops.backup import back_up

    manifest = back_up(load(config).storage.url, file, SystemClock().now())
    typer.echo(f"{file}: {manifest.size:,} bytes, {counted(manifest.events, 'event')}, SHA-256 {manifest.sha256}")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Put a backup in the place of the database. The desk must be stopped; the old file is set aside."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.ops.backup import restore as put_back

    manifest, aside = put_back(file, load(config).storage.url, SystemClock().now())
    typer.echo(
        f"Restored: the desk as it was at {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, {counted(manifest.events, 'event')}"
    )
    if aside is not None:
        typer.echo(f"The database that was there: {aside}")
