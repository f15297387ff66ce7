"""Which words and buttons the desk answers to: declared beside what answers them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from bot.conversation.turn import Turn
from bot.ui.buttons import Action
from core.vocabulary.words import Role

Handler = Callable[[Turn], Awaitable[None]]


class Command(Struct, frozen=True, kw_only=True):
    """A command by its Spanish name, the one in the menu, and its English one. ``role`` None: anybody may."""

    name: str
    english: str
    role: Role | None
    handler: Handler


_commands: dict[str, Command] = {}
_presses: dict[Action, tuple[Role, Handler]] = {}


def command(name: str, english: str, *, role: Role | None) -> Callable[[Handler], Handler]:
    """Declares the handler of ``/name`` and ``/english``; the menu's line is the message ``command-<name>``."""

    def declare(handler: Handler) -> Handler:
        entry = Command(name=name, english=english, role=role, handler=handler)
        for word in dict.fromkeys((name, english)):
            if word in _commands:
                raise ValueError(f"/{word} is declared twice")
            _commands[word] = entry
        return handler

    return declare


def press(action: Action, *, role: Role = Role.AGENT) -> Callable[[Handler], Handler]:
    """Declares the handler of a button."""

    def declare(handler: Handler) -> Handler:
        if action in _presses:
            raise ValueError(f"{action} is declared twice")
        _presses[action] = (role, handler)
        return handler

    return declare


def command_named(word: str) -> Command | None:
    """The command that a person typed, without the slash, in any case."""
    return _commands.get(word.lower())


def press_of(action: Action) -> tuple[Role, Handler]:
    """The least role for a button, and what answers it."""
    return _presses[action]


def commands_for(role: Role | None) -> tuple[Command, ...]:
    """The commands that this role may use, in the order in which they were declared; None: not registered."""
    least = role or 0
    seen = {entry.name: entry for entry in _commands.values() if (entry.role or 0) <= least}
    return tuple(seen.values())
