"""Edited messages: they count as they were first sent, and their sender is told to send them anew."""

from telegram import Message

from bot.conversation.contents import text_of
from bot.conversation.turn import RegisteredTurn
from bot.parsing.calls import cry_in
from bot.parsing.typed_command import command_in
from bot.ui.call_button import call_button
from bot.ui.emergency_names import is_emergency
from bot.ui.screen import Screen
from core.vocabulary.words import Lane


def edited(turn: RegisteredTurn, message: Message) -> bool:
    """Tells whether there is something to say: words were changed, or a command that nobody remembers came anew."""
    text = text_of(message)
    if not text:
        return False
    changed = turn.services.heard.changed(turn.chat, message.message_id, text, turn.arrival.key)
    return changed or (changed is None and (command_in(text) is not None or cry_in(text)))


def say_anew(turn: RegisteredTurn, message: Message) -> None:
    """Tell them; where they call for help, the button does it with the words as they are now."""
    text = text_of(message)
    typed = command_in(text)
    if (typed is not None and is_emergency(typed.name)) or cry_in(text):
        screen = Screen(
            text=turn.texts("edited"),
            buttons=((call_button(turn.person.id, turn.texts),),),
            reply_to=message.message_id,
        )
        turn.say(screen, lane=Lane.EMERGENCY)
    else:
        turn.say(Screen(text=turn.texts("edited")))
