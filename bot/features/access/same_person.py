"""*Es la misma persona*: somebody who asks to be let in is in already, and goes on with the new account."""

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, Standing, newcomer, of_card, on_page
from bot.conversation.turn import PressTurn
from bot.features.access.access import explain
from bot.features.access.same_person_view import CONFIRMED, same_person_done_screen, same_person_screen
from bot.ui.buttons import Action, NotOurs
from core.desk.outcome import Refused
from core.rules.relinking import why_not
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.words import Role


@press(
    Action.SAME_PERSON,
    Standing(on=frozenset({ScreenKind.SURE}), private=True, words=4, last=CONFIRMED),
    of_card(ScreenKind.REQUEST, newcomer, private=True, words=3),
    of_card(ScreenKind.REQUEST, newcomer, private=True, words=4),
    on_page(ScreenKind.SURE, private=True, words=5),
    role=Role.ADMIN,
)
async def same_person(turn: PressTurn) -> None:
    """Give the person the newcomer's account; asks first, in a message of its own."""
    former, other, account = await _person(turn, 0), await _person(turn, 1), turn.press.number(2)
    confirmed = turn.press.words[3:] == (CONFIRMED,)
    # A button that came too late asks nothing: the desk says why.
    if not confirmed and why_not(former, other, account) is None:
        turn.say(same_person_screen(former, other, turn.texts))
        return
    outcome = await turn.execute(c.Relink(person=former.id, newcomer=other.id, account=account))
    if isinstance(outcome, Refused):
        await explain(turn, outcome)
    else:
        turn.redraw(same_person_done_screen(outcome.person, turn.person, turn.now, turn.texts))


async def _person(turn: PressTurn, index: int) -> Person:
    person = await turn.queries.person(turn.press.number(index))
    if person is None:
        raise NotOurs(turn.press.action.value)
    return person
