"""``/ayuda``, and what is said to a word or a message that nobody understood."""

from difflib import get_close_matches

from bot.conversation.menu import menu_commands
from bot.conversation.registry import commands_for, entry_command
from bot.conversation.turn import EntryTurn, MessageTurn, RegisteredTurn
from bot.features.access.access_view import stranger_screen
from bot.features.access.help_view import help_screen, hint_screen, unknown_screen
from bot.parsing.typed_command import TypedCommand
from bot.ui.command_names import names_of


@entry_command("help")
async def help_by_role(turn: EntryTurn) -> None:
    """``/ayuda``: the commands of this person's role; for a stranger, how to ask for access."""
    if turn.role is None:
        turn.say(stranger_screen(turn.person, turn.texts))
    else:
        turn.say(help_screen(turn.role, menu_commands(turn.role), turn.texts))


async def unknown(turn: MessageTurn, typed: TypedCommand) -> None:
    """No command is called so. In a group it is said only when the bot was named: other bots have commands too."""
    if not turn.private and not typed.addressee:
        return
    words = {word: entry.id for entry in commands_for(turn.person.role) for word in names_of(entry.id)}
    nearest = get_close_matches(typed.name, words, n=1)
    turn.say(unknown_screen(typed.name, words[nearest[0]] if nearest else None, turn.texts))


async def hint(turn: RegisteredTurn) -> None:
    """Text, a photo or a voice with no form that waits for it."""
    turn.say(hint_screen(turn.texts))
