"""``/estado``: the numbers of the desk, for administrators."""

from msgspec.structs import replace

from bot.conversation.private_reply import private_reply
from bot.conversation.registry import command, press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import CommandTurn, PressTurn, RegisteredTurn
from bot.features.insight.state_view import state_screen
from bot.ui.buttons import Action
from bot.ui.screen import Screen
from core.queries.queries import Board, Depth
from core.vocabulary.words import Role


@command("status", role=Role.ADMIN)
async def state(turn: CommandTurn) -> None:
    """Show them."""
    private_reply(turn, await _screen(turn))


@press(Action.REFRESH, on_page(ScreenKind.STATE, private=True, words=0), role=Role.ADMIN)
async def refresh(turn: PressTurn) -> None:
    """Draw them again in the same message."""
    turn.redraw(await _screen(turn))


async def _screen(turn: RegisteredTurn) -> Screen:
    board = _others(await turn.queries.board(turn.caller.id))
    status, pace = turn.services.process_status(), turn.services.pace
    leaders = await turn.queries.leaders()
    return state_screen(board, status, turn.texts, turn.now, pace=pace, leaders=leaders)


def _others(board: Board) -> Board:
    """Without the update in hand, which is the question itself."""
    waiting = board.inbox.waiting - 1
    return replace(board, inbox=replace(board.inbox, waiting=waiting) if waiting > 0 else Depth())
