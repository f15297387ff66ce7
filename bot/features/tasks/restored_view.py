"""The answer to a button of before a restore: it did nothing, and here is what is open now."""

from bot.features.tasks.lists_view import Leaf, List
from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from core.state.person import Person
from core.vocabulary.words import Role


def restored_screen(person: Person, texts: Texts) -> Screen:
    """One sentence, and the list in which the person finds the same thing, if it is there."""
    leaf = Leaf(list=List.OPEN if person.role >= Role.SUPERVISOR else List.TO_DO, owner=person.id)
    return Screen(text=texts("restored"), buttons=((button(texts("button-open-now"), Action.PAGE, *leaf.words),),))
