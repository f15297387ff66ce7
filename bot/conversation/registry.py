"""Which words and buttons the desk answers to: declared beside what answers them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from bot.conversation.turn import CommandTurn, EntryTurn, PressTurn
from bot.ui.buttons import Action
from core.vocabulary.words import Role

EntryHandler = Callable[[EntryTurn], Awaitable[None]]
CommandHandler = Callable[[CommandTurn], Awaitable[None]]
PressHandler = Callable[[PressTurn], Awaitable[None]]


class EntryCommand(Struct, frozen=True, kw_only=True):
    """A command that anybody may send, by its Spanish name, the one in the menu, and its English one."""

    name: str
    english: str
    handler: EntryHandler
    role: None = None


class RoleCommand(Struct, frozen=True, kw_only=True):
    """A command for who has at least this role."""

    name: str
    english: str
    role: Role
    handler: CommandHandler


Command = EntryCommand | RoleCommand

_commands: dict[str, Command] = {}
_presses: dict[Action, tuple[Role, PressHandler]] = {}


def entry_command(name: str, english: str) -> Callable[[EntryHandler], EntryHandler]:
    """Declares the handler of ``/name`` and ``/english`` for everybody.

    Raises:
        ValueError: another command has one of the names.
    """

    def declare(handler: EntryHandler) -> EntryHandler:
        _declare(EntryCommand(name=name, english=english, handler=handler))
        return handler

    return declare


def command(name: str, english: str, *, role: Role) -> Callable[[CommandHandler], CommandHandler]:
    """Declares the handler of ``/name`` and ``/english``; the menu's line is the message ``command-<name>``.

    Raises:
        ValueError: another command has one of the names.
    """

    def declare(handler: CommandHandler) -> CommandHandler:
        _declare(RoleCommand(name=name, english=english, role=role, handler=handler))
        return handler

    return declare


def _declare(entry: Command) -> None:
    for word in dict.fromkeys((entry.name, entry.english)):
        if word in _commands:
            raise ValueError(f"/{word} is declared twice")
        _commands[word] = entry


def press(action: Action, *, role: Role = Role.AGENT) -> Callable[[PressHandler], PressHandler]:
    """Declares the handler of a button.

    Raises:
        ValueError: the button has a handler already.
    """

    def declare(handler: PressHandler) -> PressHandler:
        if action in _presses:
            raise ValueError(f"{action} is declared twice")
        _presses[action] = (role, handler)
        return handler

    return declare


def command_named(word: str) -> Command | None:
    """The command that a person typed, without the slash, in any case."""
    return _commands.get(word.lower())


def press_of(action: Action) -> tuple[Role, PressHandler]:
    """The least role for a button, and what answers it."""
    return _presses[action]


def commands_for(role: Role | None) -> tuple[Command, ...]:
    """The commands that this role may use, in the order in which they were declared; None: not registered."""
    least = role or 0
    seen = {entry.name: entry for entry in _commands.values() if (entry.role or 0) <= least}
    return tuple(seen.values())
