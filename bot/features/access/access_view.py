"""Access requests as they are read: by a stranger, by the administrators, by a person who was let in."""

from datetime import datetime

from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from bot.ui.user_text import name, who
from core.desk.ports import Record
from core.state.person import Person
from core.state.task import code_of
from core.vocabulary import events as e
from core.vocabulary import reach_events as r
from core.vocabulary.account_events import Replaced
from core.vocabulary.words import Membership, Role

BESIDE, AGAIN = "aparte", "fuera"
MOST_COUNTED = 1_000


def stranger_screen(person: Person | None, texts: Texts) -> Screen:
    """Tells a stranger how to ask for access, and nothing else (P9)."""
    match person.membership if person is not None else None:
        case Membership.PENDING:
            return Screen(text=texts("stranger-pending"))
        case Membership.DISABLED | Membership.FORGOTTEN:
            return Screen(text=texts("stranger-disabled"))
        case Membership.FROZEN:
            return Screen(text=texts("stranger-frozen"))
        case Membership.ACTIVE | None:
            return Screen(text=texts("stranger-unknown"))


def come_in_private_screen(bot_name: str, texts: Texts) -> Screen:
    """Access is asked for where nobody else reads."""
    return Screen(text=texts("start-in-private", link=Html(f"https://t.me/{bot_name}")))


def requested_screen(texts: Texts) -> Screen:
    """The request is with the administrators."""
    return Screen(text=texts("access-requested"))


def request_screen(person: Person, alike: tuple[Person, ...], texts: Texts) -> Screen:
    """Somebody asks to be let in: an administrator answers with one press. ``alike``: whom they may be taken for."""
    roles = tuple(
        button(texts(f"button-admit-{role.name.lower()}"), Action.ADMIT, person.id, int(role)) for role in Role
    )
    lines = [texts("access-request", who=called(person, texts), id=str(person.account))]
    lines += [
        texts(f"access-alike-{one.membership.value}", who=called(one, texts), role=role_name(one.role, texts))
        for one in alike
    ]
    pages = tuple(_row_of(one, person, texts) for one in alike)
    return Screen(
        text="\n\n".join(lines),
        buttons=(roles[:2], roles[2:], (button(texts("button-reject"), Action.REJECT, person.id),), *pages),
    )


def requests_screen(waiting: int, newest: Person, texts: Texts) -> Screen:
    """So many wait for an answer: one card, with the way to each of them. ``newest``: who asked last."""
    if not waiting:
        return Screen(text=texts("requests-none"))
    key = "requests-many" if waiting <= MOST_COUNTED else "requests-too-many"
    lines = [texts(key, count=min(waiting, MOST_COUNTED))]
    if newest.membership is Membership.PENDING:
        lines.append(texts("requests-newest", who=called(newest, texts)))
    return Screen(text="\n".join(lines), buttons=((button(texts("button-requests"), Action.REQUESTS),),))


def _row_of(one: Person, newcomer: Person, texts: Texts) -> tuple[Button, ...]:
    """The way to somebody's page, and to say that a newcomer is the same person: the button tells their account.

    It tells too that they were out: whoever is shut out later is not let in again by an earlier button.
    """
    page = button(f"👤 {who(one)}", Action.PERSON, one.id, BESIDE)
    data: tuple[object, ...] = (one.id, newcomer.id, one.account)
    match one.membership:
        case Membership.ACTIVE:
            return page, button(texts("button-same-person"), Action.SAME_PERSON, *data)
        case Membership.DISABLED | Membership.FROZEN:
            return page, button(texts("button-same-person"), Action.SAME_PERSON, *data, AGAIN)
        case Membership.PENDING | Membership.FORGOTTEN:
            return (page,)


def decided_screen(person: Person, by: Person | None, at: datetime, texts: Texts) -> Screen:
    """The request that was answered: what was decided, by whom, when. No buttons are left."""
    itself = by is None or by.id == person.id
    key = "access-rejected" if not person.active else "access-entered" if itself else "access-admitted"
    return Screen(
        text=texts(
            key,
            who=called(person, texts),
            role=role_name(person.role, texts),
            by=who(by) if by is not None else texts("the-desk"),
            at=texts.time(at),
        )
    )


