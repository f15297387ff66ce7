"""Off duty with a check-in that runs: is that meant? The answer ends both."""

from collections.abc import Awaitable, Callable

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import PressTurn, RegisteredTurn
from bot.features.safety.checkin_view import STAY, leaving_screen
from bot.ui.buttons import Action, NotOurs
from bot.ui.forms import said
from core.vocabulary import checkin_commands as cc

Way = Callable[[RegisteredTurn], Awaitable[bool]]

_ways: dict[str, Way] = {}


def way(word: str) -> Callable[[Way], Way]:
    """Declares a way of going off duty: it says what came of it, and answers whether the person is off duty now.

    Raises:
        ValueError: the name is taken already.
    """

    def declare(leave: Way) -> Way:
        if word in _ways:
            raise ValueError(f"{word} is declared twice")
        _ways[word] = leave
        return leave

    return declare


async def leave(turn: RegisteredTurn, word: str) -> None:
    """Go by this way; whoever has a check-in that runs is asked first."""
    if turn.check_in is None:
        await _ways[word](turn)
    else:
        turn.say(leaving_screen(word, turn.texts))


@press(Action.LEAVE, on_page(ScreenKind.LEAVING, asked=True, words=1))
async def answer(turn: PressTurn) -> None:
    """*Salir y terminarlo* or *Seguir*.

    Raises:
        NotOurs: no button of this version says that.
    """
    match turn.press.words:
        case (word,) if word == STAY:
            turn.redraw(said("check-in-stays", turn.texts))
        case (word,) if word in _ways:
            left = await _ways[word](turn)
            turn.redraw(said("check-in-left" if left else "check-in-stays", turn.texts))
            if left:
                await turn.execute(cc.StopCheckIn(person=turn.person.id))
        case _:  # no button of the desk's says this
            raise NotOurs(turn.press.action.value)
