"""The one-time links that nobody has used yet: an administrator leafs through them, and takes one back."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime

from bot.conversation.private_reply import private_reply
from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, on_page
from bot.conversation.turn import PressTurn
from bot.features.access.open_links_view import open_links_screen
from bot.ui.buttons import Action, NotOurs
from bot.ui.screen import Screen
from core.desk.outcome import Refused
from core.vocabulary import access_commands as ac
from core.vocabulary.words import Role

PAGE = 6
BEHIND = "g"  # after every digest that begins so: they are hexadecimal


@press(
    Action.INVITATIONS,
    on_page(ScreenKind.INVITE, ScreenKind.LINKS, words=0, asked=True),
    on_page(ScreenKind.LINKS, private=True, words=2),
    role=Role.ADMIN,
)
async def open_links(turn: PressTurn) -> None:
    """The first page, or the one after the link that the button names by its end and the head of its digest.

    Raises:
        NotOurs: no button of this version says that.
    """
    if not turn.press.words:
        await _show(turn)
        return
    ends, head = turn.press.number(0), turn.press.words[1] if len(turn.press.words) > 1 else ""
    try:
        after = datetime.fromtimestamp(ends / 1000, UTC)
    except (OverflowError, ValueError) as error:
        raise NotOurs(turn.press.action.value) from error
    await _show(turn, (max(after, turn.now), head + BEHIND))


@press(Action.REVOKE, on_page(ScreenKind.LINKS, private=True, words=1), role=Role.ADMIN)
async def revoke(turn: PressTurn) -> None:
    """*Anular* beside a link: it opens nothing from now on."""
    outcome = await turn.execute(ac.Revoke(token_digest=_digest(turn)))
    if isinstance(outcome, Refused):
        await turn.refuse(outcome.refusal)
    await _show(turn)


async def _show(turn: PressTurn, after: tuple[datetime, str] | None = None) -> None:
    found = await turn.queries.invitations(after=after or (turn.now, BEHIND), most=PAGE + 1)
    screen: Screen = open_links_screen(
        found[:PAGE], first=after is None, more=len(found) > PAGE, now=turn.now, texts=turn.texts
    )
    if turn.private:
        turn.redraw(screen)
    else:
        private_reply(turn, screen)


def _digest(turn: PressTurn) -> str:
    """The digest that a button carries as its bytes in base64.

    Raises:
        NotOurs: no button of this version says that.
    """
    try:
        return urlsafe_b64decode(turn.press.words[0] + "=").hex()
    except (ValueError, IndexError) as error:
        raise NotOurs(turn.press.action.value) from error
