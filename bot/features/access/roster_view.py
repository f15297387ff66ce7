"""``/usuarios``: who is in, who waits and who is out, and one person's page."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from bot.cards.reader_view import moment_text
from bot.features.access import freeze_view
from bot.features.access.access_view import called, role_buttons, role_name
from bot.ui.buttons import Action, button, word_key
from bot.ui.forms import in_rows
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from bot.ui.user_text import name, user_text, who
from core.state.person import Person
from core.state.task import code_of
from core.vocabulary.words import Membership, Role

CONFIRMED = "si"


class Group(StrEnum):
    """The lists that an administrator leafs through."""

    AGENTS = "agentes"
    SUPERVISORS = "supervisores"
    ADMINS = "administradores"
    PENDING = "pendientes"
    FROZEN = "congelados"
    OUT = "fuera"

    @property
    def membership(self) -> Membership:
        """The membership of the people in the list."""
        match self:
            case Group.PENDING:
                return Membership.PENDING
            case Group.FROZEN:
                return Membership.FROZEN
            case Group.OUT:
                return Membership.DISABLED
            case Group.AGENTS | Group.SUPERVISORS | Group.ADMINS:
                return Membership.ACTIVE

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of those in the list, in the order in which they are shown."""
        match self:
            case Group.AGENTS:
                return (Role.AGENT,)
            case Group.SUPERVISORS:
                return (Role.SUPERVISOR,)
            case Group.ADMINS:
                return (Role.ADMIN,)
            case Group.PENDING | Group.FROZEN | Group.OUT:
                return tuple(Role)


def group_of(person: Person) -> Group:
    """The list in which a person stands."""
    match person.membership:
        case Membership.PENDING:
            return Group.PENDING
        case Membership.DISABLED | Membership.FORGOTTEN:
            return Group.OUT
        case Membership.FROZEN:
            return Group.FROZEN
        case Membership.ACTIVE:
            return (Group.AGENTS, Group.SUPERVISORS, Group.ADMINS)[person.role - 1]


def roster_screen(group: Group, people: tuple[Person, ...], *, first: bool, more: bool, texts: Texts) -> Screen:
    """One page of a list, a button for each person; ``first`` page or a later one, with ``more`` behind it or not."""
    key = "roster" if people else "roster-empty"
    rows = [(button(f"{_sign(person)} {who(person)}", Action.PERSON, person.id),) for person in people]
    turns: list[Button] = []
    if not first:
        turns.append(button(texts("button-first-page"), Action.PEOPLE, group.value))
    if more:
        turns.append(button(texts("button-next-page"), Action.PEOPLE, group.value, people[-1].id))
    others = [button(texts(f"button-group-{g.value}"), Action.PEOPLE, g.value) for g in Group if g is not group]
    return Screen(
        text=texts(key, group=texts(f"group-{group.value}")),
        buttons=(*rows, *((tuple(turns),) if turns else ()), tuple(others[:2]), tuple(others[2:])),
    )


def person_screen(person: Person, now: datetime, texts: Texts, known: tuple[str, ...] = ()) -> Screen:
    """One person's page, with what an administrator may change; ``known``: capabilities that the agency has."""
    lines: list[str] = [
        texts("person-head", who=called(person, texts)),
        texts(f"person-{person.membership.value}", role=role_name(person.role, texts)),
    ]
    if person.active:
        lines += [texts("person-availability", availability=texts(f"availability-{person.availability.value}"))]
        lines += [_seen(person, now, texts)]
    if person.capabilities:
        lines.append(texts("person-capabilities", capabilities=", ".join(map(user_text, person.capabilities))))
    if person.hold is not None:
        lines.append(texts("person-hold", code=code_of(person.hold)))
    if not person.reachable:
        lines.append(texts("person-unreachable"))
    lines.append(texts("person-id", id=str(person.account)))
    return Screen(text="\n".join(lines), buttons=_page_buttons(person, texts, known))


def _page_buttons(person: Person, texts: Texts, known: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    back = button(texts("button-back-to-list"), Action.PEOPLE, group_of(person).value)
    # Somebody who is out already can't be put out.
    out = {Membership.ACTIVE: "button-disable", Membership.PENDING: "button-reject"}.get(person.membership)
    shut = (button(texts(out), Action.DISABLE, person.id, person.membership.value),) if out is not None else ()
    if person.membership is Membership.FROZEN:
        return freeze_view.answers(person, texts, freeze_view.ON_PAGE), (back,)
    freeze = (freeze_view.freeze_button(person, texts),) if person.active else ()
    able = in_rows(_capability_buttons(person, known, texts), 2) if person.active else ()
    return tuple(row for row in (role_buttons(person, texts), *able, shut, freeze, (back,)) if row)


def _capability_buttons(person: Person, known: tuple[str, ...], texts: Texts) -> Iterator[Button]:
    """One to give each capability that they lack, one to take each that they have."""
    for word in dict.fromkeys((*known, *person.capabilities)):
        has = word in person.capabilities
        label = texts("button-unequip" if has else "button-equip", capability=Html(word))  # a label is no HTML
        yield button(label, Action.EQUIP, person.id, word_key(word), int(not has))


def disable_screen(person: Person, texts: Texts) -> Screen:
    """Asks whether it is meant. *No* stands where the first press was, in the second row: a double tap does no harm."""
    key = "disable-sure" if person.active else "reject-sure"
    yes = button(texts("button-sure"), Action.DISABLE, person.id, person.membership.value, CONFIRMED)
    no = button(texts("button-not-sure"), Action.PERSON, person.id)
    return Screen(text=texts(key, who=called(person, texts)), buttons=((yes,), (no,)))


def unknown_person_screen(asked: str, texts: Texts) -> Screen:
    """The answer to a name that no person has."""
    return Screen(text=texts("roster-unknown", who=name(asked)))


def page_door(label: str, person: Person) -> Button:
    """The way to somebody's page; the sign says whether they are in."""
    return button(f"{_sign(person)} {label}", Action.PERSON, person.id)


def _seen(person: Person, now: datetime, texts: Texts) -> str:
    known = person.known_at(now)
    if known is None:
        return texts("person-unplaced")
    return texts("person-placed", at=moment_text(texts, known, now))


def _sign(person: Person) -> str:
    if not person.reachable:
        return "🔕"
    signs = {
        Membership.ACTIVE: "👤",
        Membership.PENDING: "⏳",
        Membership.DISABLED: "⛔",
        Membership.FORGOTTEN: "⛔",
        Membership.FROZEN: "🧊",
    }
    return signs[person.membership]
