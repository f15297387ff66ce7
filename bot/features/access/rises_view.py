"""To administrators: somebody came in by a link, or has a role in which they lead others."""

from datetime import datetime

from bot.features.access.access_view import called, role_name
from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from bot.ui.user_text import who
from core.notifications.notifications import PersonContext


def risen_screen(file: PersonContext, now: datetime, texts: Texts) -> Screen:
    """Their role now and by whom, with the way to their page, where it is taken back."""
    words = texts(
        "risen-came-in" if file.was is None else "risen-role",
        who=called(file.person, texts),
        role=role_name(file.person.role, texts),
        at=texts.time(file.at or now),
    )
    page = button(f"👤 {who(file.person)}", Action.PERSON, file.person.id)
    return Screen(text=f"{words}\n{_by_whom(file, texts)}", buttons=((page,),))


def _by_whom(file: PersonContext, texts: Texts) -> Html:
    if file.link is not None and file.link.made_by is None:
        return texts("risen-by-machine")
    if file.link is not None:
        return texts("risen-by-link", by=who(file.maker) if file.maker is not None else texts("somebody"))
    if file.caller is None or file.caller.id == file.person.id:
        return texts("risen-by-configuration")
    return texts("access-decided", by=who(file.caller), at=texts.time(file.at)) if file.at else Html("")