def unchanged_screen(person: Person, decision: Record | None, by: Person | None, texts: Texts) -> Screen:
    """The answer to a press that came after the ``decision``, which somebody (None: an invitation) had taken."""
    key = {
        Membership.ACTIVE: "access-already-in",
        Membership.DISABLED: "access-already-out",
        Membership.FROZEN: "access-already-frozen",
        Membership.FORGOTTEN: "access-already-erased",
        Membership.PENDING: "access-still-waiting",
    }[person.membership]
    if decision is not None and isinstance(decision.event, Replaced):
        key = "access-already-same"
    text = texts(key, who=who(person), role=role_name(person.role, texts))
    if decision is None or by is None:
        return Screen(text=text)
    return Screen(text=f"{text} {texts('access-decided', by=who(by), at=texts.day_and_time(decision.at))}")


def welcome_screen(person: Person, texts: Texts) -> Screen:
    """The welcome to a person who is in, with what they can do."""
    head = texts("welcome", who=who(person), role=role_name(person.role, texts))
    return Screen(text=f"{head}\n\n{texts(f'welcome-{person.role.name.lower()}')}")


def promoted_screen(person: Person, texts: Texts) -> Screen:
    """The person's role is another now."""
    head = texts("membership-promoted", role=role_name(person.role, texts))
    return Screen(text=f"{head}\n\n{texts(f'welcome-{person.role.name.lower()}')}")


def shut_out_screen(*, rejected: bool, texts: Texts) -> Screen:
    """The request was turned down, or the access was taken away."""
    return Screen(text=texts("membership-rejected" if rejected else "membership-disabled"), drop_keys=True)


def reach_screen(person: Person, event: e.AnyEvent | None, texts: Texts) -> Screen:
    """To supervisors: alerts reach this person no more, and what emergency they were on; or they do after all."""
    if person.reachable:
        mistaken = isinstance(event, r.Heard) and event.mistaken
        return Screen(text=texts("person-never-silenced" if mistaken else "person-reached", who=called(person, texts)))
    if person.hold is None:
        return Screen(text=texts("person-silenced", who=called(person, texts)))
    code = code_of(person.hold)
    door = button(texts("button-silenced-task", code=code), Action.OPEN_CARD, person.hold)
    return Screen(text=texts("person-silenced-holding", who=called(person, texts), code=code), buttons=((door,),))


def which_role_screen(texts: Texts) -> Screen:
    """The question with which role somebody is let in."""
    rows = tuple((button(texts(f"button-admit-{role.name.lower()}"), Action.INVITE, int(role)),) for role in Role)
    waiting = button(texts("button-invitations"), Action.INVITATIONS)
    return Screen(text=texts("invitation-which-role"), buttons=(*rows, (waiting,)))


def invitation_screen(bot_name: str, token: str, role: Role, expires_at: datetime, texts: Texts) -> Screen:
    """The link that opens the door once (https://core.telegram.org/bots/features#deep-linking)."""
    return Screen(
        text=texts(
            "invitation",
            role=role_name(role, texts),
            link=Html(f"https://t.me/{bot_name}?start={token}"),
            token=Html(token),
            until=texts.day_and_time(expires_at),
        )
    )


def called(person: Person, texts: Texts) -> Html:
    """``<b>Ana Ruiz</b> · @ana``."""
    if person.username is None:
        return texts("person-called", who=who(person))
    digits = f" …{str(person.account)[-person.apart :]}" if person.apart else ""
    return texts("person-called-known", who=name(person.name), username=f"{person.username}{digits}")


def role_name(role: Role, texts: Texts) -> Html:
    """The role as a word in a sentence."""
    return texts(f"role-{role.name.lower()}")


def role_buttons(person: Person, texts: Texts) -> tuple[Button, ...]:
    """A button for each role that the person could have instead; each carries what they are now."""
    return tuple(
        button(
            texts(f"button-make-{role.name.lower()}"), Action.SET_ROLE, person.id, int(role), person.membership.value
        )
        for role in Role
        if not person.active or role is not person.role
    )
