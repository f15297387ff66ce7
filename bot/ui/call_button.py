"""The button that calls for help, wherever words were sent that ask for none."""

from bot.ui.buttons import Action, button
from bot.ui.screen import Button
from bot.ui.texts import Texts

WORK = "tarea"  # what a button that begins new work says


def call_button(owner: int, texts: Texts) -> Button:
    """*Pedir ayuda ya*: the alert goes out, with the words and the evidence that the message answers."""
    return button(texts("button-call"), Action.CALL, owner)
