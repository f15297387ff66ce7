"""``gad backup``, ``gad restore`` and ``gad backup-key``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, counted

if TYPE_CHECKING:
    from bot.config.schema import Config
    from storage.ops.backup_archive import Trust


def backup(
    file: Annotated[Path, typer.Argument(help="Where it goes; nothing there is overwritten.")],
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Write a signed backup, while the desk runs too."""
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.audit.export import own_key
    from storage.ops.backup import back_up

    settings = load(config)
    key, recipient = own_key(Path(settings.audit.key_file)), settings.backup.encrypt_to
    manifest = back_up(settings.storage.url, file, SystemClock().now(), key, recipient)
    typer.echo(f"{file}: {manifest.size:,} bytes, {counted(manifest.events, 'event')}, SHA-256 {manifest.sha256}")
    typer.echo(f"Signed by {manifest.key}: note this key elsewhere, `gad restore --key` asks for it on another machine")
    if recipient:
        typer.echo(f"Encrypted to {recipient}: nothing but its private key opens it")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    key: Annotated[
        str | None, typer.Option(help="The public key that must have signed it; without it, that of audit.key_file.")
    ] = None,
    identity: Annotated[
        Path | None, typer.Option(help="The file with the private key, where the backup is encrypted.")
    ] = None,
    seal: Annotated[str | None, typer.Option(help="A seal that was published: its record must hold it.")] = None,
    unproved: Annotated[
        bool, typer.Option("--unproved", help="Take one that nobody signed, or that an unknown key signed.")
    ] = False,
    config: ConfigFile = THE_CONFIG,
) -> None:
    """Put a backup in the place of the database, once it is proved.

    The desk must be stopped; the old file is set aside.
    """
    from bot.config.source import load
    from bot.runtime.clock import SystemClock
    from storage.ops.age import read_identity
    from storage.ops.restore import restore as put_back

    settings = load(config)
    done = put_back(
        file,
        settings.storage.url,
        SystemClock().now(),
        _trust(settings, key, unproved),
        identity=read_identity(identity) if identity else None,
        seal=seal.strip().lower() if seal else None,
        erased=Path(settings.audit.erased_file) if settings.audit.erased_file else None,
    )
    events, made_at = counted(done.manifest.events, "event"), f"{done.manifest.made_at:%Y-%m-%d %H:%M:%S} UTC"
    typer.echo(f"Restored: the desk as it was at {made_at}, {events}")
    if not done.proved:
        typer.echo("Not proved: who made it, when, and that nothing in it was changed by somebody who knew how")
    if done.erased:
        names = "person comes" if done.erased == 1 else "people come"
        typer.echo(f"{done.erased} {names} back who had been erased since: erased again as soon as the desk starts")
    if done.aside is not None:
        typer.echo(f"The database that was there: {done.aside}")


def _trust(settings: "Config", key: str | None, unproved: bool) -> "Trust":
    from storage.audit.export import name_of, own_key
    from storage.ops.backup_archive import Trust

    file = Path(settings.audit.key_file)
    if key is None and file.exists():
        key = name_of(own_key(file))
    return Trust(key=key.strip().lower() if key else None, unproved=unproved)


def backup_key(
    file: Annotated[Path, typer.Argument(help="Where the private key goes; nothing there is overwritten.")],
) -> None:
    """Make a key pair for encrypted backups, as age-keygen does."""
    from storage.engine.private_files import open_new
    from storage.ops.age import new_identity

    private, public = new_identity()
    with open_new(file) as target:
        target.write(f"# public key: {public}\n{private}\n".encode())
    typer.echo(f"{file}: the private key. Keep it away from the desk's machine; without it no backup is ever opened")
    typer.echo(f'backup.encrypt_to = "{public}"')
