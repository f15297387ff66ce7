"""Critical work that names nobody is an emergency: the feature that stands above says how one is opened."""

from collections.abc import Awaitable, Callable

from bot.conversation.turn import CommandTurn

Opening = Callable[[CommandTurn, str], Awaitable[None]]

_openings: list[Opening] = []


def opens_critical(opening: Opening) -> Opening:
    """Declares how critical work with this title is opened.

    Raises:
        ValueError: that is declared already.
    """
    if _openings:
        raise ValueError("critical work is opened in two ways")
    _openings.append(opening)
    return opening


async def open_critical(turn: CommandTurn, title: str) -> None:
    """Open it as it was declared."""
    for opening in _openings:
        await opening(turn, title)
