"""Private replies: what only the person who asked may read, wherever it was asked."""

from bot.conversation.turn import RegisteredTurn
from bot.ui.screen import Screen


def private_reply(turn: RegisteredTurn, screen: Screen) -> None:
    """Say it in the person's private chat; a group just hears that it was sent there (P9)."""
    turn.say(screen, to=turn.person.destination)
    if not turn.private:
        turn.say(Screen(text=turn.texts("said-aside")))
