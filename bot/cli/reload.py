"""``gad reload``: has the desks that run here read their configuration again."""

from pathlib import Path

import typer

from bot.cli.options import THE_CONFIG, ConfigFile, Failed, counted


def reload(config: ConfigFile = THE_CONFIG) -> None:
    """Have the desks here read their configuration again.

    A configuration with a mistake is refused here, and they hear nothing. What came of it say their log and `gad
    health`: which keys hold now, and which want a restart.
    """
    import os
    import signal

    from bot.config.source import load
    from bot.runtime.running import desks_in

    folder = Path(load(config).audit.key_file).parent
    found = desks_in(folder)
    if not found:
        raise Failed(f"no desk that runs here shows itself in {folder}; send its process SIGHUP")
    for process in found:
        os.kill(process, signal.SIGHUP)
    typer.echo(f"told {counted(len(found), 'desk')}: {', '.join(map(str, found))}")
