"""``/ayuda``, and what is said to a word or a message that nobody understood."""

from difflib import get_close_matches

from msgspec.structs import replace

from bot.conversation.menu import menu_commands
from bot.conversation.registry import commands_for, entry_command
from bot.conversation.turn import EntryTurn, MessageTurn
from bot.features.access.access_view import stranger_screen
from bot.features.access.help_view import help_screen, unknown_screen
from bot.parsing.calls import call_in
from bot.parsing.typed_command import TypedCommand
from bot.ui.call_button import call_button
from bot.ui.command_names import names_of
from bot.ui.screen import Screen
from core.vocabulary.words import Lane


@entry_command("help")
async def help_by_role(turn: EntryTurn) -> None:
    """``/ayuda``: the commands of this person's role; for a stranger, how to ask for access."""
    if turn.role is None or turn.person is None:
        turn.say(stranger_screen(turn.person, turn.texts))
    else:
        screen = help_screen(turn.role, menu_commands(turn.role), turn.texts)
        turn.say(replace(screen, buttons=((call_button(turn.person.id, turn.texts),),)))


async def unknown(turn: MessageTurn, typed: TypedCommand) -> None:
    """No command is called so. In a group it is said only when the bot was named: other bots have commands too."""
    if not turn.private and not typed.addressee:
        return
    answered, buttons = turn.message.message_id, ((call_button(turn.person.id, turn.texts),),)
    if call_in(f"{typed.name} {typed.words}"):
        # ``/fuego`` is one letter away from going off duty, and means nothing like it.
        turn.say(Screen(text=turn.texts("call-wanted"), buttons=buttons, reply_to=answered), lane=Lane.EMERGENCY)
        return
    words = {word: entry.id for entry in commands_for(turn.person.role) for word in names_of(entry.id)}
    nearest = get_close_matches(typed.name, words, n=1)
    screen = unknown_screen(typed.name, words[nearest[0]] if nearest else None, turn.texts)
    turn.say(replace(screen, buttons=buttons, reply_to=answered))
