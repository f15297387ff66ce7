"""Freezes as they are read: by whoever is frozen, by those who freeze, and by administrators who answer."""

from datetime import datetime

from bot.features.access.access_view import BESIDE, called, role_name
from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from bot.ui.user_text import user_text, who
from core.notifications.notifications import Notification
from core.notifications.person_context import PersonContext
from core.state.person import Person
from core.vocabulary import account_events as a
from core.vocabulary import events as e
from core.vocabulary.words import Membership

CONFIRMED, BACK, ON_PAGE = "si", "no", "ficha"
WORDS_SHOWN = 200


def freeze_button(person: Person, texts: Texts, label: str | None = None) -> Button:
    """Asks whether somebody is to be frozen."""
    return button(label or texts("button-freeze"), Action.FREEZE, person.id)


def sure_screen(person: Person, texts: Texts) -> Screen:
    """Asks whether it is meant; *No* stands in the second row, where no double tap comes."""
    yes = button(texts("button-freeze-sure"), Action.FREEZE, person.id, CONFIRMED)
    no = button(texts("button-not-sure"), Action.MEMBER, person.id, BACK)
    return Screen(text=texts("freeze-sure", who=called(person, texts)), buttons=((yes,), (no,)))


def done_screen(person: Person, texts: Texts) -> Screen:
    """To whoever froze somebody: it is so, and administrators decide."""
    return Screen(text=texts("freeze-done", who=called(person, texts)))


def frozen_by_word_screen(person: Person, texts: Texts) -> Screen:
    """To whoever froze their own access from another phone."""
    return Screen(text=texts("freeze-by-word", who=who(person)))


def answers(person: Person, texts: Texts, *more: str) -> tuple[Button, ...]:
    """The two answers to a freeze; ``more``: on which page they stand."""
    cut = button(texts("button-cut"), Action.CUT, person.id, *more)
    return cut, button(texts("button-thaw"), Action.THAW, person.id, *more)


def freeze_screen(file: PersonContext, event: e.AnyEvent | None, now: datetime, texts: Texts) -> Screen:
    """To administrators: who is frozen, with the two answers; once one was given, which, by whom and when."""
    person = file.person
    by = who(file.caller) if file.caller is not None else texts("the-desk")
    at = texts.time(file.at or now)
    if person.membership is not Membership.FROZEN:
        key = "freeze-lifted" if person.active else "freeze-confirmed"
        return Screen(text=texts(key, who=called(person, texts), by=by, at=at))
    values = {"who": called(person, texts), "role": role_name(person.role, texts), "by": by, "at": at}
    account = str(event.account) if isinstance(event, a.Frozen) else ""
    lines = [texts(_head(event), **values, account=account)]
    if isinstance(event, a.FrozenCalled):
        words = user_text(event.words, WORDS_SHOWN) if event.words else texts("freeze-called-nothing")
        lines.append(texts("freeze-called-words", words=words))
    lines.append(texts("freeze-ask"))
    page = button(f"👤 {who(person)}", Action.PERSON, person.id, BESIDE)
    return Screen(text="\n".join(lines), buttons=(answers(person, texts), (page,)))


def _head(event: e.AnyEvent | None) -> str:
    match event:
        case a.FreezeReminded():
            return "freeze-undecided"
        case a.FrozenCalled():
            return "freeze-called"
        case a.Frozen(account=int()):
            return "freeze-asked-word"
        case _:  # the question is first asked when they are frozen
            return "freeze-asked"


def frozen_screen(texts: Texts) -> Screen:
    """To whoever is frozen."""
    return Screen(text=texts("membership-frozen"), drop_keys=True)


def thawed_screen(person: Person, texts: Texts) -> Screen:
    """To whoever is in again."""
    return Screen(text=texts("membership-thawed", who=who(person), role=role_name(person.role, texts)))


def word_tried_screen(file: PersonContext, notification: Notification, texts: Texts) -> Screen | None:
    """To the person and the administrators: so many wrong words were said, and from which account."""
    event, person = notification.event, file.person
    if not isinstance(event, a.LostWordTried):
        return None
    account = str(event.account)
    if notification.reader is not None and notification.reader.id == person.id:
        return Screen(text=texts("word-tried-yours", count=event.tries, account=account))
    page = button(f"👤 {who(person)}", Action.PERSON, person.id)
    text = texts("word-tried", who=called(person, texts), count=event.tries, account=account)
    return Screen(text=text, buttons=((page,),))


def call_came_screen(texts: Texts) -> Screen:
    """To whoever calls for help from a frozen phone: what it does, and what it does not."""
    return Screen(text=texts("stranger-frozen-called"))


def member_screen(person: Person, unit: str | None, texts: Texts) -> Screen:
    """One of the team, as a supervisor sees them, with what may be done with their phone."""
    lines: list[Html] = [
        texts("person-head", who=called(person, texts)),
        texts(f"person-{person.membership.value}", role=role_name(person.role, texts)),
    ]
    if unit is not None:
        lines.append(texts("member-unit", unit=unit))
    if person.active:
        lines.append(texts("person-availability", availability=texts(f"availability-{person.availability.value}")))
    if not person.reachable:
        lines.append(texts("person-unreachable"))
    buttons = ((freeze_button(person, texts),),) if person.active else ()
    return Screen(text="\n".join(lines), buttons=buttons)
