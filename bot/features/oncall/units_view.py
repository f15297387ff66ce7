"""``/unidades``: the units, one unit's page, its people, and whom to add."""

from bot.features.access.access_view import role_name
from bot.ui import user_text
from bot.ui.buttons import Action, button
from bot.ui.forms import CANCEL, Sheet, in_rows
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.queries.queries import PersonPage, UnitPage
from core.state.person import Person
from core.state.units import Unit
from core.vocabulary.words import Role

NEW, NAME, ZONE, PEOPLE, ADD, PUT, OUT, OUT_SURE, UNLINK, LINK = (
    "nueva nombre zona gente suma pone saca saca-si suelta vincula".split()
)
HERE = "aqui"
_FIRST = 0


def units_screen(page: UnitPage, after: int, texts: Texts) -> Screen:
    """All units, a button for each."""
    rows = [(button(user_text.name(unit.name), Action.UNIT, unit.id),) for unit in page.units]
    ways = [button(texts("list-first"), Action.UNIT)] if after else []
    ways += [button(texts("list-more"), Action.UNIT, 0, page.units[-1].id)] if page.after is not None else []
    new = button(texts("unit-new"), Action.UNIT, 0, _FIRST, NEW)
    key = "units" if page.units else "units-none"
    return Screen(text=texts(key), buttons=(*rows, *((tuple(ways),) if ways else ()), (new,)))


def unit_screen(unit: Unit, texts: Texts) -> Screen:
    """One unit's page, with what may be changed."""
    lines = [
        texts("unit-head", unit=user_text.name(unit.name)),
        texts("unit-zone", zone=unit.zone),
        texts("unit-linked" if unit.room is not None else "unit-not-linked"),
    ]
    rows: list[tuple[Button, ...]] = [
        (_door(unit, PEOPLE, texts), button(texts("unit-oncall"), Action.ONCALL, unit.id)),
        (_door(unit, NAME, texts), _door(unit, ZONE, texts)),
        *([(_door(unit, UNLINK, texts),)] if unit.room is not None else []),
        (button(texts("unit-back"), Action.UNIT),),
    ]
    return Screen(text="\n".join(lines), buttons=tuple(rows))


def members_screen(unit: Unit, page: PersonPage, after: int, texts: Texts) -> Screen:
    """The people of a unit; a press on one asks whether to take them out."""
    lines = [texts("unit-people" if page.people else "unit-people-none", unit=user_text.name(unit.name))]
    lines += [_member(person, texts) for person in page.people]
    people = (button(f"➖ {user_text.who(p)}", Action.UNIT, unit.id, OUT, p.id) for p in page.people)
    ways = [button(texts("list-first"), Action.UNIT, unit.id, PEOPLE)] if after else []
    ways += [button(texts("list-more"), Action.UNIT, unit.id, PEOPLE, page.people[-1].id)] if page.after else []
    rows = [*in_rows(people, 2), *([tuple(ways)] if ways else [])]
    add = (_door(unit, ADD, texts), button(texts("unit-page"), Action.UNIT, unit.id))
    return Screen(text="\n".join(lines), buttons=(*rows, add))


def candidates_screen(
    unit: Unit, role: Role, page: PersonPage, after: int, units: dict[int, str], texts: Texts
) -> Screen:
    """The people to add to a unit: all of a role who are not in it; ``units`` are the names of those they are in."""
    people = [person for person in page.people if person.unit != unit.id]
    rows = list(in_rows((_choice(unit, person, units) for person in people), 2))
    ways = [button(texts("list-first"), Action.UNIT, unit.id, ADD, int(role))] if after else []
    if page.after is not None:
        ways.append(button(texts("list-more"), Action.UNIT, unit.id, ADD, int(role), page.people[-1].id))
    others = tuple(
        button(texts(f"button-group-{_GROUPS[other]}"), Action.UNIT, unit.id, ADD, int(other))
        for other in (Role.AGENT, Role.SUPERVISOR)
        if other is not role
    )
    back = button(texts("unit-page"), Action.UNIT, unit.id)
    text = texts("unit-whom", unit=user_text.name(unit.name), role=role_name(role, texts))
    return Screen(text=text, buttons=(*rows, *((tuple(ways),) if ways else ()), others, (back,)))


def dismiss_screen(unit: Unit, person: Person, texts: Texts) -> Screen:
    """Asks whether it is meant."""
    yes = button(texts("unit-out-yes"), Action.UNIT, unit.id, OUT_SURE, person.id)
    no = button(texts("unit-out-no"), Action.UNIT, unit.id, PEOPLE)
    text = texts("unit-out-sure", who=user_text.who(person), unit=user_text.name(unit.name))
    return Screen(text=text, buttons=((yes,), (no,)))


def asked_screen(step: str, sheet: Sheet, zone: str, texts: Texts, *, private: bool) -> Screen:
    """A unit's name or zone is wanted; ``zone`` is the one at hand."""
    here = ((sheet.button(Html(zone), HERE),),) if step == ZONE else ()
    lines = [texts(f"unit-ask-{step}"), *([] if private else [texts("form-reply")])]
    return Screen(text="\n".join(lines), buttons=(*here, sheet.ways((CANCEL,), texts)))


def which_screen(units: tuple[Unit, ...], texts: Texts) -> Screen:
    """Which unit's group is this?"""
    doors = (button(user_text.name(unit.name), Action.UNIT, unit.id, LINK) for unit in units)
    return Screen(text=texts("link-which" if units else "oncall-no-units"), buttons=tuple(in_rows(doors, 2)))


_GROUPS = {Role.AGENT: "agentes", Role.SUPERVISOR: "supervisores", Role.ADMIN: "administradores"}


def _door(unit: Unit, word: str, texts: Texts) -> Button:
    return button(texts(f"unit-button-{word}"), Action.UNIT, unit.id, word)


def _choice(unit: Unit, person: Person, units: dict[int, str]) -> Button:
    where = units.get(person.unit or 0)
    label = user_text.who(person) if where is None else f"{user_text.who(person)} ({user_text.name(where)})"
    return button(f"➕ {label}", Action.UNIT, unit.id, PUT, person.id)


def _member(person: Person, texts: Texts) -> Html:
    sign = texts(f"availability-sign-{person.availability.value}")
    return texts("unit-member", sign=sign, who=user_text.who(person), role=role_name(person.role, texts))
