"""The person whom a text names."""

from bot.conversation.turn import RegisteredTurn
from bot.parsing.mentions import Mention
from bot.ui.forms import said
from core.state.person import Person


async def person_meant(turn: RegisteredTurn, mentions: tuple[Mention, ...]) -> Person | None:
    """The one active person who is mentioned; otherwise says what to send instead."""
    if len(mentions) > 1:
        turn.say(said("who-one", turn.texts))
        return None
    person = await _find(turn, mentions[0]) if mentions else None
    if person is not None and person.active:
        return person
    if mentions and mentions[0].username is not None:
        turn.say(said("who-unknown", turn.texts, who=f"@{mentions[0].username}"))
    else:
        turn.say(said("who-unknown-nameless" if mentions else "who-missing", turn.texts))
    return None


async def _find(turn: RegisteredTurn, mention: Mention) -> Person | None:
    if mention.username is not None:
        return await turn.queries.person_named(mention.username)
    if mention.telegram_id is not None:
        return await turn.queries.person_at(mention.telegram_id)
    return None
