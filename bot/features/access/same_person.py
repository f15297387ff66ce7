"""*Es la misma persona*: somebody who asks to be let in is in already, or was, and goes on with the new account."""

from bot.conversation.registry import press
from bot.conversation.standings import ScreenKind, Standing, newcomer, of_card, on_page
from bot.conversation.turn import PressTurn
from bot.features.access import same_person_view as views
from bot.features.access.access import explain, role_at
from bot.features.access.access_view import AGAIN
from bot.features.access.rises import say_that_it_waits
from bot.ui.buttons import Action, NotOurs
from core.desk.outcome import Refused
from core.rules.relinking import why_not
from core.state.person import Person
from core.vocabulary import commands as c
from core.vocabulary.words import Role


@press(
    Action.SAME_PERSON,
    Standing(on=frozenset({ScreenKind.SURE}), private=True, words=4, last=views.CONFIRMED),
    of_card(ScreenKind.REQUEST, newcomer, private=True, words=3),
    of_card(ScreenKind.REQUEST, newcomer, private=True, words=4),
    on_page(ScreenKind.SURE, private=True, words=5),
    role=Role.ADMIN,
)
async def same_person(turn: PressTurn) -> None:
    """Give the person the newcomer's account; asks first, in a message of its own."""
    former, other, account = await _person(turn, 0), await _person(turn, 1), turn.press.number(2)
    words = turn.press.words[3:]
    again = words[:1] == (AGAIN,)
    confirmed = len(words) > 1 if again else words == (views.CONFIRMED,)
    # A button that came too late asks nothing: the desk says why.
    if not confirmed and why_not(former, other, account, again=again) is None:
        asked = views.same_person_again_screen if again else views.same_person_screen
        turn.say(asked(former, other, turn.texts))
        return
    role = _role(turn) if again else None
    outcome = await turn.execute(c.Relink(person=former.id, newcomer=other.id, account=account, role=role))
    if isinstance(outcome, Refused):
        await explain(turn, outcome)
    elif not say_that_it_waits(turn, outcome):
        turn.redraw(views.same_person_done_screen(outcome.person, turn.person, turn.now, turn.texts))


def _role(turn: PressTurn) -> Role:
    """The role with which somebody comes in again; the least, where a button that came too late asks for none."""
    role = role_at(turn, 4) if len(turn.press.words) > 4 else Role.AGENT
    if role not in views.COMES_IN_AS:
        raise NotOurs(turn.press.action.value)
    return role


async def _person(turn: PressTurn, index: int) -> Person:
    person = await turn.queries.person(turn.press.number(index))
    if person is None:
        raise NotOurs(turn.press.action.value)
    return person
