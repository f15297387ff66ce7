"""Reads the configuration: a TOML file, and the environment over it.

``GAD_TELEGRAM__TOKEN`` is ``telegram.token``; a list is JSON, or values with commas between them. A secret may come
from a file: ``GAD_TELEGRAM__TOKEN_FILE``.
"""

import difflib
import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config.error import ConfigError
from bot.config.renamed import FILE, MIGRATE_TO, PREFIX, RENAMED, Key, Written, is_old, key_of, newest, put, variable
from bot.config.schema import Config
from bot.config.secrets import file_variable, from_files, holds_secret, is_secret, know_written
from metrics.blackout import MARK, black_out

# Addresses of servers that the tests may use: no keys of the desk.
FOREIGN = "GAD_TEST_"
# A longer text in a wrong place may be a secret that was put there by mistake: it is not shown.
LONGEST_SHOWN = 15
PLAIN = {
    "int_from_float": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "model_type": "expected a table",
    "string_too_short": "expected some text",
    "string_type": "expected text",
    "too_short": "expected at least one",
    "tuple_type": "expected a list",
}


class _Merged(BaseSettings, Config):
    """The file's values come in as arguments, and the environment goes over them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", enable_decoding=False)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        assert isinstance(env_settings, EnvSettingsSource)
        # Variables with old names, and those that name files, come in with the file's values, under their keys.
        env_settings.env_vars = {
            name: value for name, value in env_settings.env_vars.items() if not is_old(name) and not file_variable(name)
        }
        return (env_settings, init_settings)


def load(path: Path | None) -> Config:
    """The configuration from the file at ``path`` (None: from the environment alone).

    Raises:
        ConfigError: the file can't be read, a key is unknown, or a value is not one that its key takes.
    """
    in_file = {} if path is None else _read(path)
    know_written(in_file, os.environ)
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and not name.upper().startswith(FOREIGN):
            _check_name(name)
    written = Written(in_file, os.environ, path)
    for key, value in from_files(os.environ).items():
        put(key, value, written.values)
    try:
        return Config(**dict(_Merged(**written.values)))
    except ValidationError as error:
        raise ConfigError(*(_sentence({**each}, path, written) for each in error.errors())) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; config.example.toml is one to start from") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except RecursionError:
        raise ConfigError(f"{path}: lists or tables are nested too deeply") from None
    except ValueError as error:  # not TOML, or not UTF-8
        raise ConfigError(f"{path}: {error}".replace("\n", " ")) from None


def _check_name(name: str) -> None:
    if name.upper() == MIGRATE_TO or file_variable(name):
        return
    keys = newest(key_of(name))
    section = _section(keys[:-1])
    if section is None or keys[-1] not in section.model_fields or _section(keys) is not None:
        raise ConfigError(
            f"{name}: no such key{_guess(name, [*_names(), *(known for old in RENAMED for known in _names(old))])}"
        )


def _section(keys: Key) -> type[BaseModel] | None:
    """The model of the table that these keys lead to; None if they lead to a value, or nowhere."""
    model: type[BaseModel] = Config
    for key in keys:
        field = model.model_fields.get(key)
        if field is None or not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)):
            return None
        model = field.annotation
    return model


def _names(keys: Key = ()) -> list[str]:
    section = _section(newest(keys))
    if section is None:
        return [variable(keys)]
    return [name for key in section.model_fields for name in _names((*keys, key))]


def _guess(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _sentence(error: dict[str, Any], path: Path | None, written: Written) -> str:
    keys = tuple(str(key) for key in error["loc"])
    name = written.name_of(keys)
    variables = [variable(name[: depth + 1]) for depth in range(len(name))]
    names = [each for one in variables for each in (one, one + FILE)]
    source = next((name for name in names if name in os.environ), path)
    return f"{'.'.join(name)}: {_problem(error, keys)}" + (f" (in {source})" if source else "")


def _problem(error: dict[str, Any], keys: Key) -> str:
    match error["type"]:
        case "extra_forbidden":
            section = _section(keys[:-1])
            return "no such key" + _guess(keys[-1], list(section.model_fields) if section else [])
        case "missing":
            return "is missing"
        case "value_error":
            problem = str(error["ctx"]["error"])
        case kind:  # pydantic's kinds are an open set
            problem = PLAIN.get(kind) or error["msg"].replace("Input should be", "expected").replace("'", '"')
    if is_secret(keys):
        return problem
    shown = _shown(error["input"], secret=holds_secret(keys))
    return black_out(problem) + (f", got {shown}" if shown else "")


def _shown(value: object, *, secret: bool) -> str:
    """The value as it was written, where that can't be a secret: "" otherwise, or what kind of thing it is."""
    match value:
        case bool() | None:
            return repr(value)
        case int() | float() if len(str(value)) <= LONGEST_SHOWN:
            return repr(value)
        case list() | tuple() | dict() if value:
            return "" if secret else f"a {'table' if isinstance(value, dict) else 'list'} of {len(value)}"
        case str() if len(value) > LONGEST_SHOWN or MARK in black_out(value):
            return "" if secret else f"a text of {len(value)} characters"
        case str() | list() | tuple() | dict():
            return "" if secret else repr(value)
        case _:  # dates and long numbers of a file
            return ""
