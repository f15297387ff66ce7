"""Updates of every kind that python-telegram-bot knows, with whatever its types let their fields hold."""

import inspect
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import NoneType, UnionType
from typing import Any

import telegram
from telegram import TelegramObject, Update

DEEPEST, MOST_EXTRAS = 4, 3
WORDS = (
    *("", "hola", "🚓", "<b>negrita", "&amp;", "مرحبا", "a\u202eb\u0000", "x" * 5_000, "T-000001", "t-1 ya está"),
    *("@ana", "@nadie hola", "1", "-1", "9" * 40, "30", "inicio", "fin", "agente", "supervisor", "todas", "!alta"),
    *("Ronda norte !alta @ana", "!alta !baja", "-2.18, -79.88", "1e999, 5", "activas", "ahora mismo", "\n\n\n"),
)
WHOLE = (0, 1, -1, 7, 59, 3_600, 2**31, 2**52, -(2**40))
_NAMES = {**vars(typing), **vars(telegram)}


def thing(cls: Any, chance: Random, depth: int = DEEPEST, **given: Any) -> Any:
    """One object of a class, or of one that stands for it, with some of its fields."""
    kinds = [kind for kind in _kinds(cls) if not inspect.isabstract(kind)]
    kind = chance.choice(kinds)
    known = {name: field for name, field in _fields(kind).items() if name not in given}
    some = {name for name, (_, required) in known.items() if required}
    if depth > 0:
        some |= set(chance.sample(sorted(known), min(len(known), chance.randrange(MOST_EXTRAS + 1))))
    try:
        return kind(**given, **{name: _value(known[name][0], chance, depth - 1) for name in some})
    except TypeError:
        # Fields that newer versions of the Bot API always have must be there though their default says otherwise.
        return kind(**given, **{name: _value(hint, chance, depth - 1) for name, (hint, _) in known.items()})


def update(kind: str, content: Any) -> dict[str, Any]:
    """As Telegram would send it, without a number."""
    raw = Update(update_id=0, **{kind: content}).to_dict()
    del raw["update_id"]
    return raw


@cache
def kinds() -> dict[str, type[Any]]:
    """The fields of an update, and the class that each holds."""
    return {name: _class(hint) for name, (hint, _) in _fields(Update).items() if name != "update_id"}


def _value(hint: Any, chance: Random, depth: int) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType) and timedelta in arguments:
        return _plain(timedelta)(chance)
    if origin in (typing.Union, UnionType):
        return _value(chance.choice([a for a in arguments if a is not NoneType]), chance, depth)
    if origin is not None and issubclass(origin, typing.Sequence):
        # Never empty: the library leaves such a list out, and misses it when it reads the update.
        return [_value(arguments[0], chance, depth - 1) for _ in range(chance.randint(1, 2) if depth > 0 else 1)]
    if origin is typing.Literal:
        return chance.choice(arguments)
    if inspect.isclass(hint) and issubclass(hint, TelegramObject):
        return thing(hint, chance, depth)
    return _plain(hint)(chance)


def _plain(hint: Any) -> Callable[[Random], Any]:
    makers: Mapping[Any, Callable[[Random], Any]] = {
        int: lambda chance: chance.choice(WHOLE),
        float: lambda chance: chance.choice((0.0, -2.18, 79.9, 91.0, -1e9, 1e300)),
        bool: lambda chance: chance.random() < 0.5,
        str: lambda chance: chance.choice(WORDS),
        datetime: lambda chance: datetime.fromtimestamp(chance.choice((0, 1_772_470_800, 2**33)), UTC),
        timedelta: lambda chance: timedelta(seconds=chance.choice((0, 5, 900, 2**31 - 1))),
    }
    return makers.get(hint, lambda _: None)


def _class(hint: Any) -> type[Any]:
    return next(a for a in (hint, *typing.get_args(hint)) if inspect.isclass(a) and issubclass(a, TelegramObject))


@cache
def _kinds(cls: Any) -> list[Any]:
    below = [kind for child in cls.__subclasses__() for kind in _kinds(child) if hasattr(telegram, kind.__name__)]
    return below or [cls]


@cache
def _fields(cls: Any) -> dict[str, tuple[Any, bool]]:
    """The type of each field, and whether it must be there."""
    names = {**_NAMES, **vars(inspect.getmodule(cls)), "Path": Path}
    hints = typing.get_type_hints(cls.__init__, names, names)
    parameters = inspect.signature(cls).parameters
    return {
        name: (hints.get(name, typing.Sequence[int]), parameters[name].default is inspect.Parameter.empty)
        for name in parameters
        if name != "api_kwargs"
    }
