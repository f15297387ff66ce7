"""Loads every feature, so that the commands and buttons that it declares are known."""

from importlib import import_module
from pkgutil import walk_packages

import bot.features


def load_features() -> None:
    """Import every module below ``bot.features``."""
    for module in walk_packages(bot.features.__path__, "bot.features."):
        import_module(module.name)
