"""The configuration's secrets: which keys hold one, how a file hands one over, and what is blacked out from then on."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote
from urllib.request import getproxies_environment

from pydantic import SecretStr

from bot.config.error import ConfigError
from bot.config.renamed import FILE, MIGRATE_TO, PREFIX, Key, key_of
from bot.config.schema import Config
from metrics.blackout import SECRETS

API_TOKENS: Key = ("server", "api_tokens")
STORAGE_URL: Key = ("storage", "url")
SECRET_KEYS: frozenset[Key] = frozenset(
    {
        API_TOKENS,
        ("telegram", "token"),
        ("telegram", "webhook_secret"),
        ("telegram", "proxy_url"),
        STORAGE_URL,
        ("redis", "url"),
    }
)
LARGEST = 65_536  # bytes of a file that holds one secret
# Parts of a token or a password that errors show alone are known too, unless they are as short as a word.
TELLING_HALF, TELLING_PIECE = 16, 4
_QUERY = ("password", "passwd", "sslpassword", "secret", "token")


def is_secret(key: Key) -> bool:
    """Whether a value of this key, or of a list's item under it, is a secret."""
    return any(key[: len(secret)] == secret for secret in SECRET_KEYS)


def holds_secret(key: Key) -> bool:
    """Whether a table of this name has a secret in it."""
    return any(secret[: len(key)] == key for secret in SECRET_KEYS)


def file_variable(name: str) -> bool:
    """Whether a variable of the environment names a file with a secret in it: ``GAD_TELEGRAM__TOKEN_FILE``."""
    upper = name.upper()
    base = upper.removesuffix(FILE)
    return upper.endswith(FILE) and upper.startswith(PREFIX) and (base == MIGRATE_TO or key_of(base) in SECRET_KEYS)


def from_files(environment: Mapping[str, str]) -> dict[Key, str]:
    """The secrets that the environment hands over in files.

    Raises:
        ConfigError: a file can't be read or is empty, or the secret is in the environment too.
    """
    names = sorted(name for name in environment if file_variable(name) and not name.upper().startswith(MIGRATE_TO))
    return {key_of(name.upper().removesuffix(FILE)): value_of(name, environment) for name in names}


def value_of(name: str, environment: Mapping[str, str]) -> str:
    """The secret in the file that this variable names; the end of its last line is no part of it.

    Raises:
        ConfigError: the file can't be read or is empty, or the secret is in the environment too.
    """
    base = name[: -len(FILE)]
    if any(other.upper() == base.upper() for other in environment):
        raise ConfigError(f"{name}: {base} is set too; keep one of them")
    path = Path(environment[name])
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        text = content.decode().removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise ConfigError(f"{name}: {path} can't be read: {error.strerror}") from None
    except ValueError:  # a name that is no path is one too
        raise ConfigError(f"{name}: expected a file with text in UTF-8") from None
    if not text or len(content) > LARGEST:
        raise ConfigError(f"{name}: {path} {'is empty' if not text else 'is too long for a secret'}")
    SECRETS.know(*parts_of(key_of(base), text))
    return text


def know_written(values: Mapping[str, object], environment: Mapping[str, str]) -> None:
    """Know the secrets as they were written, before anybody looks whether they are right."""
    for key in SECRET_KEYS:
        table = values.get(key[0])
        if isinstance(table, dict):
            SECRETS.know(*parts_of(key, table.get(key[1])))
    for name, value in environment.items():
        if name.upper().startswith(PREFIX) and (key_of(name) in SECRET_KEYS or name.upper() == MIGRATE_TO):
            SECRETS.know(*parts_of(key_of(name), value))
    for proxy in getproxies_environment().values():
        SECRETS.know(*_passwords(proxy))


def know_secrets(config: Config) -> None:
    """Know the secrets of a configuration, wherever it came from."""
    for key in SECRET_KEYS - {API_TOKENS}:
        value = getattr(getattr(config, key[0]), key[1])
        SECRETS.know(*parts_of(key, value.get_secret_value() if isinstance(value, SecretStr) else value))
    for proxy in getproxies_environment().values():
        SECRETS.know(*_passwords(proxy))


def parts_of(key: Key, value: object) -> Iterator[str]:
    """The secret parts of a value: passwords of an address, any other text whole, a token's half also alone."""
    if key == API_TOKENS:
        yield from (token for token in _items(value) if not re.fullmatch(r"[0-9a-fA-F]{64}", token))
    elif isinstance(value, str) and "://" in value:
        yield from _passwords(value)
    elif isinstance(value, str):
        yield value.strip()
        number, _, half = value.strip().partition(":")
        if number.isdigit() and len(half) >= TELLING_HALF:
            yield half


def _items(value: object) -> list[str]:
    """Tokens of a list, or as the environment writes one; they should be digests, and are no secrets then."""
    if isinstance(value, str):
        return re.findall(r"[^\s,\"'\[\]]+", value)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def _passwords(address: str) -> Iterator[str]:
    """Passwords of an address, and the pieces that a parser makes of one with characters that end it."""
    rest = address.partition("://")[2] or address
    password = rest.rpartition("@")[0].partition(":")[2]
    pieces = [piece for piece in re.split(r"[@/?#:]", password) if len(piece) >= TELLING_PIECE]
    queried = [value for name, value in parse_qsl(rest.partition("?")[2]) if name.lower() in _QUERY]
    for secret in (password, *pieces, *queried):
        yield secret
        yield unquote(secret)
