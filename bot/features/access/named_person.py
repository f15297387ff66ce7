"""The person whom a text names."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.conversation.turn import RegisteredTurn
from bot.parsing.mentions import Mention
from bot.ui import user_text
from bot.ui.forms import said
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.vocabulary.lookalikes import looks

CHOICE = 8  # people to choose from at once

Door = Callable[[str, Person], Button]  # the button, with this label, that takes this person
Quote = Callable[[Html], Html]  # the question, with words that go with its buttons


async def person_meant(
    turn: RegisteredTurn,
    mentions: tuple[Mention, ...],
    words: str = "",
    *,
    door: Door | None = None,
    quote: Quote | None = None,
    missing: str = "who-missing",
) -> Person | None:
    """The one active person who is mentioned, or whose name the words are.

    Otherwise says what to send instead; where several may be meant, asks which one, with a ``door`` to each; ``quote``
    adds to that question. ``missing`` names the sentence for words that name nobody.
    """
    if len(mentions) > 1:
        turn.say(said("who-one", turn.texts))
        return None
    mention = mentions[0] if mentions else None
    found = await _found(turn, mention, words)
    if len(found) == 1 and (mention is not None or looks(found[0].name) == looks(words)):
        return found[0]
    if found and door is not None:
        screen = which_one_screen(found, door, turn.texts)
        turn.say(replace(screen, text=quote(Html(screen.text))) if quote is not None else screen)
    elif mention is not None and mention.username is not None:
        turn.say(said("who-unknown", turn.texts, who=f"@{mention.username}"))
    else:
        turn.say(said("who-unknown-nameless" if mentions else missing, turn.texts))
    return None


def which_one_screen(people: tuple[Person, ...], door: Door, texts: Texts) -> Screen:
    """Several may be meant: a button for each."""
    rows = tuple((door(user_text.who(person), person),) for person in people[:CHOICE])
    return Screen(text=texts("who-which" if len(people) <= CHOICE else "who-which-more"), buttons=rows)


async def _found(turn: RegisteredTurn, mention: Mention | None, words: str) -> tuple[Person, ...]:
    if mention is None:
        name = words.strip()
        return await turn.queries.people_called(name, active=True, most=CHOICE + 1) if name else ()
    if mention.username is not None:
        return await turn.queries.people_called(f"@{mention.username}", active=True)
    person = await turn.queries.person_at(mention.telegram_id) if mention.telegram_id is not None else None
    return (person,) if person is not None and person.active else ()
