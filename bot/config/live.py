"""The configuration that holds now, and which of its keys a new one changes while the desk runs."""

from collections.abc import Iterator

from msgspec import Struct

from bot.config.renamed import Key
from bot.config.rules import rooms_of, rules_of
from bot.config.schema import Config
from bot.config.section import Section

# Tables and keys that are read where they are used. Whatever is not here was built into a part when the desk opened:
# addresses, sizes of pools, and what several processes share.
LIVE: frozenset[Key] = frozenset(
    {
        ("shutdown_grace",),
        ("telegram", "watch_every"),
        ("server", "api_tokens"),
        ("access",),
        ("dispatch",),
        ("user_rate_limit",),
        ("intake", "stale_after"),
        ("delivery", "give_up_after"),
        ("escalation",),
        ("kinds",),
        ("safety",),
        ("drill",),
        ("shifts",),
        ("backup", "every"),
        ("backup", "keep"),
        ("backup", "encrypt_to"),
        ("privacy",),
        ("log",),
    }
)


class Change(Struct, frozen=True, kw_only=True):
    """Keys that a new configuration has changed: those ``taken``, and those that wait for a ``restart``."""

    taken: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()


class LiveConfig:
    """Holds the configuration: whoever reads a value where it is used has the new one from the next use on.

    ``now`` is what holds, ``rules`` and ``rooms`` are made of it.
    """

    def __init__(self, config: Config) -> None:
        self._set(config)

    def take(self, wanted: Config) -> Change:
        """Let the keys that can change hold from now on; all others stay as they were when the desk opened."""
        changed = list(differences(self.now, wanted))
        taken = [key for key in changed if is_live(key)]
        self._set(_with(self.now, wanted, taken))
        return Change(taken=_dotted(taken), restart=_dotted(key for key in changed if key not in taken))

    def api_tokens(self) -> tuple[str, ...]:
        """The digests of the tokens in it."""
        return self.now.server.api_tokens

    def _set(self, config: Config) -> None:
        self.now = config
        self.rules = rules_of(config)
        self.rooms = rooms_of(config, self.rules)


def is_live(key: Key) -> bool:
    """Whether a key, or the table that it is in, can change while the desk runs."""
    return any(key[: len(live)] == live for live in LIVE)


def differences(old: Section, new: Section, table: Key = ()) -> Iterator[Key]:
    """The keys whose values differ."""
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, Section):
            yield from differences(before, after, (*table, name))
        elif before != after:
            yield (*table, name)


def _with(old: Config, new: Config, keys: list[Key]) -> Config:
    """The old one with these keys of the new one; both were checked whole."""
    tables: dict[str, object] = {}
    for name in {key[0] for key in keys}:
        inside = {key[1]: getattr(getattr(new, name), key[1]) for key in keys if key[0] == name and key[1:]}
        tables[name] = getattr(old, name).model_copy(update=inside) if inside else getattr(new, name)
    return old.model_copy(update=tables)


def _dotted(keys: Iterator[Key] | list[Key]) -> tuple[str, ...]:
    return tuple(".".join(key) for key in keys)
