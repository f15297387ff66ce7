"""Names that people were last seen with: every update brings its sender's, and the desk's follow them."""

from telegram import User

from bot.conversation.arrival import Arrival
from bot.ui.texts import Texts
from core.rules.membership import called_otherwise
from core.rules.permissions import DESK
from core.vocabulary import commands as c
from core.vocabulary.visible import one_line


def name_of(user: User, texts: Texts) -> str:
    """First and last name on one line; where they show nothing, the user name, or a word for whoever has none."""
    # python-telegram-bot has no full name where the first one is empty, whatever its type says.
    return one_line(user.full_name or "") or (f"@{user.username}" if user.username else str(texts("person-nameless")))


async def rename(arrival: Arrival, user: User) -> bool:
    """Keep the sender's names where the desk knows others; whether it did. What was read already is all it looks at.

    Without the turn's key, which counts commands: when the update is handled again, nothing is left to rename.
    """
    person, desk = arrival.person, arrival.services.desk
    if person is None:
        return await _take_from_others(arrival, user.username) if user.username else False
    name = name_of(user, arrival.services.texts)
    if not called_otherwise(person, name, user.username):
        return False
    await desk.execute(c.Rename(person=person.id, name=name, username=user.username), caller=DESK)
    return True


async def _take_from_others(arrival: Arrival, username: str) -> bool:
    """A stranger who is seen with somebody's user name has it: that somebody is not found by it any more."""
    known = await arrival.services.queries.person_named(username)
    if known is not None:
        await arrival.services.desk.execute(c.Rename(person=known.id, name=known.name), caller=DESK)
    return False
