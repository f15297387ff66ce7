"""Standing of a press: whether its button is on the message that it came with, decided once, where a press comes in.

Telegram hands the message's own buttons over with the press, and the desk knows which message shows which card. Data
that somebody made up, of another screen, or of another person's, go no further: they are answered in the press itself.
"""

from bot.conversation.registry import standing_of
from bot.conversation.standings import ScreenKind, Stand, Standing
from bot.transport.pressed import Pressed
from bot.ui.buttons import NotOurs, Press, parse
from bot.ui.epoch import Epoch
from core.state.person import Person
from core.vocabulary.card_names import task_of_card
from storage.engine.session import Session
from storage.queues import cards


async def stand_of(session: Session, *, press: Pressed, person: Person | None, epoch: Epoch) -> Stand:
    """How a press stands to its message. The desk looks for a card only where Telegram shows no such button."""
    if press.stands or person is None or not person.active:
        return Stand.HERE
    plain = epoch.read(press.data)
    if plain is None:
        # Of before a restore: alone with the bot the answer says what to do instead.
        return Stand.LATE if press.private else Stand.NOWHERE
    words = parse(plain)
    standing = standing_of(words) if words is not None else None
    if words is None or standing is None:
        return Stand.NOWHERE
    try:
        return await _late(session, press, words, standing, person.id, epoch)
    except NotOurs:
        return Stand.NOWHERE


async def _late(
    session: Session, pressed: Pressed, press: Press, standing: Standing, person: int, epoch: Epoch
) -> Stand:
    """Whether a press that came too late is taken to its handler, which says what became of the thing."""
    if standing.late is not None:
        card = standing.late(press, person, pressed.topic)
        shown = await cards.find(session, card, pressed.chat)
        here = shown is not None and shown.message_id is not None and shown.message_id == pressed.message
        if here and _kind(card, pressed, standing) in standing.late_on:
            return Stand.OVER
    if pressed.private and (standing.whoever or not pressed.shown):
        # A screen that is over leaves its buttons on slow phones; nobody else is in this chat whose it could be.
        return Stand.LATE
    anew = standing.drawn_anew and any(_same(press, shown, epoch) for shown in pressed.shown or ())
    return Stand.OVER if anew else Stand.NOWHERE


def _kind(card: str, pressed: Pressed, standing: Standing) -> ScreenKind:
    """The kind of screen that a card is in this chat."""
    if task_of_card(card) is None:
        (kind,) = standing.on  # a card of another thing has buttons of its own
        return kind
    return ScreenKind.CARD if pressed.private else ScreenKind.ALERT


def _same(press: Press, shown: str, epoch: Epoch) -> bool:
    """Whether a button that is there is the pressed one as it was drawn another time: only its version differs."""
    plain = epoch.read(shown)
    other = parse(plain) if plain is not None else None
    return (
        other is not None
        and other.action is press.action
        and len(other.words) == len(press.words)
        and other.words[:1] == press.words[:1]
    )
