"""Which words and buttons the desk answers to: declared beside what answers them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from bot.conversation.standings import Standing
from bot.conversation.turn import CommandTurn, EntryTurn, PressTurn
from bot.ui.buttons import Action, Press
from bot.ui.command_names import command_ids
from bot.ui.emergency_names import EMERGENCY, is_emergency
from core.vocabulary.folding import folded
from core.vocabulary.words import Role

EntryHandler = Callable[[EntryTurn], Awaitable[None]]
CommandHandler = Callable[[CommandTurn], Awaitable[None]]
PressHandler = Callable[[PressTurn], Awaitable[None]]


class EntryCommand(Struct, frozen=True, kw_only=True):
    """A command that anybody may send. Its names are in the catalogues, under its ``id`` (`bot.ui.command_names`)."""

    id: str
    handler: EntryHandler
    role: None = None


class RoleCommand(Struct, frozen=True, kw_only=True):
    """A command for who has at least this role."""

    id: str
    role: Role
    handler: CommandHandler


Command = EntryCommand | RoleCommand

_commands: dict[str, Command] = {}
_presses: dict[Action, tuple[Role, PressHandler]] = {}
_standings: dict[Action, tuple[Standing, ...]] = {}


def entry_command(command_id: str) -> Callable[[EntryHandler], EntryHandler]:
    """Declares the handler of a command for everybody.

    Raises:
        ValueError: the command is declared already.
    """

    def declare(handler: EntryHandler) -> EntryHandler:
        _declare(EntryCommand(id=command_id, handler=handler))
        return handler

    return declare


def command(command_id: str, *, role: Role) -> Callable[[CommandHandler], CommandHandler]:
    """Declares the handler of a command; its names and its line in the menu are the message ``command-<id>``.

    Raises:
        ValueError: the command is declared already.
    """

    def declare(handler: CommandHandler) -> CommandHandler:
        _declare(RoleCommand(id=command_id, role=role, handler=handler))
        return handler

    return declare


def _declare(entry: Command) -> None:
    if entry.id in _commands:
        raise ValueError(f"the command {entry.id} is declared twice")
    _commands[entry.id] = entry


def press(
    action: Action, stand: Standing, *others: Standing, role: Role = Role.AGENT
) -> Callable[[PressHandler], PressHandler]:
    """Declares the handler of a button, and on which screens it stands: of several kinds of data the first that fits.

    Raises:
        ValueError: the button has a handler already.
    """

    def declare(handler: PressHandler) -> PressHandler:
        if action in _presses:
            raise ValueError(f"{action} is declared twice")
        _presses[action], _standings[action] = (role, handler), (stand, *others)
        return handler

    return declare


def command_named(word: str) -> Command | None:
    """The command that a person typed, by its name in any language, without the slash; the emergency with slips too."""
    name = folded(word)
    command_id = EMERGENCY if is_emergency(name) else command_ids().get(name)
    return _commands.get(command_id) if command_id is not None else None


def press_of(action: Action) -> tuple[Role, PressHandler]:
    """The least role for a button, and what answers it."""
    return _presses[action]


def standings_of(action: Action) -> tuple[Standing, ...]:
    """The kinds of data of a button."""
    return _standings[action]


def standing_of(press: Press) -> Standing | None:
    """How a press may stand on a screen; None: no button of this version has such data."""
    return next((one for one in _standings[press.action] if one.fits(press)), None)


def commands_for(role: Role | None) -> tuple[Command, ...]:
    """The commands that this role may use, in the order in which they were declared; None: not registered."""
    least = role or 0
    return tuple(entry for entry in _commands.values() if (entry.role or 0) <= least)
