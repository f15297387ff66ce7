"""What only the person who asked may read is said in private, wherever it was asked."""

from bot.conversation.turn import Turn
from bot.ui.screen import Screen


def private_reply(turn: Turn, screen: Screen) -> None:
    """Say it in the person's private chat; a group just hears that it was sent there (P9)."""
    assert turn.person is not None
    turn.say(screen, chat=turn.person.telegram_id)
    if not turn.private:
        turn.say(Screen(text=turn.texts("said-aside")))
