"""The command line: `gad`, also `python -m bot`.

A command imports what it needs when it runs, so that `gad --help` is quick. A failure ends in one line on the
standard error and an exit code that says what kind it is (`bot.cli.exit_codes`).
"""

import gc
import logging
import sys
from collections.abc import Iterable
from functools import partial
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bot.cli import audit, backup, dead_letters, health, invite, migrate, reload, tokens
from bot.cli.exit_codes import ExitCode
from bot.cli.options import THE_CONFIG, CannotOpen, ConfigFile, Failed
from bot.config.error import ConfigError
from bot.runtime.logs import black_out_records
from metrics.blackout import black_out, quoted_error
from storage.engine.errors import StorageError
from storage.engine.reasons import reason

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"gad {version('grupo-gad')}")
        raise typer.Exit


@app.callback()
def gad(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and leave."),
    ] = False,
) -> None:
    """A dispatch desk that lives in Telegram."""


@app.command()
def run(config: ConfigFile = THE_CONFIG) -> None:
    """Open the desk."""
    from bot.config.hints import hints
    from bot.config.source import load
    from bot.runtime.early_signals import hold_reloads
    from bot.runtime.logs import set_up_logging

    gc.disable()  # what is loaded stays: looking through it for garbage takes a sixth of the start
    hold_reloads()
    set_up_logging("warning")  # of what the configuration itself warns; its own level comes next
    settings = load(config)
    if not settings.telegram.token.get_secret_value():
        raise ConfigError("telegram.token: is missing; `gad check` says what else is")
    for hint in hints(settings):
        logging.getLogger(__name__).warning("%s", hint)

    from bot.cli import run as desk

    try:
        desk.run(settings, partial(load, config))
    except StorageError as error:
        raise CannotOpen(str(error)) from error


@app.command()
def demo(port: Annotated[int | None, typer.Option(help="Port of the page; 0: any free one.")] = None) -> None:
    """Open the desk with a local Telegram and four people to play.

    Needs no account and no network. Without --port the page is at 8081, or at any free port when that one is taken.
    """
    from importlib.util import find_spec

    if find_spec("emulator") is None:
        raise Failed("the local Telegram is not in this image; a clone has it: make run")
    from bot.cli import demo as demonstration

    demonstration.main(port=port)


@app.command()
def check(config: ConfigFile = THE_CONFIG) -> None:
    """Say what is missing before the desk can open.

    One line for each, on the standard error, and an exit code of 1.
    """
    import asyncio

    from bot.cli.administrators import advice
    from bot.cli.check import findings
    from bot.config.hints import hints
    from bot.config.source import load
    from storage.ops.migrate import may_open

    try:
        settings = load(config)
    except ConfigError as error:
        _say_each(error.lines)
        raise typer.Exit(1) from None
    lines = asyncio.run(findings(settings, schema_suits=may_open))
    _say_each(lines)
    if lines:
        raise typer.Exit(1)
    typer.echo("All is ready: gad run")
    for hint in hints(settings):
        typer.echo(hint)
    if (line := advice(settings)) is not None:
        typer.echo(line)


def _say_each(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(black_out(line), err=True)


app.command()(health.health)
app.command()(reload.reload)
app.command()(invite.invite)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(backup.backup_key)
app.command()(migrate.migrate)
app.add_typer(audit.app, name="audit")
app.add_typer(dead_letters.app, name="deadletters")
app.add_typer(tokens.app, name="tokens")


def main() -> None:
    """Run the command that was typed, and end the process with its exit code."""
    black_out_records()
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], prog_name="gad", standalone_mode=False))
    except TyperException as error:
        failure, code = error.format_message(), ExitCode.USAGE
    except ConfigError as error:
        failure, code = str(error), ExitCode.CONFIG
    except CannotOpen as error:
        failure, code = str(error), ExitCode.UNAVAILABLE
    except (StorageError, Failed) as error:
        failure, code = str(error), ExitCode.FAILED
    except OSError as error:
        failure, code = str(error), ExitCode.OS
    except typer.Abort:
        failure, code = "stopped", ExitCode.INTERRUPTED
    except Exception as error:
        logging.getLogger(__name__).debug("The command failed", exc_info=True)
        failure, code = f"the command failed ({quoted_error(str(error) or reason(error))})", ExitCode.SOFTWARE
    print("gad:", " ".join(black_out(failure).split()), file=sys.stderr)
    sys.exit(code)
