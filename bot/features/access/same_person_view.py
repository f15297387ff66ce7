"""One person with two accounts, as it is read: by administrators, with the new account, and with the former one."""

from datetime import datetime

from bot.features.access.access_view import AGAIN, called, role_name
from bot.ui.buttons import Action, button
from bot.ui.screen import Screen
from bot.ui.texts import Texts
from bot.ui.user_text import who
from core.state.person import Person
from core.vocabulary.words import Role

CONFIRMED = "si"
COMES_IN_AS = (Role.AGENT, Role.SUPERVISOR)


def same_person_screen(former: Person, newcomer: Person, texts: Texts) -> Screen:
    """Asks whether it is meant. *No* stands in the second row, away from where a double tap lands."""
    words = texts(
        "same-person-sure",
        who=called(former, texts),
        role=role_name(former.role, texts),
        was=str(former.account),
        account=str(newcomer.account),
    )
    data = (former.id, newcomer.id, former.account, CONFIRMED)
    yes = button(texts("button-same-person-sure"), Action.SAME_PERSON, *data)
    no = button(texts("button-not-sure"), Action.PERSON, former.id)
    return Screen(text=words, buttons=((yes,), (no,)))


def same_person_again_screen(former: Person, newcomer: Person, texts: Texts) -> Screen:
    """Asks with which role somebody who is out comes in again; administrators are made by other administrators."""
    words = texts(
        "same-person-again", who=called(former, texts), was=str(former.account), account=str(newcomer.account)
    )
    data = (former.id, newcomer.id, former.account, AGAIN)
    roles = tuple(
        (button(texts("button-same-person-as", role=role_name(role, texts)), Action.SAME_PERSON, *data, int(role)),)
        for role in COMES_IN_AS
    )
    no = button(texts("button-not-sure"), Action.PERSON, former.id)
    return Screen(text=words, buttons=(*roles, (no,)))


def same_person_done_screen(person: Person, by: Person | None, at: datetime, texts: Texts) -> Screen:
    """To administrators: the person goes on with another account."""
    words = texts(
        "same-person-done",
        who=called(person, texts),
        role=role_name(person.role, texts),
        account=str(person.account),
        by=who(by) if by is not None else texts("the-desk"),
        at=texts.time(at),
    )
    return Screen(text=words, buttons=((button(f"👤 {who(person)}", Action.PERSON, person.id),),))


def same_person_card(person: Person, by: Person | None, at: datetime, texts: Texts) -> Screen:
    """The request that was answered so. No buttons are left."""
    by_whom = who(by) if by is not None else texts("the-desk")
    return Screen(text=texts("access-same-person", who=called(person, texts), by=by_whom, at=texts.time(at)))


def new_account_screen(person: Person, texts: Texts) -> Screen:
    """To the person, with their new account: everything is as before."""
    head = texts("membership-relinked", who=who(person), role=role_name(person.role, texts))
    return Screen(text=f"{head}\n\n{texts(f'welcome-{person.role.name.lower()}')}")


def former_account_screen(texts: Texts) -> Screen:
    """To the former account: it is out."""
    return Screen(text=texts("membership-replaced"), drop_keys=True)
