"""To administrators: somebody came in by a link, leads others now, or is to be an administrator if they confirm it."""

from datetime import datetime

from bot.features.access.access_view import BESIDE, called, role_name
from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Html, Texts
from bot.ui.user_text import who
from core.notifications.person_context import PersonContext
from core.state.rises import Rise
from core.vocabulary.account_events import Way


def risen_screen(file: PersonContext, now: datetime, texts: Texts) -> Screen:
    """Their role now and by whom, with the way to their page, where it is taken back."""
    words = texts(
        "risen-out" if not file.person.active else "risen-came-in" if file.was is None else "risen-role",
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
    by_itself = file.caller is None or file.caller.id == file.person.id
    if by_itself and file.was is None:
        return texts("risen-by-configuration")
    by = who(file.caller) if file.caller is not None else texts("the-desk")
    return texts("access-decided", by=by, at=texts.time(file.at)) if file.at else Html("")


def rise_screen(rise: Rise, file: PersonContext, now: datetime, texts: Texts) -> Screen:
    """The request with its two buttons; once it is decided, how, by whom and when."""
    asker = who(file.asker) if file.asker is not None else texts("somebody")
    of = called(file.person, texts)
    if rise.decided_at is not None:
        by = who(file.caller) if file.caller is not None else texts("somebody")
        key = "rise-confirmed" if rise.confirmed else "rise-refused"
        head = texts(f"rise-{rise.way.value}", who=of, asker=asker)
        return Screen(text=f"{head}\n{texts(key, by=by, at=texts.time(rise.decided_at))}")
    head = texts(f"rise-{rise.way.value}", who=of, asker=asker)
    sure = "rise-sure-erase" if rise.way is Way.ERASE else "rise-sure"
    ask = texts(sure, until=texts.day_and_time(rise.due_at))
    yes = button(texts("button-confirm-rise"), Action.CONFIRM_RISE, rise.id)
    no = button(texts("button-refuse-rise"), Action.REFUSE_RISE, rise.id)
    page = button(f"👤 {who(file.person)}", Action.PERSON, file.person.id, BESIDE)
    rows = ((yes, no), (page,)) if rise.way is not Way.INVITE else ((yes, no),)
    return Screen(text=f"{head}\n{ask}", buttons=rows)


def waits_screen(texts: Texts) -> Screen:
    """To whoever asked: nothing happens before another administrator confirms it."""
    return Screen(text=texts("rise-asked"))
