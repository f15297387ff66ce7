"""Keys that have been renamed: the old name still works, with a warning, and errors name the key as it was written."""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.config.error import ConfigError

log = logging.getLogger(__name__)

Key = tuple[str, ...]
PREFIX = "GAD_"
# The end of a variable that names a file with a secret in it.
FILE = "_FILE"
# `gad migrate --to` without a password on the command line, where every user of the machine reads it: no key.
MIGRATE_TO = f"{PREFIX}MIGRATE_TO"
# The old name of a table or a key, and the one it has now.
RENAMED: Mapping[Key, Key] = {
    ("guard",): ("user_rate_limit",),
    ("dispatch", "twin_window"): ("dispatch", "duplicate_window"),
}


def variable(key: Key) -> str:
    """The environment variable of a key: ``GAD_TELEGRAM__TOKEN``."""
    return PREFIX + "__".join(key).upper()


def key_of(name: str) -> Key:
    """The key of an environment variable."""
    return tuple(name.upper().removeprefix(PREFIX).lower().split("__"))


def newest(key: Key) -> Key:
    """The key under the name that it has now."""
    for old, new in RENAMED.items():
        if key[: len(old)] == old:
            return (*new, *key[len(old) :])
    return key


def is_old(name: str) -> bool:
    """Whether a variable of the environment has an old name."""
    return any(_is_under(old, name) for old in RENAMED)


class Written:
    """The values of a file and the environment under today's names, and the names under which they were written."""

    def __init__(self, in_file: dict[str, Any], environment: Mapping[str, str], path: Path | None) -> None:
        """Move the values of old names, and log a warning for each old name that is in use.

        Raises:
            ConfigError: a key is set under its old and its new name.
        """
        self.values = in_file
        self._old: dict[Key, Key] = {}
        for old, new in RENAMED.items():
            before = _places(old, in_file, environment, path)
            after = _places(new, in_file, environment, path)
            if not before:
                continue
            if after:
                raise ConfigError(
                    f"{_dotted(old)}: is now called {_dotted(new)}, and both are set"
                    f" (in {', '.join(before)} and {', '.join(after)}); keep {_dotted(new)}"
                )
            log.warning(
                "%s is now called %s; the old name still works, rename it in %s",
                _dotted(old),
                _dotted(new),
                ", ".join(before),
            )
            self._old[new] = old
            self._move(old, new, environment)

    def _move(self, old: Key, new: Key, environment: Mapping[str, str]) -> None:
        if _find(old, self.values) is not None:
            put(new, _take(old, self.values), self.values)
        for name, value in environment.items():
            if _is_under(old, name):
                put(newest(key_of(name)), value, self.values)

    def name_of(self, key: Key) -> Key:
        """The name under which a key was written."""
        for new, old in self._old.items():
            if key[: len(new)] == new:
                return (*old, *key[len(new) :])
        return key


def _places(key: Key, in_file: dict[str, Any], environment: Iterable[str], path: Path | None) -> list[str]:
    places = [name for name in sorted(environment) if _is_under(key, name)]
    return [*([str(path)] if _find(key, in_file) is not None else []), *places]


def _is_under(key: Key, name: str) -> bool:
    return name.upper().startswith(PREFIX) and key_of(name)[: len(key)] == key


def _find(key: Key, values: object) -> object:
    for part in key:
        values = values.get(part) if isinstance(values, dict) else None
    return values


def _take(key: Key, values: dict[str, Any]) -> object:
    for part in key[:-1]:
        values = values[part]
    return values.pop(key[-1])


def put(key: Key, value: object, values: dict[str, Any]) -> None:
    """Set the value of a key, as a file would."""
    for part in key[:-1]:
        below = values.setdefault(part, {})
        if not isinstance(below, dict):
            return  # a value where a table belongs: the schema says so
        values = below
    values[key[-1]] = value


def _dotted(key: Key) -> str:
    return ".".join(key)
