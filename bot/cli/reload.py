"""``gad reload``: has the desks that run here read their configuration again."""

from contextlib import suppress
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
    found = []
    for process in desks_in(folder):
        with suppress(ProcessLookupError):  # it ended meanwhile; the others are told all the same
            os.kill(process, signal.SIGHUP)
            found.append(process)
    if not found:
        raise Failed(f"no desk that runs here shows itself in {folder}; send its process SIGHUP")
    typer.echo(f"told {counted(len(found), 'desk')}: {', '.join(map(str, found))}")
