"""``python -m bot`` is ``gad``."""

from bot.cli.start import main

if __name__ == "__main__":
    main()
