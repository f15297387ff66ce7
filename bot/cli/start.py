"""The first lines of `gad`: signals count before the rest is loaded, which takes a few tenths of a second."""

from bot.runtime import early_signals


def main() -> None:
    """Run the command line."""
    early_signals.take()
    from bot.cli.main import main as run

    run()
