"""The notice of what is kept of a person: once, when they ask to be let in or first say where they are."""

from datetime import timedelta

from msgspec.structs import replace

from bot.config.privacy import Privacy
from bot.conversation.turn import Turn
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person

HOUR = timedelta(hours=1)
YEAR = 365  # days


async def inform(turn: Turn, person: Person) -> None:
    """Tell them in their own chat, unless they know."""
    if await _news(turn, person):
        turn.say(Screen(text=notice(turn.services.privacy, turn.texts)), to=person.destination)


async def with_notice(turn: Turn, person: Person, screen: Screen) -> Screen:
    """The screen, and below it what they don't know yet; it goes to their own chat."""
    if not await _news(turn, person):
        return screen
    return replace(screen, text=f"{screen.text}\n\n{notice(turn.services.privacy, turn.texts)}")


async def _news(turn: Turn, person: Person) -> bool:
    """Whether they are told now for the first time."""
    if await turn.queries.informed(person.id):
        return False
    turn.results.informed = person.id
    return True


def notice(privacy: Privacy, texts: Texts) -> Html:
    """The words: what is kept, for how long, and who answers for it."""
    return texts(
        "privacy-notice",
        places=_age(privacy.location_retention, texts),
        messages=_age(privacy.messages, texts),
        evidence=_age(privacy.evidence, texts),
        controller=privacy.controller or texts("privacy-controller-unnamed"),
        mydata=texts.command("mydata"),
    )


def _age(age: timedelta, texts: Texts) -> str:
    """In whole years, days or hours, where it is some."""
    if age % HOUR:
        return texts.lasting(age)
    hours = age // HOUR
    days, rest = divmod(hours, 24)
    if not rest and days and days % YEAR == 0:
        return texts("privacy-years", count=days // YEAR)
    return texts("privacy-hours", count=hours) if rest or days == 1 else texts("privacy-days", count=days)
